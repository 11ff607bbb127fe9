// Reading: where a conversation opens, what moves (nothing), what is told and what counts as read.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, show, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown
const me = () => (world.session.kind === 'ready' ? world.session.me : bob)
const minute = 60_000
/** Rows that are drawn at most. One or two of them name a day, by the hour at which the test runs. */
const mostRows = 60

const fill = (count: number): void => {
  for (let i = 0; i < count; i++) world.say(room, bob, `Message ${i}`, { at: Date.now() - (count - i) * 10 * minute })
  room.readUpTo = room.items.length
}
const open = async (): Promise<HTMLElement> => {
  shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('article').length > 0)
  const scroller = await shown.one('.scroller')
  await frames(3)
  return scroller
}
const frames = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame)
}
const fromBottom = (scroller: HTMLElement): number => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
/** Scrolls like a person: the browser tells it. */
const scrollTo = async (scroller: HTMLElement, top: number): Promise<void> => {
  scroller.scrollTop = top
  await frames(3)
}
const visible = (scroller: HTMLElement): HTMLElement => {
  const edge = scroller.getBoundingClientRect().top
  const article = shown.all('article').find((element) => element.getBoundingClientRect().top > edge)
  if (!article) throw new Error('nothing is on screen')
  return article
}

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('direct', 'Bob', [bob])
})
afterEach(() => shown[Symbol.dispose]())

