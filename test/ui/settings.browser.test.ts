// The pages of the settings: looks, privacy, storage, diagnostics.
import { afterEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { scenes } from './playground/scenes.ts'
import type { World } from './playground/world.ts'
import { isPicture } from '../../src/core/members/picture.ts'
import { readChoices } from '../../src/ui/choices.ts'
import { contrastOf, textContrast } from '../../src/ui/styles/contrast.ts'
import { given, show, until, type Shown } from './mount.ts'

let world: World
let shown: Shown
afterEach(() => shown[Symbol.dispose]())

const open = async (name: string, scene: 'lively' | 'trust' = 'lively'): Promise<void> => {
  await page.viewport(1280, 800)
  world = scenes[scene]()
  shown = show(world)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name, exact: true }).click()
  await until(() => shown.all('dialog[open]').length === 1 && shown.all('.page').length === 0)
}
const { dataset } = document.documentElement

/** A photograph, larger than it is shown and not square. */
const photograph = async (): Promise<File> => {
  const canvas = new OffscreenCanvas(900, 600)
  const context = canvas.getContext('2d')
  for (let at = 0; at < 900; at += 3) {
    if (context) context.fillStyle = `hsl(${at} 80% ${30 + (at % 50)}%)`
    context?.fillRect(at, 0, 3, 600)
  }
  return new File([await canvas.convertToBlob()], 'me.png', { type: 'image/png' })
}
const choose = async (file: File): Promise<void> => {
  const input = (await shown.one('input[type="file"]')) as HTMLInputElement
  const chosen = new DataTransfer()
  chosen.items.add(file)
  input.files = chosen.files
  input.dispatchEvent(new Event('change'))
}

describe('a picture', () => {
  test('of oneself is made small on the page, stands wherever one is shown, and can be taken back', async () => {
    await page.viewport(1280, 800)
    world = scenes.lively()
    shown = show(world)
    await page.getByRole('button', { name: 'Settings' }).click()
    await choose(await photograph())
    await until(() => given(world, 'setPicture').length === 1)
    const bytes = given(world, 'setPicture')[0]?.[0] as Uint8Array
    expect(isPicture(bytes)).toBe(true)
    const made = await createImageBitmap(new Blob([bytes as BlobPart]))
    expect([made.width, made.height]).toEqual([96, 96])
    await until(() => shown.all('img.avatar').some((image) => (image as HTMLImageElement).naturalWidth === 96))
    await page.getByRole('button', { name: 'Remove the picture' }).click()
    await until(() => shown.all('img.avatar').length === 0)
    expect(given(world, 'setPicture')[1]).toEqual([new Uint8Array(0)])
  })

  test('that is none is said so', async () => {
    await page.viewport(1280, 800)
    world = scenes.lively()
    shown = show(world)
    await page.getByRole('button', { name: 'Settings' }).click()
    await choose(new File(['no picture at all'], 'me.png', { type: 'image/png' }))
    await expect.element(page.getByRole('alert')).toHaveTextContent('That picture cannot be used. Choose another one.')
    expect(given(world, 'setPicture')).toEqual([])
  })

  test('of a group is chosen where it is named, and shows in the list', async () => {
    await page.viewport(1280, 800)
    world = scenes.trust()
    shown = show(world)
    const entry = await until(() => shown.all('.entry').find((found) => found.querySelector('.title bdi')?.textContent === 'Choir'))
    entry?.click()
    await page.getByRole('button', { name: 'Conversation details' }).click()
    await page.getByRole('button', { name: 'Rename the group' }).click()
    await choose(await photograph())
    const choir = world.rooms.find(({ title }) => title === 'Choir')
    await until(() => given(world, 'setGroupPicture').length === 1)
    expect(given(world, 'setGroupPicture')[0]?.[0]).toBe(choir?.id)
    await until(() => entry?.querySelector('img.avatar.group') !== null)
  })
})

