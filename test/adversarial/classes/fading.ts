// What is said to disappear, with words that it does not stand for, or none of the kinds that can: the signature covers a commitment only, so
// the words are looked at as closely as if anybody could have put them there, which is so.
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { hash } from '../../../src/core/codec/bytes.ts'
import { encodePayload, joinEvent, signatureBytes, withoutWords } from '../../../src/core/event/codec.ts'
import type { EventBody } from '../../../src/core/event/event.ts'
import { fadingOf, type Said } from '../../../src/core/event/fading.ts'
import { maxLifetimeSeconds } from '../../../src/core/limits.ts'
import { at, bytesFor, events, fieldsOf, signFields, signPayload, text, treeOf } from '../forge.ts'
import type { Stage } from '../stage.ts'
import type { Vector, VectorClass } from '../vector.ts'

const said = text('only for now') as Said
const salt = bytesFor('salt')
const good = fadingOf(said, 60, salt)
const ref = [new Uint8Array(32), 1]

const fieldsFor = async (stage: Stage, fading = good, body: EventBody = said) => ({ ...(await fieldsOf(stage, body)), fading })

/** A well signed event by Dave that says something for a minute, with other words beside it. */
const beside = (name: string, words: Uint8Array): Vector => ({
  name,
  expected: 'malformed',
  make: async (stage) => {
    const signed = signFields(await fieldsFor(stage), stage.dave)
    return events(stage, [joinEvent(signed.subarray(0, signatureBytes), signed.subarray(signatureBytes), words)])
  },
})

/** Words that are what was committed to, and still nothing that disappears. */
const committed = (name: string, words: unknown, target: unknown = null): Vector => ({
  name,
  expected: 'malformed',
  make: async (stage) => {
    const bytes = encodeCbor(words)
    const tree = treeOf(await fieldsFor(stage)).with(at.content, [60, target, hash('fading/1', bytes)])
    const signed = signPayload(encodeCbor(tree), stage.dave.deviceSeed)
    return events(stage, [joinEvent(signed.subarray(0, signatureBytes), signed.subarray(signatureBytes), bytes)])
  },
})

const planted = (name: string, content: unknown): Vector => ({
  name,
  expected: 'malformed',
  make: async (stage) =>
    events(stage, [signPayload(encodeCbor(treeOf(await fieldsFor(stage)).with(at.content, content)), stage.dave.deviceSeed)]),
})

export const fading: VectorClass = {
  name: 'what disappears',
  controls: [
    {
      name: 'a text for a minute',
      expected: 'taken',
      make: async (stage) => {
        const signed = signFields(await fieldsFor(stage), stage.dave)
        return events(stage, [joinEvent(signed.subarray(0, signatureBytes), signed.subarray(signatureBytes), good.words)])
      },
    },
    {
      name: 'a text whose words are gone',
      expected: 'taken',
      make: async (stage) => events(stage, [withoutWords(signFields(await fieldsFor(stage), stage.dave))]),
    },
  ],
  vectors: [
    beside('other words', encodeCbor([salt, 'text', ['something else', null]])),
    beside('the same words under another salt', encodeCbor([bytesFor('another'), 'text', ['only for now', null]])),
    beside('words that are nothing', new Uint8Array(0)),
    beside('words that are no list', encodeCbor('only for now')),
    committed('a deletion that disappears', [salt, 'delete', [ref]]),
    committed('an epoch that disappears', [salt, 'epoch', [1, new Uint8Array(32), []]]),
    committed('an operation on the members that disappears', [salt, 'leave', []]),
    committed('words within words', [salt, 'fading', [60, null, new Uint8Array(32)]]),
    committed('a text that disappears and is empty', [salt, 'text', ['', null]]),
    committed('an edit that names no message', [salt, 'edit', [ref, 'x']]),
    committed('an edit of another message than it names', [salt, 'edit', [ref, 'x']], [new Uint8Array(32), 2]),
    committed('a text that is said to be an edit', [salt, 'text', ['x', null]], ref),
    committed('a short salt', [salt.slice(1), 'text', ['x', null]]),
    planted('a lifetime of nothing', [0, null, new Uint8Array(32)]),
    planted('a lifetime of more than four weeks', [maxLifetimeSeconds + 1, null, new Uint8Array(32)]),
    planted('a lifetime of half a second', [0.5, null, new Uint8Array(32)]),
    planted('a commitment of 31 bytes', [60, null, new Uint8Array(31)]),
    {
      name: 'words beside what does not disappear',
      expected: 'malformed',
      make: async (stage) => {
        const fields = await fieldsOf(stage, text('for ever'))
        const signed = signFields(fields, stage.dave)
        return events(stage, [joinEvent(signed.subarray(0, signatureBytes), encodePayload(fields), good.words)])
      },
    },
    {
      name: 'a time of more than four weeks',
      expected: 'malformed',
      make: async (stage) => {
        const tree = treeOf(await fieldsOf(stage, { kind: 'timer', seconds: 60 })).with(at.content, [maxLifetimeSeconds + 1])
        return events(stage, [signPayload(encodeCbor(tree), stage.dave.deviceSeed)])
      },
    },
  ],
}