describe('the timeline', () => {
  test('opens at the newest message when all has been read', async () => {
    fill(60)
    expect(fromBottom(await open())).toBeLessThanOrEqual(1)
  })

  test('opens at the first unread one, under a line that says so and stays', async () => {
    fill(40)
    for (let i = 0; i < 30; i++) world.say(room, bob, `Unread ${i}`)
    const scroller = await open()
    const line = await shown.one('.rows .new')
    const top = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    expect(top).toBeGreaterThan(0)
    expect(top).toBeLessThan(scroller.clientHeight / 2)
    expect(shown.all('.rows .new')).toHaveLength(1)
    for (let step = 0; step < 20 && fromBottom(scroller) > 1; step++) await scrollTo(scroller, scroller.scrollHeight)
    await until(() => room.readUpTo === room.items.length)
  })

  test('opens at the first unread one even when it is far back', async () => {
    fill(20)
    for (let i = 0; i < 250; i++) world.say(room, bob, `Unread ${i}`)
    shown = show(world)
    ;(await shown.one('.entry')).click()
    const line = await shown.one('.rows .new')
    await frames(3)
    expect(line.nextElementSibling?.textContent).toContain('Unread 0')
  })

  test('follows a new message at the bottom', async () => {
    fill(60)
    const scroller = await open()
    world.say(room, bob, 'And one more')
    world.changed()
    await until(() => shown.all('article').at(-1)?.textContent.includes('And one more'))
    await frames(2)
    expect(fromBottom(scroller)).toBeLessThanOrEqual(1)
  })

  test('keeps its place for whoever reads further up, counts below, and goes down on a click', async () => {
    fill(80)
    const scroller = await open()
    await scrollTo(scroller, scroller.scrollTop - 900)
    const article = visible(scroller)
    const before = article.getBoundingClientRect().top
    for (let i = 0; i < 5; i++) {
      world.say(room, bob, `Later ${i}`)
      world.changed()
      await frames(1)
    }
    expect(Math.abs(article.getBoundingClientRect().top - before)).toBeLessThanOrEqual(2)
    await page.getByRole('button', { name: '5 new messages below' }).click()
    await frames(2)
    expect(fromBottom(scroller)).toBeLessThanOrEqual(1)
  })

  test('older messages come in above without a jump', async () => {
    fill(400)
    const scroller = await open()
    expect(shown.all('article').length).toBeLessThanOrEqual(mostRows)
    for (let step = 0; step < 200 && !shown.all('article').some((element) => element.textContent.includes('Message 250')); step++) {
      const article = visible(scroller)
      const { scrollTop } = scroller
      const before = article.getBoundingClientRect().top
      await scrollTo(scroller, scrollTop - 300)
      expect(Math.abs(article.getBoundingClientRect().top - before - Math.min(300, scrollTop))).toBeLessThanOrEqual(2)
    }
    expect(shown.all('article').some((element) => element.textContent.includes('Message 250'))).toBe(true)
  })

  test('when hundreds arrive at once, the screen is drawn a few rows at a time, never empty, and what is ready above once it is calm', async () => {
    fill(300)
    const scroller = await open()
    await until(() => shown.all('.scroller [data-id]').length >= mostRows - 2)
    let [most, fewest] = [0, Infinity]
    const observer = new MutationObserver((changes) => {
      fewest = Math.min(fewest, shown.all('.scroller [data-id]').length)
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element && node.matches('.row'))
      most = Math.max(most, added.length)
    })
    observer.observe(scroller, { childList: true, subtree: true })
    for (let i = 0; i < 200; i++) world.say(room, bob, `Flood ${i}`)
    world.changed()
    await until(() => shown.all('article').at(-1)?.textContent.includes('Flood 199'))
    // Between the task that draws and the frame that shows it, the end is a little further down.
    await until(() => fromBottom(scroller) <= 1)
    expect(scroller.scrollHeight).toBeGreaterThanOrEqual(2 * scroller.clientHeight)
    await until(() => shown.all('.scroller [data-id]').length >= mostRows - 2)
    observer.disconnect()
    expect(most).toBeLessThanOrEqual(8)
    expect(fewest).toBeGreaterThanOrEqual(20)
    await until(() => fromBottom(scroller) <= 1)
  })

  test('nothing that one reads disappears when the newest window moves on', async () => {
    fill(300)
    const scroller = await open()
    await scrollTo(scroller, 1_000)
    const article = visible(scroller)
    const text = article.textContent
    for (let i = 0; i < 60; i++) world.say(room, bob, `Flood ${i}`)
    world.changed()
    await frames(3)
    expect(article.isConnected).toBe(true)
    expect(visible(scroller).textContent).toBe(text)
  })

  test('a late message that sorts above does not move what one reads', async () => {
    fill(80)
    const scroller = await open()
    await scrollTo(scroller, scroller.scrollTop - 1_200)
    const article = visible(scroller)
    const before = article.getBoundingClientRect().top
    const late = world.say(room, bob, 'I was on a train', { late: true, at: Date.now() - 700 * minute })
    const at = room.items.findIndex((item) => item.id === article.dataset['id']) - 3
    room.items = [...room.items.slice(0, at), late, ...room.items.slice(at, -1)]
    world.changed()
    await until(() => shown.all('article').some((element) => element.textContent.includes('arrived late')))
    expect(Math.abs(article.getBoundingClientRect().top - before)).toBeLessThanOrEqual(2)
  })

  test('an own message is always gone to', async () => {
    fill(80)
    const scroller = await open()
    await scrollTo(scroller, scroller.scrollTop - 1_500)
    const field = shown.all('textarea')[0]
    field?.focus()
    await userEvent.keyboard('Here I am{Enter}')
    await until(() => shown.all('article').at(-1)?.textContent.includes('Here I am'))
    await frames(2)
    expect(fromBottom(scroller)).toBeLessThanOrEqual(1)
  })

  test('only what was on screen counts as read', async () => {
    fill(10)
    for (let i = 0; i < 60; i++) world.say(room, bob, `Unread ${i}`)
    await open()
    await until(() => given(world, 'markRead').length > 0)
    expect(room.readUpTo).toBeGreaterThan(10)
    expect(room.readUpTo).toBeLessThan(60)
  })

  test('what comes late and stands above the last one on screen counts as read, too', async () => {
    fill(2)
    world.say(room, me(), 'Mine')
    room.readUpTo = room.items.length
    await open()
    const late = world.say(room, bob, 'Written before, come after')
    room.items = [...room.items.slice(0, -2), ...room.items.slice(-1), ...room.items.slice(-2, -1)]
    room.readUpTo = room.items.length - 2
    world.changed()
    await until(() => given(world, 'markRead').some(([, upTo]) => upTo === late.id))
  })

  test('history is silent, a new message is told once, one of mine never', async () => {
    fill(30)
    await open()
    const live = shown.all('parley-announcer')[0]?.shadowRoot?.querySelector('[aria-live]')
    expect(live?.textContent).toBe('')
    world.say(room, bob, 'Psst')
    world.changed()
    world.changed()
    await until(() => live?.textContent?.includes('Psst'))
    world.say(room, me(), 'Mine')
    world.changed()
    await until(() => shown.all('article').at(-1)?.textContent.includes('Mine'))
    expect(live?.textContent).toBe('Bob: Psst')
  })

  test('messages of one person within five minutes stand together, days are named', async () => {
    const now = new Date().setHours(12, 0, 0, 0)
    for (const [text, at] of [
      ['a', -1_600],
      ['b', -4],
      ['c', -3],
      ['d', 3],
    ] as const)
      world.say(room, bob, text, { at: now + at * minute })
    room.readUpTo = 4
    await open()
    expect(shown.all('.row').map((row) => row.classList.contains('first'))).toEqual([true, true, false, true])
    expect(shown.all('.day').map((line) => line.textContent.trim())).toHaveLength(2)
    expect(shown.all('.day')[1]?.textContent.trim()).toBe('Today')
  })

  test('an article says author, text, time and state', async () => {
    world.say(room, me(), 'Did it come?', { at: new Date().setHours(9, 5), delivery: { state: 'delivered', have: 1, of: 1 } })
    await open()
    await expect.element(page.getByRole('article', { name: /^You, Did it come\?, 0?9:05.*, Delivered$/ })).toBeVisible()
  })

  test.each([
    ['waiting', 'Waiting'],
    ['carried', 'Carried'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
  ] as const)('an own message that is %s says "%s"', async (state, word) => {
    world.say(room, me(), 'Mine', { delivery: { state, have: 0, of: 1 } })
    await open()
    await expect.element(page.getByRole('article').getByText(word, { exact: true })).toBeVisible()
  })

  test('a quote jumps to its original, also when that is not loaded, and the way down leads back', async () => {
    fill(350)
    const original = room.items[3]
    if (original?.kind !== 'message') throw new Error('no original')
    world.say(room, me(), 'I meant this', { replyTo: { id: original.id, author: 'Bob', text: original.text }, at: Date.now() })
    await open()
    await page.getByRole('button', { name: 'In reply to Bob: Message 3' }).click()
    await until(() => (focused() as HTMLElement | null)?.dataset?.['id'] === original.id)
    await page.getByRole('button', { name: 'To the newest message' }).click()
    await until(() => focused()?.textContent.includes('I meant this'))
  })

  test('a deletion tells the truth', async () => {
    world.say(room, me(), '', { deleted: true })
    await open()
    await expect.element(page.getByRole('log').getByText('Deleted. People who saw it may have kept a copy.')).toBeVisible()
  })

  test('a second press on a reaction takes it back', async () => {
    world.say(room, bob, 'Done!', { reactions: [{ emoji: '👍', by: ['Carol'], mine: false }] })
    await open()
    const reaction = page.getByRole('button', { name: /👍/ })
    await reaction.click()
    await expect.element(reaction).toHaveAttribute('aria-pressed', 'true')
    await reaction.click()
    await expect.element(reaction).toHaveAttribute('aria-pressed', 'false')
  })

  test('of fifty thousand messages at most sixty rows are drawn, wherever one scrolls, and what one reads never moves', async () => {
    fill(50_000)
    const scroller = await open()
    const drawn = () => shown.all('[data-id]').filter((element) => element.closest('.scroller'))
    expect(drawn().length).toBeLessThanOrEqual(mostRows)
    let furthest = 0
    for (let step = 0; step < 24; step++) {
      const article = visible(scroller)
      const before = article.getBoundingClientRect().top
      const wanted = Math.min(700, scroller.scrollTop)
      await scrollTo(scroller, scroller.scrollTop - wanted)
      if (article.isConnected) furthest = Math.max(furthest, Math.abs(article.getBoundingClientRect().top - before - wanted))
      expect(drawn().length).toBeLessThanOrEqual(mostRows)
    }
    expect(furthest).toBeLessThanOrEqual(2)
    const reached = Number(/Message (\d+)/.exec(visible(scroller).textContent)?.[1])
    expect(reached).toBeLessThan(49_900)
    // And down again, without a gap on the way.
    const read = new Set<number>()
    for (let step = 0; step < 400 && !read.has(49_999); step++) {
      for (const element of drawn()) read.add(Number(/Message (\d+)/.exec(element.textContent)?.[1]))
      await scrollTo(scroller, scroller.scrollTop + 700)
    }
    for (let i = reached; i < 50_000; i++) expect(read.has(i)).toBe(true)
    await until(() => fromBottom(scroller) <= 1)
    world.say(room, bob, 'News')
    world.changed()
    await until(() => shown.all('article').at(-1)?.textContent.includes('News'))
    await until(() => fromBottom(scroller) <= 1)
  }, 60_000)

  test('a message far back is gone to, and the way down leads to the newest', async () => {
    fill(20_000)
    const far = room.items[40]
    if (far?.kind !== 'message') throw new Error('no message')
    world.say(room, me(), 'I meant this', { replyTo: { id: far.id, author: 'Bob', text: far.text }, at: Date.now() })
    const scroller = await open()
    await page.getByRole('button', { name: 'In reply to Bob: Message 40' }).click()
    await until(() => (focused() as HTMLElement | null)?.dataset?.['id'] === far.id)
    const { top, bottom } = scroller.getBoundingClientRect()
    const box = (focused() as HTMLElement).getBoundingClientRect()
    expect(box.top > top && box.bottom < bottom).toBe(true)
    await page.getByRole('button', { name: 'To the newest message' }).click()
    await until(() => shown.all('article').at(-1)?.textContent.includes('I meant this'))
  })
})