describe('the settings', () => {
  test('change contrast, accent, size of text and density at once, and back', async () => {
    await open('Looks and language')
    const before = getComputedStyle(shown.all('.choice')[0] ?? document.body).fontSize
    const accent = (): string => getComputedStyle(document.documentElement).getPropertyValue('--accent')
    const ember = accent()
    for (const [name, choice, value] of [
      ['accent', 'Teal', 'teal'],
      ['text', 'Largest', 'largest'],
      ['density', 'Compact', 'compact'],
      ['contrast', 'More', 'more'],
    ] as const) {
      await page.getByRole('radio', { name: choice, exact: true }).click({ force: true })
      await until(() => dataset[name] === value)
    }
    expect(accent()).not.toBe(ember)
    expect(Number.parseFloat(getComputedStyle(shown.all('.choice')[0] ?? document.body).fontSize)).toBeGreaterThan(
      Number.parseFloat(before),
    )
    for (const group of ['Accent', 'Size of text', 'Density', 'Contrast'])
      await page.getByRole('radiogroup', { name: group }).getByRole('radio').first().click({ force: true })
    await until(() => dataset['accent'] === undefined && dataset['contrast'] === undefined && dataset['density'] === undefined)
  })

  test('take a colour of one’s own, another shape of messages and a wallpaper, and show at once what comes of it', async () => {
    await open('Looks and language')
    const look = (property: string): string => getComputedStyle(document.documentElement).getPropertyValue(property)
    const drawn = (selector: string, property: string): string =>
      getComputedStyle(shown.all(selector)[0] ?? document.body).getPropertyValue(property)
    const before = [look('--accent'), drawn('.sample .theirs', 'border-radius'), drawn('.sample', 'background-image')]
    for (const [group, name, choice, value] of [
      ['Accent', 'accent', 'Own', 'own'],
      ['Messages', 'bubbles', 'Square', 'square'],
      ['Wallpaper', 'wallpaper', 'Tiles', 'tiles'],
    ] as const) {
      await page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: choice }).click({ force: true })
      await until(() => dataset[name] === value)
    }
    const green = look('--accent')
    const field = (await shown.one('[type="color"]')) as HTMLInputElement
    field.value = '#8000ff'
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    await until(() => look('--accent') !== green)
    expect(contrastOf(look('--accent'), '#ffffff')).toBeGreaterThan(textContrast)
    const after = [look('--accent'), drawn('.sample .theirs', 'border-radius'), drawn('.sample', 'background-image')]
    expect(after.map((value, at) => value === before[at])).toEqual([false, false, false])
    for (const group of ['Accent', 'Messages', 'Wallpaper'])
      await page.getByRole('radiogroup', { name: group }).getByRole('radio').first().click({ force: true })
    await until(() => look('--accent') === before[0])
  })

  test('keep how it looks on this device, and take nothing for a colour that is none', async () => {
    const chosen = { accent: 'own', 'own-accent': '#8000ff', bubbles: 'outline', wallpaper: 'dots', text: 'large' }
    shown = show(scenes.quiet(), 'dark', {}, chosen)
    await shown.one('parley-conversation-list')
    expect({ ...dataset }).toEqual({ theme: 'dark', accent: 'own', bubbles: 'outline', wallpaper: 'dots', text: 'large' })
    expect(readChoices({ read: () => 'red;}*{display:none' }).ownAccent).toMatch(/^#[0-9a-f]{6}$/)
  })

  test('switch off what others learn, and say that it works both ways', async () => {
    await open('Privacy')
    const receipts = page.getByRole('switch', { name: 'Say what I have read' })
    await expect.element(receipts).toBeChecked()
    shown.all('input[role="switch"]')[0]?.click()
    await expect.element(receipts).not.toBeChecked()
    expect(given(world, 'setPrivacy')).toEqual([[{ receipts: false }]])
    await expect.element(page.getByText('Works both ways: without it you are not told', { exact: false })).toBeVisible()
  })

  test('set a status for a while, with words of others beside it, and take it back', async () => {
    await open('Your status')
    await page.getByRole('button', { name: 'Show status' }).click()
    await expect.element(page.getByText('Pick an emoji first', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'On holiday' }).click()
    await page.getByRole('textbox', { name: 'What are you up to?' }).fill('In the mountains')
    await page.getByRole('radio', { name: '30 minutes' }).click({ force: true })
    await page.getByRole('button', { name: 'Show status' }).click()
    await until(() => given(world, 'setStatus').length === 1)
    expect(given(world, 'setStatus')).toEqual([[{ emoji: '🏖️', text: 'In the mountains' }, 1_800]])
    await expect.element(page.getByText('🏖️ In the mountains')).toBeVisible()
    await page.getByRole('button', { name: 'Your status' }).click()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await until(() => given(world, 'setStatus').length === 2)
    await expect.element(page.getByText('What you are up to, for as long as you like')).toBeVisible()
  })

  test('show what is kept, and remove a conversation that was left, after asking', async () => {
    await open('Storage', 'trust')
    await expect.element(page.getByText(/ of .* used\./)).toBeVisible()
    await page.getByRole('button', { name: 'Remove Old book club from this device' }).click()
    expect(given(world, 'forget')).toEqual([])
    await page.getByRole('button', { name: 'Remove it' }).click()
    await until(() => given(world, 'forget').length === 1)
    await until(() => !shown.all('dialog').some((dialog) => dialog.textContent.includes('Old book club')))
  })

  test('show about how much each conversation takes, and remove what is old in one after asking, saying what stays', async () => {
    await open('Storage', 'trust')
    await expect.element(page.getByText(/^\d+ entr.* · about \d/).first()).toBeVisible()
    await page
      .getByRole('button', { name: /^Free space in/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Keep everything' }).click()
    await page
      .getByRole('button', { name: /^Free space in/ })
      .first()
      .click()
    await page.getByRole('combobox', { name: 'Remove from this device' }).selectOptions('All that I have read')
    expect(given(world, 'freeUp')).toEqual([])
    await page.getByRole('button', { name: 'Remove it here' }).click()
    await until(() => given(world, 'freeUp').length === 1)
    await expect.element(page.getByText(/removed from this device\. Some stay/)).toBeVisible()
  })

  test('show what would be copied for whoever looks for a fault, without a name or a word of anybody', async () => {
    await open('Diagnostics')
    const text = (await shown.one('pre')).textContent
    expect(text).toContain('version: 1.2.3 (abc)')
    expect(text).toContain('links: 1 direct, 1 relayed')
    for (const secret of ['Bob', 'Carol', 'hike', 'parcel', '192.0.2.7']) expect(text).not.toContain(secret)
  })
})
