// The whole corpus through every place that shows what a person typed, on the narrowest screen and under the page's policy: nothing runs,
// nothing becomes markup, nothing stands outside of its box.
import { html, render, type CSSResult, type TemplateResult } from 'lit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { EventId } from '../../src/core/ids.ts'
import { messageTemplate } from '../../src/ui/conversation/message.ts'
import { messageStyles } from '../../src/ui/conversation/message-styles.ts'
import { listStyles } from '../../src/ui/conversation/list-styles.ts'
import { noticeTemplate } from '../../src/ui/conversation/notice.ts'
import '../../src/ui/conversation/contact-card.ts'
import '../../src/ui/conversation/poll.ts'
import { avatarStyles } from '../../src/ui/elements/avatar.ts'
import { problemLine } from '../../src/ui/elements/problem.ts'
import { previewStyles, previewTemplate } from '../../src/ui/onboarding/preview.ts'
import { base } from '../../src/ui/styles/shared.ts'
import { tokens } from '../../src/ui/styles/tokens.ts'
import { corpus } from '../corpus/texts.ts'
import { roots, show, until } from './mount.ts'
import { restingFrame } from './playground/frame.ts'
import { createWorld, idOf, person, type World } from './playground/world.ts'
import { spills } from './spills.ts'

const widthPx = 320
const violations: string[] = []
const record = (event: SecurityPolicyViolationEvent): void => void violations.push(`${event.effectiveDirective}: ${event.sample}`)

beforeAll(async () => {
  await page.viewport(widthPx, 640)
  document.adoptedStyleSheets = tokens.styleSheet ? [tokens.styleSheet] : []
  const meta = document.createElement('meta')
  meta.httpEquiv = 'Content-Security-Policy'
  meta.content =
    "require-trusted-types-for 'script'; trusted-types lit-html; style-src-attr 'none'; img-src 'self'; object-src 'none'; base-uri 'none'"
  document.head.append(meta)
  document.addEventListener('securitypolicyviolation', record)
})
afterAll(() => document.removeEventListener('securitypolicyviolation', record))

const texts = corpus.map(({ text }) => text)
const after = (at: number): string => texts[(at + 1) % texts.length] ?? ''
const people = texts.map((text, n) => ({ ...person(`person ${n}`), name: text }))

test('there are at least 500, each by a name of its own', () => {
  expect(new Set(texts).size).toBeGreaterThanOrEqual(500)
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length)
})

const expectHarmless = (root: HTMLElement): void => {
  const all = (selector: string): Element[] => roots(root).flatMap((place) => [...place.querySelectorAll(selector)])
  expect(violations).toEqual([])
  expect('pwned' in globalThis).toBe(false)
  expect(all('script, iframe, object, embed, form[action], base, meta, link, template, video, audio, img')).toEqual([])
  expect(all('*').filter((element) => element.getAttributeNames().some((name) => name.startsWith('on')))).toEqual([])
  expect(all('a').filter((link) => !/^(https?|mailto):$/.test((link as HTMLAnchorElement).protocol))).toEqual([])
  expect([...new Set(spills(root, widthPx))]).toEqual([])
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(widthPx)
}

/** Draws templates of the page with the styles that they have there, all at once, where the page would draw a few of them. */
const draw = (templates: readonly TemplateResult[], styles: readonly CSSResult[]): Disposable & { readonly place: HTMLElement } => {
  const place = document.createElement('div')
  const root = place.appendChild(document.createElement('div')).attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [base, ...styles].flatMap(({ styleSheet }) => styleSheet ?? [])
  document.body.append(place)
  render(html`<div class="rows">${templates}</div>`, root)
  return { place, [Symbol.dispose]: () => place.remove() }
}

test('as messages, their authors, quotes, reactions, polls, and lines between them', async () => {
  const world = createWorld()
  const room = world.addRoom('group', 'Choir', people)
  const drawn = people.map((author, at) => {
    const message = world.say(room, author, author.name, {
      replyTo: { id: idOf<EventId>(`quoted ${at}`), author: after(at), text: after(at) },
      ...(at % 3 === 0 ? { reactions: [{ emoji: after(at), by: [after(at), author.name], mine: false }] } : {}),
      ...(at % 7 === 0
        ? {
            poll: {
              multiple: false,
              voters: 1,
              closed: at % 2 === 0,
              tooLate: 0,
              options: [author.name, after(at)].map((text) => ({ text, by: [after(at)], mine: false })),
            },
          }
        : {}),
    })
    world.notice(room, author, { kind: 'joined', person: author.identity, name: author.name }, { person: author })
    const notice = room.items.at(-1)
    return html`${messageTemplate(message, restingFrame)}${notice?.kind === 'notice' ? noticeTemplate(notice, () => undefined) : ''}`
  })
  using drawing = draw(drawn, [avatarStyles, listStyles, messageStyles])
  await until(() => roots(drawing.place).flatMap((root) => [...root.querySelectorAll('.answer')]).length > 100)
  expectHarmless(drawing.place)
})

test('in invites, and in what is said to be wrong with them', () => {
  const drawn = texts.map((text, at) => {
    const preview = {
      kind: (['group', 'direct', 'contact'] as const)[at % 3] ?? 'group',
      title: text,
      inviter: text,
      confirmed: at % 2 === 0,
    }
    return html`${previewTemplate(preview, 'h1')}${problemLine(text)}`
  })
  using drawing = draw(drawn, [previewStyles])
  expectHarmless(drawing.place)
})

