// The conversation that fuzzed events are offered to, and valid inputs of every format to begin with. Built from the vectors and the core
// tests' people; signatures are hashes that anybody can make, so a spoiled event can be signed again and gets past that door too.
import { fromHex } from '../../src/core/ids.ts'
import { concatBytes } from '../../src/core/codec/bytes.ts'
import { payloadOf, signatureBytes, signedMessage } from '../../src/core/event/codec.ts'
import { lanes, type EventBody, type Fading, type Lane } from '../../src/core/event/event.ts'
import type { Conversation } from '../../src/core/conversation/conversation.ts'
import { alice, bob, carol, createBody, dave, add, fakeSignature, remove, tell, text, write } from '../core/cast.ts'
import { vectors } from '../core/vectors/all.ts'

/** Signed again, as by whoever had every key. */
export const signAgain = (bytes: Uint8Array): Uint8Array => {
  return concatBytes(fakeSignature(signedMessage(payloadOf(bytes))), bytes.subarray(signatureBytes))
}

/** Alice's group with Bob, a moderator, and Carol, who was removed and let in again, with a few words said. */
const story = async (): Promise<{ readonly conversation: Conversation; readonly events: readonly Uint8Array[] }> => {
  const { conversation, events } = await tell([
    [alice, createBody()],
    [alice, add(bob)],
    [alice, { kind: 'role', identity: bob.identity, role: 'moderator' }],
    [bob, add(carol)],
    [carol, text('hello')],
    [bob, remove(carol)],
    [alice, add(carol)],
    [carol, text('hello again')],
    [alice, { kind: 'invite', invite: 'aa'.repeat(16), key: new Uint8Array(32), meeting: new Uint8Array(32), expiresAt: 9, uses: 'many' }],
  ])
  return { conversation, events: events.map((event) => event.bytes) }
}

const begun = await story()

export const group: Conversation = begun.conversation

interface EventVector {
  readonly bytes: string
  readonly fields: { readonly lane: Lane; readonly body: EventBody }
}

/** What each of them could say next, of every kind, in the right place of their chains. */
const next = async (): Promise<readonly Uint8Array[]> => {
  const { decodeEvent } = await import('../../src/core/event/codec.ts')
  const bodies = (vectors['events'] as unknown as readonly EventVector[]).flatMap(({ bytes }) => {
    const event = decodeEvent(fromHex(bytes))
    return event.ok ? [[event.value.lane, event.value.body, event.value.fading] as const] : []
  })
  const said = [...group.chains.values()].find((head) => head.lane === lanes.content)!
  const about: readonly (readonly [Lane, EventBody, Fading?])[] = [
    [lanes.content, { kind: 'edit', target: said, text: 'edited' }],
    [lanes.content, { kind: 'delete', target: said }],
    [lanes.content, { kind: 'reaction', target: said, emoji: '🌱', on: true }],
    [lanes.content, { kind: 'pin', target: said, on: true }],
    [lanes.content, { kind: 'vote', target: said, choices: [0, 1] }],
    [lanes.members, add(dave)],
    [lanes.members, remove(carol)],
    [lanes.members, { kind: 'role', identity: carol.identity, role: 'owner' }],
    [lanes.members, { kind: 'device', device: alice.card.devices[0]! }],
  ]
  const events = [alice, bob, carol].flatMap((person) =>
    [...bodies, ...about].map(([lane, body, fading]) => write(group, person, body, 9_000, lane, undefined, fading)),
  )
  return (await Promise.all(events)).map((event) => event.bytes)
}

export const eventSeeds: readonly Uint8Array[] = [...begun.events, ...(await next())]

/** The bytes under `names` in a file of vectors. */
export const seedsFrom = (file: string, ...names: readonly string[]): readonly Uint8Array[] => {
  const found: Uint8Array[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, part] of Object.entries(value)) {
      if (names.includes(name) && typeof part === 'string') found.push(fromHex(part))
      else walk(part)
    }
  }
  walk(vectors[file])
  if (found.length === 0) throw new Error(`no ${names.join()} in ${file}`)
  return found
}
