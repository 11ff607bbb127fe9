// Bytes that are not what they claim to be: CBOR in a second spelling, cut, swollen, nested without end, of another version, in the wrong
// lane. All of it is signed well, so that nothing but the format is wrong; and the frames around events likewise.
import { concatBytes, utf8ToBytes } from '../../../src/core/codec/bytes.ts'
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { encodePayload } from '../../../src/core/event/codec.ts'
import { lanes, type EventBody } from '../../../src/core/event/event.ts'
import { fromHex } from '../../../src/core/ids.ts'
import { maxEventBytes } from '../../../src/core/limits.ts'
import { at, bytesFor, events, eventsFrame, fieldsOf, replanted, signFields, signPayload, text, treeOf } from '../forge.ts'
import type { Stage } from '../stage.ts'
import type { Vector, VectorClass } from '../vector.ts'

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)
const canonical = (tree: readonly unknown[]): Uint8Array[] => tree.map(encodeCbor)
const tuple = (parts: readonly Uint8Array[], head = bytes(0x80 + parts.length)): Uint8Array => concatBytes(head, ...parts)

/** A text of Dave's, its values spelt by the vector. */
const spelt = (name: string, spell: (parts: Uint8Array[]) => Uint8Array): Vector => ({
  name: `a payload ${name}`,
  expected: 'malformed',
  make: async (stage) =>
    events(stage, [signPayload(spell(canonical(treeOf(await fieldsOf(stage, text('hello'))))), stage.dave.deviceSeed)]),
})
const withPart = (name: string, place: number, part: Uint8Array): Vector => spelt(name, (parts) => tuple(parts.with(place, part)))

/** An event of a kind that nobody knows, with content that is spelt by the vector. */
const withContent = (name: string, content: Uint8Array): Vector =>
  spelt(name, (parts) => tuple(parts.with(at.kind, encodeCbor('from-the-future')).with(at.content, content)))

const planted = (name: string, body: EventBody, change: (tree: unknown[]) => readonly unknown[]): Vector => ({
  name: `an event ${name}`,
  expected: 'malformed',
  make: async (stage) => events(stage, [await replanted(stage, body, change)]),
})

const frame = (name: string, make: (stage: Stage) => Uint8Array | Promise<Uint8Array>): Vector => ({
  name: `a frame ${name}`,
  expected: 'malformed',
  make: async (stage) => ({ by: 'link', from: stage.dave, frames: [await make(stage)] }),
})

const nested = (depth: number): Uint8Array => concatBytes(new Uint8Array(depth).fill(0x81), bytes(0))
const typing = (stage: Stage): unknown[] => [6, fromHex(stage.group)]