describe('around the timeline', () => {
  test('the title counts what is unread', async () => {
    world.say(room, bob, 'one')
    world.say(room, bob, 'two')
    shown = show(world)
    await until(() => document.title === '(2) Parley')
    ;(await shown.one('.entry')).click()
    await until(() => document.title === 'Parley')
  })

  test('alone, a banner says that messages wait on this device, and for whom', async () => {
    fill(1)
    await open()
    await expect.element(page.getByText('Nobody else is here. Messages wait on this device for Bob.')).toBeVisible()
    room.members = room.members.map((member) => ({ ...member, online: true, here: true }))
    world.changed()
    await until(() => shown.all('.banner').length === 0)
  })

  test('the pill says how people are reached and how many messages wait', async () => {
    world.connection = { ...world.connection, state: 'offline' }
    world.say(room, me(), 'later')
    shown = show(world)
    await shown.one('.entry')
    const pill = page.getByRole('status', { name: 'Connection' })
    await expect.element(pill.getByText('Offline')).toBeVisible()
    await expect.element(pill.getByText('1 waiting')).toBeVisible()
    world.connection = { ...world.connection, state: 'direct' }
    world.changed()
    await expect.element(pill.getByText('Direct')).toBeVisible()
  })

  test('on a phone one pane shows at a time, and back leads home', async () => {
    await page.viewport(390, 844)
    fill(3)
    await open()
    expect(shown.all('parley-conversation-list')).toHaveLength(0)
    await expect.element(page.getByRole('status', { name: 'Connection' })).toBeVisible()
    await page.getByRole('button', { name: 'Back to conversations' }).click()
    await until(() => shown.all('parley-conversation-list').length === 1)
    expect(shown.all('parley-conversation')).toHaveLength(0)
  })

  test.each([320, 390, 768, 1280])('nothing is wider than a screen of %i pixels', async (width) => {
    await page.viewport(width, 700)
    fill(3)
    world.say(room, bob, `long${'word'.repeat(200)}`)
    world.say(room, bob, `\`\`\`\n${'code '.repeat(100)}\n\`\`\``)
    const scroller = await open()
    expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth)
    for (const article of shown.all('article')) expect(article.getBoundingClientRect().right).toBeLessThanOrEqual(width)
    const send = shown.all('.send')[0]
    expect(send?.getBoundingClientRect().right).toBeLessThanOrEqual(width)
  })
})
