// Somebody new in a group of fifty: how many are tried when all are there, and how soon the only one is found who is.
import { ed25519 } from '@noble/curves/ed25519.js'
import { expect, test } from 'vitest'
import { nextOn, ringAround, successors } from '../../src/core/fan-out/ring.ts'
import { conversationId, deviceId, type DeviceId } from '../../src/core/ids.ts'
import { createTrying } from '../../src/services/trying.ts'
import { createScheduler, type Owner } from '../sim/world/scheduler.ts'

const id = conversationId(new Uint8Array(16).fill(7))
const [self, ...others] = Array.from({ length: 50 }, (_, n) => deviceId(ed25519.getPublicKey(new Uint8Array(32).fill(n + 1)))) as [
  DeviceId,
  ...DeviceId[],
]
/** Milliseconds until a node says that somebody is not there. */
const awayMs = 200

/** Looks at who is tried until nobody else is, when those who are there answer after `linkMs`, and of the others it is told or not. */
const seek = async (isThere: (place: number) => boolean, linkMs: number, isTold: boolean) => {
  const owner: Owner = { name: 'Alice', alive: true }
  const scheduler = createScheduler(
    () => {},
    (error) => {
      throw error
    },
  )
  const clock = { now: () => scheduler.now(), after: (ms: number, call: () => void) => scheduler.after(owner, ms, 'trying', call) }
  const { next: ring } = ringAround(id, self, others)
  const up = new Map<DeviceId, number>()
  const tried = new Set<DeviceId>()
  const missing = new Set<DeviceId>()
  const look = (): void => {
    const isUp = (other: DeviceId): boolean => up.has(other)
    const isOpen = (other: DeviceId): boolean => !isUp(other) && !missing.has(other)
    for (const device of trying.choose(id, (spare) => nextOn(ring, successors, { isUp, spare }), isOpen)) {
      if (tried.has(device)) continue
      tried.add(device)
      if (isThere(ring.indexOf(device)))
        clock.after(linkMs, () => {
          up.set(device, scheduler.now())
          look()
        })
      else if (isTold)
        clock.after(awayMs, () => {
          missing.add(device)
          look()
        })
    }
  }
  const trying = createTrying({ clock, changed: look })
  look()
  await scheduler.run(60_000, 10_000)
  return { tried: tried.size, linkedAfter: [...up.values()] }
}

test.each([300, 2_500])('where all fifty are there, as many are tried as are wanted, also when a link takes %i ms', async (linkMs) => {
  const linkedAfter = Array.from({ length: successors }, () => linkMs)
  expect(await seek(() => true, linkMs, true)).toEqual({ tried: successors, linkedAfter })
})

test.each([
  ['the nodes say that the others are away', true, 2_000],
  ['nothing is said of the others', false, 20_000],
])('the only one who is there is found, though the last on the ring, when %s', async (_, isTold, withinMs) => {
  const { tried, linkedAfter } = await seek((place) => place === others.length - 1, 300, isTold)
  expect(tried).toBe(others.length)
  expect(linkedAfter[0]).toBeLessThan(withinMs)
})