test('as titles of conversations, drafts and last words, where one goes to another and among what is found', async () => {
  const world = createWorld()
  for (const [n, who] of people.entries()) {
    const room = world.addRoom('direct', who.name, [who])
    world.say(room, who, who.name)
    if (n % 4 === 0) room.draft = who.name
  }
  using shown = show(world)
  await until(() => shown.all('.entry').length === texts.length)
  expectHarmless(shown.root)
  await page.getByRole('searchbox').fill('evil')
  await until(() => shown.all('.hit').length > 0)
  expectHarmless(await shown.one('parley-found'))
  await userEvent.keyboard('{Control>}k{/Control}')
  await until(() => shown.all('dialog [role="option"]').length > 0)
  expectHarmless(await shown.one('parley-switcher-sheet'))
})

test('as what one searches for', async () => {
  using shown = show(populated())
  const field = (await shown.one('[type="search"]')) as HTMLInputElement
  for (const text of texts) {
    field.value = text
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    await Promise.resolve()
  }
  field.value = 'Hello'
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  await until(() => shown.all('.hit').length === 1)
  expectHarmless(shown.root)
})

const populated = (): World => {
  const world = createWorld()
  const [who = person('Bob')] = people
  world.say(world.addRoom('direct', who.name, [who]), who, 'Hello')
  return world
}

test('as the names of who is in a group, and who writes in it', async () => {
  const world = createWorld()
  const room = world.addRoom('group', texts.find((text) => /\p{M}{9}/u.test(text)) ?? '', people)
  room.typing = texts.slice(0, 3)
  using shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('.blank, .edge-line').length > 0)
  expectHarmless(shown.root)
  await page.getByRole('button', { name: 'Conversation details', exact: true }).click()
  await until(() => shown.all('dialog[open] li').length >= people.length)
  expectHarmless(shown.root)
})

test('as requests of strangers', async () => {
  const world = createWorld()
  world.requests = { requests: people.map((who) => ({ person: who, text: who.name, at: Date.now() })), turnedAway: 0 }
  using shown = show(world)
  await page.getByRole('button', { name: 'Requests' }).click()
  await until(() => shown.all('dialog[open] li').length === texts.length)
  expectHarmless(shown.root)
})

test('as contact cards, statuses and nicknames, and as the names of who took a message away', async () => {
  const world = createWorld()
  const room = world.addRoom('group', 'Choir', people)
  room.members = room.members.map((member, n) =>
    member.isMe ? member : { ...member, ownName: after(n), status: { emoji: '🌊', text: member.name } },
  )
  const drawn = people.map((author, at) => {
    const taken = at % 2 === 0
    const more = taken ? { deleted: true, deletedBy: author } : { card: '#/j/AQID' }
    return messageTemplate(world.say(room, author, taken ? '' : author.name, more), restingFrame)
  })
  {
    using drawing = draw(drawn, [avatarStyles, listStyles, messageStyles])
    const cards = () => roots(drawing.place).filter((root) => root instanceof ShadowRoot && root.host.localName === 'parley-contact-card')
    await until(() => cards().length > 200 && cards().every((card) => card.childElementCount > 0))
    expectHarmless(drawing.place)
  }
  room.items = []
  world.say(room, person('Bob'), 'Hello')
  using shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('article').length === 1)
  await page.getByRole('button', { name: 'Conversation details', exact: true }).click()
  await until(() => shown.all('dialog[open] li').length >= people.length)
  expectHarmless(shown.root)
})

test('as the status of whom one talks with, where one writes and in the list', async () => {
  const world = createWorld()
  for (const [n, who] of people.entries()) {
    if (n % 8 !== 0) continue
    const room = world.addRoom('direct', `Room ${n}`, [who])
    room.members = room.members.map((member) => (member.isMe ? member : { ...member, status: { emoji: '🌊', text: who.name } }))
  }
  using shown = show(world)
  await until(() => shown.all('.entry').length > 50)
  expectHarmless(shown.root)
  const entries = shown.all('.entry').length
  for (let n = 0; n < entries; n += 8) {
    shown.all('.entry')[n]?.click()
    await until(() => shown.all('.head, .entry').length > 0)
    expectHarmless(shown.root)
    if (shown.all('.entry').length === 0) {
      await page.getByRole('button', { name: 'Back to conversations' }).click()
      await until(() => shown.all('.entry').length === entries)
    }
  }
})

test('as the names of folders, over the list and where they are arranged', async () => {
  const world = createWorld()
  world.addRoom('group', 'Choir', [])
  world.folders = texts.map((name, n) => ({ id: `folder ${n}`, name, conversations: [] }))
  using shown = show(world)
  await shown.one('.entry')
  expectHarmless(shown.root)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Folders' }).click()
  await until(() => shown.all('dialog[open] li').length >= texts.length)
  expectHarmless(shown.root)
})

test('as labels of a person, on a row, over the list and on a sheet', async () => {
  const world = createWorld()
  world.addRoom('direct', 'Bob', [{ ...person('Bob'), labels: texts }])
  world.addRoom('direct', 'Carol', [person('Carol')])
  using shown = show(world)
  await until(() => shown.all('.entry .label').length === texts.length && shown.all('.chip').length > texts.length / 2)
  expectHarmless(shown.root)
  shown
    .all('.entry')
    .find((row) => row.querySelector('.label'))
    ?.click()
  await page.getByRole('button', { name: 'Conversation details', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Bob', exact: true }).click()
  await until(() => shown.all('dialog[open] .label').length === texts.length)
  expectHarmless(shown.root)
})

test('as the names of who asks to be let in', async () => {
  const world = createWorld()
  const room = world.addRoom('group', 'Choir', [])
  room.applicants = people.map((who) => ({ person: who, at: Date.now() }))
  using shown = show(world)
  ;(await shown.one('.entry')).click()
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await until(() => shown.all('dialog[open] li').length === people.length)
  expectHarmless(shown.root)
})
