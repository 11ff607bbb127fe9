import { describe, expect, test } from 'vitest'
import { authorEvent, nextEvent, type AuthoringPoint } from '../../../src/core/event/author.ts'
import { hlcPerMs } from '../../../src/core/event/clock.ts'
import { encodePayload, payloadId, signatureBytes, signedMessage } from '../../../src/core/event/codec.ts'
import { lanes, type EventBody, type Head, type Lane } from '../../../src/core/event/event.ts'
import { deviceId, eventId } from '../../../src/core/ids.ts'
import { maxDeps, maxEpochDeps, maxWallClockMs } from '../../../src/core/limits.ts'
import { alice, bob, bytesFor, carol, room, text } from '../cast.ts'

const now = 1_000_000
const headOf = (lane: Lane, device: Head['device'], seq: number, hlc: number): Head => ({
  lane,
  device,
  seq,
  id: eventId(bytesFor(`${lane} ${device} ${seq}`)),
  hlc,
})
const nothingSeen: AuthoringPoint = {
  conversation: room,
  device: alice.device,
  own: undefined,
  membersHeads: [],
  contentHeads: [],
  ends: [],
}
const epoch: EventBody = { kind: 'epoch', suite: 1, commitment: bytesFor('commitment'), shares: [] }
const asDep = ({ lane, device, seq, id }: Head) => ({ lane, device, seq, id })

describe('the next event', () => {
  test('begins a chain with number 1 and nothing before it', () => {
    expect(nextEvent(nothingSeen, lanes.content, text('hi'), now)).toEqual({
      conversation: room,
      lane: lanes.content,
      device: alice.device,
      seq: 1,
      prev: null,
      deps: [],
      hlc: now * hlcPerMs,
      wall: now,
      epoch: null,
      index: 0,
      body: text('hi'),
    })
  })

  test('follows the end of one’s own chain, by number, name and clock', () => {
    const own = headOf(lanes.content, alice.device, 4, now * hlcPerMs + 9)
    const place = { epoch: eventId(bytesFor('epoch')), index: 3 }
    const next = nextEvent({ ...nothingSeen, own }, lanes.content, text('hi'), now, place)
    expect(next).toMatchObject({ seq: 5, prev: own.id, hlc: own.hlc + 1, wall: now, ...place })
  })

  test('runs ahead of the end of every chain that is held', () => {
    const ends = [headOf(lanes.members, bob.device, 1, now * hlcPerMs + 7), headOf(lanes.content, carol.device, 2, 5)]
    expect(nextEvent({ ...nothingSeen, ends }, lanes.content, text('hi'), now).hlc).toBe(now * hlcPerMs + 8)
  })

  test('claims a whole millisecond between 1970 and 2100, whatever this device’s clock says', () => {
    const wallAt = (at: number) => nextEvent(nothingSeen, lanes.content, text('hi'), at).wall
    expect([wallAt(-5), wallAt(7.9), wallAt(maxWallClockMs + 1)]).toEqual([0, 7, maxWallClockMs])
  })

  test('names the heads of the members lane first, the newest of each lane first, and of equal clocks the larger id', () => {
    const [older, newer] = [headOf(lanes.members, bob.device, 1, 10), headOf(lanes.members, carol.device, 1, 20)]
    const same = [headOf(lanes.content, bob.device, 3, 30), headOf(lanes.content, carol.device, 8, 30)]
    const point = { ...nothingSeen, membersHeads: [older, newer], contentHeads: same }
    const bySize = same.toSorted((a, b) => (a.id < b.id ? 1 : -1))
    expect(nextEvent(point, lanes.content, text('hi'), now).deps).toEqual([newer, older, ...bySize].map(asDep))
    const turned = { ...point, contentHeads: same.toReversed() }
    expect(nextEvent(turned, lanes.content, text('hi'), now).deps).toEqual([newer, older, ...bySize].map(asDep))
  })

  test('names one’s own last operation on the members before all others, however old', () => {
    const [own, newer] = [headOf(lanes.members, alice.device, 2, 10), headOf(lanes.members, carol.device, 1, 20)]
    expect(nextEvent({ ...nothingSeen, membersHeads: [newer, own] }, lanes.content, text('hi'), now).deps).toEqual([own, newer].map(asDep))
  })

  test('does not name its own chain, which has its own field, nor, as an operation on the members, what was said', () => {
    const [own, other] = [headOf(lanes.content, alice.device, 2, 10), headOf(lanes.content, bob.device, 1, 9)]
    const ownOp = headOf(lanes.members, alice.device, 1, 8)
    const point = { ...nothingSeen, membersHeads: [ownOp], contentHeads: [own, other] }
    expect(nextEvent(point, lanes.content, text('hi'), now).deps).toEqual([ownOp, other].map(asDep))
    expect(nextEvent(point, lanes.members, { kind: 'leave' }, now).deps).toEqual([])
  })

  test('names so many heads and no more: the newest, and fewer in an epoch, which has to fit for 500 devices', () => {
    const contentHeads = Array.from({ length: maxDeps + 5 }, (_, n) => headOf(lanes.content, deviceId(bytesFor(`device ${n}`)), 1, n))
    const newestFirst = contentHeads.toReversed().map(asDep)
    const point = { ...nothingSeen, contentHeads }
    expect(nextEvent(point, lanes.content, text('hi'), now).deps).toEqual(newestFirst.slice(0, maxDeps))
    expect(nextEvent(point, lanes.content, epoch, now).deps).toEqual(newestFirst.slice(0, maxEpochDeps))
  })
})

test('what is signed is the payload under its domain, and the signature stands before it', async () => {
  const fields = nextEvent(nothingSeen, lanes.content, text('hi'), now)
  let asked: Uint8Array | undefined
  const event = await authorEvent(fields, async (message) => {
    asked = message
    return new Uint8Array(signatureBytes).fill(9)
  })
  const payload = encodePayload(fields)
  expect(asked).toEqual(signedMessage(payload))
  expect([...event.bytes]).toEqual([...new Uint8Array(signatureBytes).fill(9), ...payload])
  expect(event).toMatchObject({ ...fields, id: payloadId(payload) })
})
