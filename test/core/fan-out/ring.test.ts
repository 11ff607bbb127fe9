// The ring: who is linked with whom follows from who is there, and those who are there make one graph.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { allToAll, neighboursOn, ringAround } from '../../../src/core/fan-out/ring.ts'
import type { DeviceId } from '../../../src/core/ids.ts'
import * as any from '../arbitraries.ts'

const nobody = (): boolean => false

test('up to twelve others all are wanted', () =>
  fc.assert(
    fc.property(any.conversation, any.device, fc.uniqueArray(any.device, { maxLength: allToAll }), (id, self, others) => {
      const ring = ringAround(id, self, others)
      expect(new Set(neighboursOn(ring, nobody, nobody))).toEqual(new Set(others.filter((device) => device !== self)))
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
          const wishes = neighboursOn(ringAround(id, self, devices), isUp, nobody).filter(isUp)
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
