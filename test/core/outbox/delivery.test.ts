import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lanes, type Head } from '../../../src/core/event/event.ts'
import { eventId, type DeviceId } from '../../../src/core/ids.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { deliveryByPerson, reachOf, type Acknowledged, type Recipient } from '../../../src/core/outbox/delivery.ts'
import { alice, bob, bytesFor, carol, secondDeviceOf } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const message = { device: alice.device, seq: 5, hlc: 500 }
const bobs = secondDeviceOf(bob)
const people: readonly Recipient[] = [
  { identity: alice.identity, devices: [alice.device], floor: [] },
  { identity: bob.identity, devices: [bob.device, bobs.device], floor: [] },
  { identity: carol.identity, devices: [carol.device], floor: [] },
]
const told = (seq: number, readHlc = 0, device: DeviceId = alice.device): Acknowledged => ({
  have: new Map([[chainKey(lanes.content, device), seq]]),
  readHlc,
})
const states = (...acknowledged: readonly (readonly [DeviceId, Acknowledged])[]) =>
  deliveryByPerson(people, alice.identity, new Map(acknowledged), message).map(({ state }) => state)

describe('how far an own message came', () => {
  test('is “waiting” for everybody but its author until a device has acknowledged it', () => {
    expect(deliveryByPerson(people, alice.identity, new Map(), message)).toEqual([
      { identity: bob.identity, state: 'waiting' },
      { identity: carol.identity, state: 'waiting' },
    ])
  })

  test('moves by acknowledgements of exactly this chain, and no others', () => {
    expect(states([bob.device, told(4)])).toEqual(['waiting', 'waiting'])
    expect(states([bob.device, told(5)])).toEqual(['delivered', 'waiting'])
    expect(states([bob.device, told(9, 0, bob.device)])).toEqual(['waiting', 'waiting'])
    const membersLane = { have: new Map([[chainKey(lanes.members, alice.device), 9]]), readHlc: 0 }
    expect(states([bob.device, membersLane])).toEqual(['waiting', 'waiting'])
    // The author's own device, and a stranger's, say nothing of others.
    expect(states([alice.device, told(9, 900)])).toEqual(['waiting', 'waiting'])
  })

  test('is that of the person’s device that is furthest', () => {
    expect(states([bob.device, told(4)], [bobs.device, told(5)])).toEqual(['delivered', 'waiting'])
    expect(states([bob.device, told(5)], [bobs.device, told(5, 500)], [carol.device, told(6, 499)])).toEqual(['read', 'delivered'])
  })

  test('is “read” only by a device that holds it', () => {
    expect(states([bob.device, told(4, 900)])).toEqual(['waiting', 'waiting'])
  })

  test('is nothing for newcomers for whom it is not', () => {
    const head = (seq: number): Head => ({ lane: lanes.content, device: alice.device, seq, id: eventId(bytesFor('e')), hlc: 1 })
    const with_ = (floor: readonly Head[]) => deliveryByPerson([{ ...people[1]!, floor }], alice.identity, new Map(), message)
    expect(with_([head(5)])).toEqual([])
    expect(with_([head(4)])).toHaveLength(1)
    expect(
      with_([
        { ...head(9), lane: lanes.members },
        { ...head(9), device: bob.device },
      ]),
    ).toHaveLength(1)
  })

  test('is said for all messages at once by two bounds: what nobody has yet, and what everybody has', () => {
    const head = (seq: number): Head => ({ lane: lanes.content, device: alice.device, seq, id: eventId(bytesFor('e')), hlc: 1 })
    const place = fc.nat({ max: 6 })
    const member = fc.record({ floor: place, held: fc.array(place, { minLength: 1, maxLength: 2 }) })
    fc.assert(
      fc.property(fc.array(member, { maxLength: 2 }), (members) => {
        const present = members.map(({ floor }, index) => ({ ...people[index + 1]!, floor: floor === 0 ? [] : [head(floor)] }))
        const acknowledged = new Map(
          members.flatMap(({ held }, index) =>
            held.flatMap((seq, at) => [present[index]!.devices[at] ?? alice.device].map((device) => [device, told(seq)] as const)),
          ),
        )
        const reach = withStillInputs([[people[0]!, ...present], alice.identity, acknowledged, alice.device] as const, (...inputs) =>
          reachOf(...inputs),
        )
        for (let seq = 1; seq < 9; seq++) {
          const waiting = deliveryByPerson(present, alice.identity, acknowledged, { ...message, seq }).map(
            ({ state }) => state === 'waiting',
          )
          if (seq > reach.somebody) expect(waiting).not.toContain(false)
          if (members.length > 0) expect(waiting.includes(true)).toBe(seq > reach.everybody)
        }
        if (members.length === 0) expect(reach).toEqual({ somebody: 0, everybody: 0 })
      }),
    )
  })

  test('never goes back as more is acknowledged', () => {
    const rank = { waiting: 0, delivered: 1, read: 2 }
    const acknowledgement = fc.record({
      who: fc.constantFrom(bob.device, bobs.device, carol.device),
      seq: fc.nat({ max: 8 }),
      readHlc: fc.nat({ max: 800 }),
    })
    fc.assert(
      fc.property(fc.array(acknowledgement, { maxLength: 10 }), (list) => {
        const held = new Map<DeviceId, Acknowledged>()
        let before = [0, 0]
        for (const { who, seq, readHlc } of list) {
          const known = held.get(who)
          const most = Math.max(seq, known?.have.get(chainKey(lanes.content, alice.device)) ?? 0)
          held.set(who, told(most, Math.max(readHlc, known?.readHlc ?? 0)))
          const now = withStillInputs([people, alice.identity, held, message] as const, (...inputs) => deliveryByPerson(...inputs)).map(
            ({ state }) => rank[state],
          )
          for (const [index, each] of now.entries()) expect(each).toBeGreaterThanOrEqual(before[index]!)
          before = now
        }
      }),
    )
  })
})
