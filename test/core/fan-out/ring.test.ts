// The ring: who is linked with whom follows from who is there, and those who are there make one graph.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { allToAll, neighboursOn, nextOn, ringAround } from '../../../src/core/fan-out/ring.ts'
import type { DeviceId } from '../../../src/core/ids.ts'
import * as any from '../arbitraries.ts'

const nobody = (): boolean => false
const all = Number.POSITIVE_INFINITY

test('up to twelve others all are wanted', () =>
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
