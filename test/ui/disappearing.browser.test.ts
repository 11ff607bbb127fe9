// Messages that disappear: setting the time, seeing what is left of it, and what is gone.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { EventId } from '../../src/core/ids.ts'
import { roundedLeft } from '../../src/ui/conversation/fading.ts'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { given, show, showFirst, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('direct', 'Bob', [bob])
})
afterEach(() => shown[Symbol.dispose]())

const open = async (): Promise<void> => {
  shown = await showFirst(world)
}
const button = (name: string): HTMLElement => {
  const found = shown.all('button').find((element) => element.getAttribute('aria-label') === name || element.textContent.trim() === name)
  if (!found) throw new Error(`no button ${name}`)
  return found
}
const names = (): readonly (string | null)[] => shown.all('article').map((article) => article.getAttribute('aria-label'))

describe('the time', () => {
  test('is set from the details, by keyboard; a line says so, and the head of the conversation shows it', async () => {
    await open()
    button('Conversation details').click()
    await until(() => shown.all('dialog').some((sheet) => sheet.textContent.includes('Disappearing messages')))
    button('Change the time').click()
    await until(() => shown.all('input[type="radio"]').length === 8)
    const choices = shown.all('input[type="radio"]').map((choice) => choice.getAttribute('aria-label'))
    expect(choices).toEqual(['Off', '30 seconds', '5 minutes', '1 hour', '8 hours', '1 day', '1 week', '4 weeks'])
    shown.all('input[type="radio"]')[0]?.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    await until(() => given(world, 'setTimer').length === 1)
    expect(given(world, 'setTimer')[0]).toEqual([room.id, 300])
    await until(() => shown.all('.head .timer').length === 1)
    expect(shown.all('.head .timer')[0]?.getAttribute('aria-label')).toBe('Disappears after 5 minutes')
    await until(() => shown.all('.notice').some((line) => line.textContent.includes('You let new messages disappear after 5 minutes')))
  })

  test('is not for those to set who may not, and they see which it is', async () => {
    room = world.addRoom('group', 'Choir', [bob])
    room.members = room.members.map((member) => (member.isMe ? { ...member, role: 'member' } : member))
    room.timer = 3_600
    shown = show(world)
    await until(() => shown.all('.entry').length === 2)
    shown
      .all('.entry')
      .find((entry) => entry.textContent.includes('Choir'))
      ?.click()
    await until(() => shown.all('.head .timer').length === 1)
    button('Conversation details').click()
    await until(() => shown.all('dialog').some((sheet) => sheet.textContent.includes('Disappears after 1 hour')))
    expect(shown.all('button').some((element) => element.textContent.trim() === 'Change the time')).toBe(false)
  })
})

describe('a message', () => {
  test('that disappears says so in its name, and counts down', async () => {
    world.say(room, bob, 'only for now', { fades: { lifetime: 300, at: Date.now() + 40_000 } })
    await open()
    await until(() => shown.all('parley-fading').some((element) => /^\s*(3\d|40)s\s*$/.test(element.shadowRoot?.textContent ?? '')))
    expect(names()[0]).toContain('Disappears after 5 minutes')
    const [before] = shown.all('parley-fading').map((element) => element.shadowRoot?.textContent)
    await until(() => shown.all('parley-fading')[0]?.shadowRoot?.textContent !== before)
  })

  test('that answers one that is gone says that, and leads nowhere', async () => {
    world.say(room, bob, 'I see', { replyTo: { id: 'x' as EventId, author: '', text: '', gone: true } })
    await open()
    await until(() => shown.all('.quote').length === 1)
    expect(shown.all('.quote')[0]?.textContent.trim()).toBe('This message has disappeared')
    expect(shown.all('button.quote')).toEqual([])
  })
})

test('what is left is said in whole units, never less than there is', () => {
  const left = [1, 59_001, 60_000, 61_000, 3_600_000, 3_601_000, 86_401_000, 8 * 86_400_000].map(roundedLeft)
  expect(left).toEqual([1, 60, 60, 120, 3_600, 7_200, 172_800, 1_209_600])
})
