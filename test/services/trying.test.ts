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
/** Milliseconds until somebody who is there is linked. */
const linkMs = 300

/** Looks at who is tried until nobody else is, when those who are there answer. */
const seek = async (isThere: (place: number) => boolean) => {
  const owner: Owner = { name: 'Alice', alive: true }
  const scheduler = createScheduler(
    () => {},
    (error) => {
      throw error
    },
  )
  const clock = { now: () => scheduler.now(), after: (ms: number, call: () => void) => scheduler.after(owner, ms, 'trying', call) }
  const ring = ringAround(id, self, others)
  const up = new Map<DeviceId, number>()
  const tried = new Set<DeviceId>()
  const look = (): void => {
    for (const device of trying.choose(id, (spare) => nextOn(ring, successors, { isUp: (other) => up.has(other), spare }))) {
      if (tried.has(device)) continue
      tried.add(device)
      if (!isThere(ring.indexOf(device))) continue
      clock.after(linkMs, () => {
        up.set(device, scheduler.now())
        look()
      })
    }
  }
  const trying = createTrying({ clock, changed: look })
  look()
  await scheduler.run(60_000, 10_000)
  return { tried: tried.size, linkedAfter: [...up.values()] }
}

test('where all fifty are there, as many are tried as are wanted', async () => {
  expect(await seek(() => true)).toEqual({ tried: successors, linkedAfter: Array.from({ length: successors }, () => linkMs) })
})

test('the only one who is there is found within seconds, though the last on the ring', async () => {
  const { tried, linkedAfter } = await seek((place) => place === others.length - 1)
  expect(tried).toBe(others.length)
  expect(linkedAfter[0]).toBeLessThan(10_000)
})
