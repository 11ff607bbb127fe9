// Fingers: a long press opens the menu, a swipe does not.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { createWorld, person, type World } from './playground/world.ts'
import { show, until, type Shown } from './mount.ts'

let world: World
let shown: Shown
const touch = (target: HTMLElement, type: string, y: number): void =>
  void target.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', clientX: 60, clientY: y, bubbles: true, composed: true }))
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

beforeEach(async () => {
  await page.viewport(390, 844)
  world = createWorld()
  const bob = person('Bob')
  const room = world.addRoom('direct', 'Bob', [bob])
  world.say(room, bob, 'Press me')
  shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('article').length === 1)
})
afterEach(() => shown[Symbol.dispose]())

test('a long press opens the menu of the message', async () => {
  const text = await shown.one('article .text')
  touch(text, 'pointerdown', 700)
  await until(() => shown.all('[role="menuitem"]').length > 0)
})

test('the finger that opened it chooses nothing where it is lifted, the next one does', async () => {
  const text = await shown.one('article .text')
  const lift = (): boolean => text.dispatchEvent(new TouchEvent('touchend', { bubbles: true, composed: true, cancelable: true }))
  touch(text, 'pointerdown', 700)
  await until(() => shown.all('[role="menuitem"]').length > 0)
  // What is cancelled becomes no tap.
  expect(lift()).toBe(false)
  expect(lift()).toBe(true)
})

test('a finger that moves scrolls, and opens nothing', async () => {
  const text = await shown.one('article .text')
  touch(text, 'pointerdown', 700)
  touch(text, 'pointermove', 660)
  await rest(600)
  expect(shown.all('[role="menuitem"]')).toHaveLength(0)
})
