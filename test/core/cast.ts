// The people of the core tests and what they sign. Keys are hashes of names and signatures are hashes of messages: the rules of core ask
// for nothing more, and a thousand events take a blink. Deterministic: the same story gives the same bytes.
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { authorEvent, nextEvent, type SealPlace } from '../../src/core/event/author.ts'
import {
  lanes,
  type ContentBody,
  type EventBody,
  type EventFields,
  type Fading,
  type Lane,
  type MembersBody,
  type UnknownBody,
  type VerifiedEvent,
} from '../../src/core/event/event.ts'
import { emptyConversation, takeIn, type Conversation } from '../../src/core/conversation/conversation.ts'
import { deviceId, identityId, type ConversationId, type DeviceId, type IdentityId } from '../../src/core/ids.ts'
import { chainKey } from '../../src/core/log/chains.ts'
import type { DeviceCard, PersonCard } from '../../src/core/members/card.ts'
import { nameConversation, nonceOf } from '../../src/core/members/conversation-name.ts'
import type { Role } from '../../src/core/members/role.ts'

/** 32 bytes that a name stands for. */
export const bytesFor = (name: string): Uint8Array => sha256(utf8ToBytes(name))

/** 64 bytes that stand for a signature. */
export const fakeSignature = (message: Uint8Array): Uint8Array =>
  concatBytes(sha256(message), sha256(concatBytes(message, Uint8Array.of(1))))

export interface Person {
  readonly name: string
  readonly identity: IdentityId
  readonly device: DeviceId
  readonly card: PersonCard
}

export const deviceCardFor = (identity: IdentityId, device: DeviceId, key: string, createdAt = 1): DeviceCard => ({
  identity,
  device,
  keys: [{ suite: 0x0020, publicKey: bytesFor(`hpke ${key}`) }],
  createdAt,
  certificate: fakeSignature(utf8ToBytes(`certificate ${device}`)),
  announcement: fakeSignature(utf8ToBytes(`announcement ${device} ${key}`)),
})

/** Somebody, with one device. */
export const personCalled = (name: string): Person => {
  const identity = identityId(bytesFor(`identity ${name}`))
  const device = deviceId(bytesFor(`device ${name}`))
  return { name, identity, device, card: { identity, name, devices: [deviceCardFor(identity, device, name)] } }
}

export const [alice, bob, carol, dave, aliceAgain] = ['Alice', 'Bob', 'Carol', 'Dave', 'Alice II'].map(personCalled) as [
  Person,
  Person,
  Person,
  Person,
  Person,
]
export const everybody: readonly Person[] = [alice, bob, carol, dave, aliceAgain]

/** Another device of the same person. */
export const secondDeviceOf = (person: Person): Person => {
  const device = deviceId(bytesFor(`second device ${person.name}`))
  return { ...person, device, card: { ...person.card, devices: [deviceCardFor(person.identity, device, `second ${person.name}`)] } }
}

export const sign = async (fields: EventFields): Promise<VerifiedEvent> => authorEvent(fields, async (message) => fakeSignature(message))

export const nonce: Uint8Array = nonceOf(alice.device, bytesFor('meeting'))
/** The room that Alice makes. */
export const room: ConversationId = nameConversation(alice.identity, nonce)

export const createBody = (creator: Person = alice, as: 'direct' | 'group' = 'group'): MembersBody => ({
  kind: 'create',
  as,
  nonce,
  name: as === 'direct' ? '' : 'Garden',
  meeting: bytesFor('meeting'),
  person: creator.card,
})

/** The next event of somebody who holds `conversation`, and nothing is decided yet of whether it may stand. */
export const write = (
  conversation: Conversation,
  author: Person,
  body: EventBody,
  now: number,
  lane: Lane = laneFor(body),
  place?: SealPlace,
  fading?: Fading,
): Promise<VerifiedEvent> => {
  const { id, membersHeads, contentHeads, chains } = conversation
  const own = chains.get(chainKey(lane, author.device))
  const point = { conversation: id, device: author.device, own, membersHeads, contentHeads, ends: [...chains.values()] }
  return sign(nextEvent(point, lane, body, now, place, fading))
}

const contentKinds: readonly string[] = [
  'epoch',
  'text',
  'edit',
  'delete',
  'reaction',
  'pin',
  'poll',
  'place',
  'card',
  'vote',
  'close',
  'unknown',
  'gone',
]
/** The lane that a body belongs to. */
export const laneFor = (body: EventBody): Lane => (contentKinds.includes(body.kind) ? lanes.content : lanes.members)

/** The next operation on the members, also of a kind that nobody knows. */
export const op = (held: Conversation, author: Person, body: MembersBody | UnknownBody, now = 9_000): Promise<VerifiedEvent> =>
  write(held, author, body, now, lanes.members)

/** Takes in events in the order in which they come, again and again until nothing moves, as a device does with those that come early. */
export const takeAll = (conversation: Conversation, events: readonly VerifiedEvent[]): Conversation => {
  let waiting = events
  let held = conversation
  for (;;) {
    const before = waiting.length
    waiting = waiting.filter((event) => {
      const taken = takeIn(held, event)
      if (taken.kind === 'taken') held = taken.conversation
      return taken.kind === 'early'
    })
    if (waiting.length === before || waiting.length === 0) return held
  }
}

/** Writes and takes in, which must succeed. */
export const say = async (
  conversation: Conversation,
  author: Person,
  body: MembersBody | ContentBody | UnknownBody,
  now: number,
): Promise<{ readonly conversation: Conversation; readonly event: VerifiedEvent }> => {
  const event = await write(conversation, author, body, now)
  const taken = takeIn(conversation, event)
  if (taken.kind !== 'taken') throw new Error(`${author.name} may not ${body.kind}: ${JSON.stringify(taken)}`)
  return { conversation: taken.conversation, event }
}

/** A conversation and every event in it, after a story. */
export const tell = async (
  story: readonly (readonly [author: Person, body: MembersBody | ContentBody | UnknownBody])[],
  from: Conversation = emptyConversation(room),
  startMs = 1_000,
): Promise<{ readonly conversation: Conversation; readonly events: readonly VerifiedEvent[] }> => {
  const events: VerifiedEvent[] = []
  let conversation = from
  for (const [index, [author, body]] of story.entries()) {
    const said = await say(conversation, author, body, startMs + index)
    conversation = said.conversation
    events.push(said.event)
  }
  return { conversation, events }
}

export const add = (person: Person, invite: string | null = null): MembersBody => ({ kind: 'add', person: person.card, invite, floor: [] })
export const give = (person: Person, role: Role): MembersBody => ({ kind: 'role', identity: person.identity, role })
export const remove = (person: Person): MembersBody => ({ kind: 'remove', identity: person.identity, last: [] })
export const text = (words: string): ContentBody => ({ kind: 'text', text: words, replyTo: null })

/** Alice's group, into which she has let these. */
export const group = (...people: readonly Person[]) =>
  tell([[alice, createBody()], ...people.map((person) => [alice, add(person)] as const)])