export const encoding: VectorClass = {
  name: 'encoding',
  controls: [
    {
      name: 'an event of a kind that nobody knows yet',
      expected: 'taken',
      make: async (stage) =>
        events(stage, [
          signFields(await fieldsOf(stage, { kind: 'unknown', name: 'from-the-future', content: [1, { a: null }] }), stage.dave),
        ]),
    },
  ],
  vectors: [
    spelt('as a list without a length', (parts) => concatBytes(bytes(0x9f), ...parts, bytes(0xff))),
    spelt('with its length in two bytes', (parts) => tuple(parts, bytes(0x98, parts.length))),
    spelt('with a length of 2^32-1', (parts) => tuple(parts, bytes(0x9a, 0xff, 0xff, 0xff, 0xff))),
    spelt('with a length of 2^64-1', (parts) => tuple(parts, bytes(0x9b, ...new Uint8Array(8).fill(0xff)))),
    spelt('with a byte behind it', (parts) => concatBytes(tuple(parts), bytes(0))),
    spelt('twice', (parts) => concatBytes(tuple(parts), tuple(parts))),
    spelt('without its last byte', (parts) => tuple(parts).subarray(0, -1)),
    spelt('of nothing but its first byte', (parts) => tuple(parts).subarray(0, 1)),
    spelt('that is a map', (parts) => concatBytes(bytes(0xad), ...parts.flatMap((part, place) => [encodeCbor(place), part]))),
    spelt('that is a text', () => encodeCbor('hello')),
    spelt('that is null', () => encodeCbor(null)),
    spelt('that is undefined', () => bytes(0xf7)),
    spelt('that is a break', () => bytes(0xff)),
    spelt('with a value too few', (parts) => tuple(parts.slice(0, -1))),
    spelt('with a value too many', (parts) => tuple([...parts, encodeCbor(null)])),
    spelt('in a tag', (parts) => concatBytes(bytes(0xd9, 0xd9, 0xf7), tuple(parts))),
    spelt('larger than an event may be', (parts) =>
      tuple(parts.with(at.kind, encodeCbor('future')).with(at.content, encodeCbor(new Uint8Array(maxEventBytes)))),
    ),
    withPart('whose version takes two bytes', at.version, bytes(0x18, 1)),
    withPart('whose version takes nine bytes', at.version, bytes(0x1b, 0, 0, 0, 0, 0, 0, 0, 1)),
    withPart('whose version is a half float', at.version, bytes(0xf9, 0x3c, 0)),
    withPart('whose version is a double', at.version, concatBytes(bytes(0xfb), fromHex('3ff0000000000000'))),
    withPart('whose seq is a bignum', at.seq, bytes(0xc2, 0x41, 2)),
    withPart('whose clock is not a number', at.hlc, bytes(0xf9, 0x7e, 0)),
    withPart('whose clock is infinite', at.hlc, bytes(0xf9, 0x7c, 0)),
    withPart('whose wall clock is minus zero', at.wall, bytes(0xf9, 0x80, 0)),
    withPart('whose device says its length in three bytes', at.device, concatBytes(bytes(0x59, 0, 32), bytesFor('d'))),
    withPart(
      'whose device comes in pieces',
      at.device,
      concatBytes(bytes(0x5f, 0x50), bytesFor('d').subarray(0, 16), bytes(0x50), bytesFor('d').subarray(16), bytes(0xff)),
    ),
    withPart('whose device claims 2^63 bytes', at.device, bytes(0x5b, 0x80, 0, 0, 0, 0, 0, 0, 0)),
    withPart('whose kind claims 4 GiB', at.kind, bytes(0x7a, 0xff, 0xff, 0xff, 0xff)),
    withPart(
      'whose kind comes in pieces',
      at.kind,
      concatBytes(bytes(0x7f, 0x62), utf8ToBytes('te'), bytes(0x62), utf8ToBytes('xt'), bytes(0xff)),
    ),
    withPart('whose text is no UTF-8', at.content, concatBytes(bytes(0x82, 0x62, 0xff, 0xfe), encodeCbor(null))),
    withPart('whose text spells a letter overlong', at.content, concatBytes(bytes(0x82, 0x62, 0xc1, 0xa1), encodeCbor(null))),
    withPart('whose text holds half of a surrogate pair', at.content, concatBytes(bytes(0x82, 0x63, 0xed, 0xa0, 0x80), encodeCbor(null))),
    withPart('with a reserved length', at.content, bytes(0x1c)),
    withPart('with a simple value that nobody gave a meaning', at.content, bytes(0xe0)),
    withContent('whose content has one key twice', bytes(0xa2, 0x61, 0x61, 1, 0x61, 0x61, 2)),
    withContent('whose content has its keys out of order', bytes(0xa2, 0x61, 0x62, 1, 0x61, 0x61, 2)),
    withContent('whose content has a map without a length', bytes(0xbf, 0x61, 0x61, 1, 0xff)),
    withContent('whose content has a map of 2^32-1 pairs', bytes(0xba, 0xff, 0xff, 0xff, 0xff)),
    withContent('whose content is nested 33 deep', nested(33)),
    withContent('whose content is nested 60,000 deep', nested(60_000)),
    withContent('whose content is undefined', bytes(0xf7)),
    planted('of version 0', text('hello'), (tree) => tree.with(at.version, 0)),
    planted('of version 2', text('hello'), (tree) => tree.with(at.version, 2)),
    planted('of version 2^53-1', text('hello'), (tree) => tree.with(at.version, Number.MAX_SAFE_INTEGER)),
    planted('whose version is a text', text('hello'), (tree) => tree.with(at.version, '1')),
    planted('in a third lane', text('hello'), (tree) => tree.with(at.lane, 2)),
    planted('of the members in the lane of what is said', { kind: 'leave' }, (tree) => tree.with(at.lane, lanes.content)),
    planted('of what is said in the lane of the members', text('hello'), (tree) => tree.with(at.lane, lanes.members).with(at.deps, [])),
    planted('of a kind without a name', text('hello'), (tree) => tree.with(at.kind, '')),
    planted('of a kind with a name of 33 letters', text('hello'), (tree) => tree.with(at.kind, 'x'.repeat(33))),
    planted('whose kind is a number', text('hello'), (tree) => tree.with(at.kind, 1)),
    planted('whose content is what another kind has', text('hello'), (tree) => tree.with(at.content, [true])),
    planted('whose conversation has 15 bytes', text('hello'), (tree) => tree.with(at.conversation, new Uint8Array(15))),
    planted('whose device has 31 bytes', text('hello'), (tree) => tree.with(at.device, new Uint8Array(31))),
    planted('whose index is negative', text('hello'), (tree) => tree.with(at.index, -1)),
    frame('of no bytes', () => new Uint8Array(0)),
    frame('of one byte', () => bytes(0x82)),
    frame('of noise', () => bytesFor('noise')),
    frame('with code 0', (stage) => encodeCbor(typing(stage).with(0, 0))),
    frame('with a code that nobody knows', (stage) => encodeCbor(typing(stage).with(0, 23))),
    frame('whose code takes two bytes', (stage) => concatBytes(bytes(0x82, 0x18, 6, 0x50), fromHex(stage.group))),
    frame('with a byte behind it', (stage) => concatBytes(encodeCbor(typing(stage)), bytes(0))),
    frame('with a value too many', (stage) => encodeCbor([...typing(stage), 1])),
    frame('whose conversation is a text', (stage) => encodeCbor([6, stage.group])),
    frame('that is larger than a control frame', (stage) => encodeCbor([1, fromHex(stage.group), new Uint8Array(64 * 1024), 0])),
    frame('of events one of which is larger than an event may be', (stage) => eventsFrame(stage.group, new Uint8Array(maxEventBytes + 1))),
    frame('of events that are no list', (stage) => encodeCbor([4, fromHex(stage.group), new Uint8Array(9), false])),
    frame('of events that claim to be 2^32-1', (stage) =>
      concatBytes(bytes(0x84, 4, 0x50), fromHex(stage.group), bytes(0x9a, 0xff, 0xff, 0xff, 0xff)),
    ),
    frame('with a sealed message of 192 KiB and one byte', (stage) =>
      encodeCbor([5, fromHex(stage.group), new Uint8Array(3 * 64 * 1024 + 1)]),
    ),
    {
      name: 'an event of nothing but a signature',
      expected: 'malformed',
      make: (stage) => events(stage, [new Uint8Array(64)]),
    },
    {
      name: 'ten thousand events of no bytes',
      expected: 'malformed',
      make: (stage) =>
        events(
          stage,
          Array.from({ length: 10_000 }, () => new Uint8Array(0)),
        ),
    },
    {
      name: 'a payload that is signed twice over',
      expected: 'malformed',
      make: async (stage) => {
        const once = signPayload(encodePayload(await fieldsOf(stage, text('hello'))), stage.dave.deviceSeed)
        return events(stage, [signPayload(once, stage.dave.deviceSeed)])
      },
    },
  ],
}
