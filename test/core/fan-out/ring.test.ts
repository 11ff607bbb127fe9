// The ring: who is linked with whom follows from who is there, and those who are there make one graph.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { allToAll, callersOn, neighboursOn, nextOn, ringAround, successors } from '../../../src/core/fan-out/ring.ts'
import { hash } from '../../../src/core/codec/bytes.ts'
import { conversationId, deviceId, type DeviceId } from '../../../src/core/ids.ts'
import * as any from '../arbitraries.ts'

const id = conversationId(new Uint8Array(16))
const nobody = (): boolean => false
const all = Number.POSITIVE_INFINITY

test('in a small group all others are wanted', () =>
  fc.assert(
    fc.property(any.conversation, any.device, fc.uniqueArray(any.device, { maxLength: allToAll }), (id, self, others) => {
      const ring = ringAround(id, self, others)
      expect(new Set(neighboursOn(ring, { isUp: nobody, spare: 0 }))).toEqual(new Set(others.filter((device) => device !== self)))
    }),
  ))

test('of a large group those who are there are one connected graph, with at most four wishes each', () =>
  fc.assert(
    fc.property(
      any.conversation,
      fc.uniqueArray(any.device, { minLength: 20, maxLength: 40 }),
      fc.infiniteStream(fc.boolean()),
      (id, devices, coins) => {
        const present = devices.filter(() => coins.next().value === true)
        if (present.length < 2) return
        const isUp = (device: DeviceId): boolean => present.includes(device)
        const links = new Map(present.map((device) => [device, new Set<DeviceId>()]))
        for (const self of present) {
          const wishes = neighboursOn(ringAround(id, self, devices), { isUp, spare: all }).filter(isUp)
          expect(wishes.length).toBeLessThanOrEqual(4)
          for (const other of wishes) {
            links.get(self)?.add(other)
            links.get(other)?.add(self)
          }
        }
        const reached = new Set<DeviceId>()
        const visit = (device: DeviceId): void => {
          if (reached.has(device)) return
          reached.add(device)
          for (const next of links.get(device) ?? []) visit(next)
        }
        visit(present[0]!)
        expect(reached.size).toBe(present.length)
      },
    ),
    { numRuns: 40 },
  ))

test('where all are there, a device knows by whom it is wanted: by the last before it always, by others mostly', () => {
  const devices = Array.from({ length: 60 }, (_, n) => deviceId(hash('device', Uint8Array.of(n))))
  const rings = new Map(devices.map((device) => [device, ringAround(id, device, devices)]))
  let [wishes, known] = [0, 0]
  for (const [device, ring] of rings) {
    const wanted = neighboursOn(ring, { isUp: () => true, spare: 0 })
    for (const [at, other] of wanted.entries()) {
      const isKnown = callersOn(rings.get(other)!, () => true).includes(device)
      if (at < successors) expect(isKnown).toBe(true)
      wishes++
      known += Number(isKnown)
    }
  }
  expect(known / wishes).toBeGreaterThan(0.95)
})

test('whoever comes changes what a few others want, and nothing for the rest', () => {
  const devices = Array.from({ length: 41 }, (_, n) => deviceId(hash('device', Uint8Array.of(n))))
  const wishesAmong = (those: readonly DeviceId[]) =>
    those.map((self) =>
      neighboursOn(ringAround(id, self, those), { isUp: () => true, spare: 0 })
        .toSorted()
        .join(),
    )
  for (let count = 20; count < devices.length; count++) {
    const before = wishesAmong(devices.slice(0, count))
    const after = wishesAmong(devices.slice(0, count + 1)).slice(0, count)
    expect(before.filter((wish, at) => wish !== after[at]).length).toBeLessThanOrEqual(10)
  }
})

test('of those who are not linked, as many are tried as are missing and to spare, and nobody behind the last who is wanted', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(any.device, { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      fc.nat(40),
      fc.infiniteStream(fc.boolean()),
      (ring, count, spare, coins) => {
        const present = new Set(ring.filter(() => coins.next().value === true))
        const next = nextOn(ring, count, { isUp: (device) => present.has(device), spare })
        const up = ring.filter((device) => present.has(device)).slice(0, count)
        expect(next.filter((device) => present.has(device))).toEqual(up)
        expect(next.length).toBeLessThanOrEqual(count + spare)
        if (up.length === count) expect(next.at(-1)).toBe(up.at(-1))
        expect(next).toEqual(ring.filter((device) => next.includes(device)))
      },
    ),
  ))
