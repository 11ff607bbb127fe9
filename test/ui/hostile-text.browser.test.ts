// Nothing that a person typed may run or become markup: it shows as the text that it is.
import { afterEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { hostileTexts, scenes } from './playground/scenes.ts'
import { show, until, type Shown } from './mount.ts'

let shown: Shown
afterEach(() => shown[Symbol.dispose]())

const openRoom = async (): Promise<void> => {
  shown = show(scenes.hostile())
  const entry = await shown.one('.entry')
  entry.click()
  await until(() => shown.all('article').length >= hostileTexts.length)
}

describe('hostile text', () => {
  test('no script, frame, picture or handler comes from names, messages, quotes, reactions or notices', async () => {
    await openRoom()
    expect(shown.all('script, iframe, img, object, embed, form[action], style:not([nonce])')).toEqual([])
    const handlers = shown.all('*').filter((element) => element.getAttributeNames().some((name) => name.startsWith('on')))
    expect(handlers).toEqual([])
    expect('pwned' in globalThis).toBe(false)
  })

  test('what was typed is what is read', async () => {
    await openRoom()
    const texts = shown.all('article .text').map((element) => element.textContent)
    expect(texts[0]).toBe('<img src=x onerror="globalThis.pwned=1">')
    expect(texts[1]).toBe('<script>globalThis.pwned=1</script>')
    expect(texts[2]).toBe('[click](javascript:globalThis.pwned=1)')
    expect(texts[4]).toBe('![](https://evil.example/pixel.png)')
    await expect.element(page.getByRole('heading', { name: '<img src=x onerror="globalThis.pwned=1">' })).toBeVisible()
  })

  test('every link goes to http, https or mail, opens outside and tells nothing', async () => {
    await openRoom()
    const links = shown.all('article a') as HTMLAnchorElement[]
    expect(links.length).toBeGreaterThan(1)
    for (const link of links) {
      expect(link.protocol).toMatch(/^(https?|mailto):$/)
      expect(link.target).toBe('_blank')
      expect(link.relList.contains('noopener') && link.relList.contains('noreferrer')).toBe(true)
    }
  })

  test('a link that says another host than it goes to shows the true one', async () => {
    await openRoom()
    const texts = shown.all('article .text').map((element) => element.textContent)
    expect(texts[3]).toBe('https://bank.example (evil.example)')
    expect(texts[7]).toContain('(xn--pple-43d.example)')
  })

  test('direction overrides are taken out of names, and names stand isolated', async () => {
    await openRoom()
    const names = shown.all('.author bdi')
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(name.textContent).toBe('<b onclick=x>Dave</b>')
  })
})
