// The page under the policy that it is served with: Trusted Types enforced, no style attributes, no inline anything.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { scenes, type SceneName } from './playground/scenes.ts'
import { show, until } from './mount.ts'

const violations: string[] = []
const record = (event: SecurityPolicyViolationEvent): void => void violations.push(`${event.effectiveDirective}: ${event.sample}`)

beforeAll(async () => {
  await page.viewport(1280, 800)
  const meta = document.createElement('meta')
  meta.httpEquiv = 'Content-Security-Policy'
  meta.content =
    "require-trusted-types-for 'script'; trusted-types lit-html; style-src-attr 'none'; img-src 'self'; object-src 'none'; base-uri 'none'"
  document.head.append(meta)
  document.addEventListener('securitypolicyviolation', record)
})
afterAll(() => document.removeEventListener('securitypolicyviolation', record))

test('the policy is in force', async () => {
  const probe = document.createElement('div')
  expect(() => Reflect.set(probe, 'innerHTML', '<b>x</b>')).toThrow(TypeError)
  await until(() => violations.length > 0)
  violations.length = 0
})

test.each(Object.keys(scenes) as SceneName[])('the scene "%s" breaks no rule, from first paint to every sheet', async (scene) => {
  using shown = show(scenes[scene]())
  await shown.one('parley-welcome, parley-conversation-list, .rest button')
  for (const name of ['Settings', 'New conversation', 'Invite someone', 'Conversation details']) {
    shown.all('.entry')[0]?.click()
    const button = shown.all('button').find((element) => element.getAttribute('aria-label') === name || element.textContent.trim() === name)
    if (!button) continue
    button.click()
    await until(() => shown.all('dialog[open]').length > 0)
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('dialog').length === 0)
  }
  const article = shown.all('article').at(-1)
  if (article) {
    article.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await until(() => shown.all('[role="menuitem"]').length > 0)
  }
  expect(violations).toEqual([])
})
