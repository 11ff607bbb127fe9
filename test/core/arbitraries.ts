// Anything that the formats allow, for properties. One entry for each kind: a kind that is added to an event and not here does not compile.
import { tinyPicture } from './tiny-picture.ts'
import { base58, base64urlnopad } from '@scure/base'
import * as fc from 'fast-check'
import { hlcPerMs, maxHlc } from '../../src/core/event/clock.ts'
import { fadingOf } from '../../src/core/event/fading.ts'
import {
  lanes,
  type ContentBody,
  type Dep,
  type EventBody,
  type EventFields,
  type EventRef,
  type Head,
  type Lane,
  type MembersBody,
} from '../../src/core/event/event.ts'
import {
  conversationId,
  deviceId,
  envelopeId,
  eventId,
  identityId,
  toHex,
  type ConversationId,
  type DeviceId,
  type EnvelopeId,
  type EventId,
  type IdentityId,
} from '../../src/core/ids.ts'
import {
  maxDeps,
  maxDevicesPerPerson,
  maxLifetimeSeconds,
  maxNameCharacters,
  maxSlowSeconds,
  maxWallClockMs,
} from '../../src/core/limits.ts'
import { chainKey, type ChainKey, type Vector } from '../../src/core/log/chains.ts'
import type { DeviceCard, PersonCard } from '../../src/core/members/card.ts'
import { historyGrants, roles } from '../../src/core/members/role.ts'
import { cleanName } from '../../src/core/names.ts'
import { maxStatusSeconds } from '../../src/core/presence/messages.ts'
import type { LinkMessage } from '../../src/core/sync/messages.ts'

export const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
export const identity: fc.Arbitrary<IdentityId> = bytes(32).map(identityId)
export const device: fc.Arbitrary<DeviceId> = bytes(32).map(deviceId)
export const event: fc.Arbitrary<EventId> = bytes(32).map(eventId)
export const conversation: fc.Arbitrary<ConversationId> = bytes(16).map(conversationId)
export const invite: fc.Arbitrary<string> = bytes(16).map(toHex)
export const count: fc.Arbitrary<number> = fc.oneof(fc.nat(), fc.maxSafeNat())
export const wall: fc.Arbitrary<number> = fc.nat({ max: maxWallClockMs })
export const hlc: fc.Arbitrary<number> = fc.oneof(
  wall.map((ms) => ms * hlcPerMs),
  fc.nat({ max: maxHlc }),
)
export const words: fc.Arbitrary<string> = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 })
export const name: fc.Arbitrary<string> = fc
  .string({ unit: 'binary', minLength: 1, maxLength: maxNameCharacters })
  .map(cleanName)
  .filter((clean) => clean !== '')
const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })

export const dep = (lane: fc.Arbitrary<Lane>): fc.Arbitrary<Dep> => fc.record({ lane, device, seq, id: event })
const anyLane = fc.constantFrom(lanes.members, lanes.content)
export const head: fc.Arbitrary<Head> = fc.record({ lane: anyLane, device, seq, id: event, hlc })
const headList = fc.array(head, { maxLength: 5 })
export const ref: fc.Arbitrary<EventRef> = fc.record({ id: event, hlc })

export const deviceCard = (of: fc.Arbitrary<IdentityId>): fc.Arbitrary<DeviceCard> =>
  fc.record({
    identity: of,
    device,
    keys: fc.array(fc.record({ suite: count, publicKey: fc.uint8Array({ maxLength: 100 }) }), { minLength: 1, maxLength: 3 }),
    createdAt: wall,
    certificate: bytes(64),
    announcement: bytes(64),
  })

export const personCard: fc.Arbitrary<PersonCard> = identity.chain((own) =>
  fc.record({
    identity: fc.constant(own),
    name,
    devices: fc.array(deviceCard(fc.constant(own)), { minLength: 1, maxLength: maxDevicesPerPerson }),
  }),
)

type Bodies<Body extends { readonly kind: string }> = {
  readonly [Kind in Body['kind']]: fc.Arbitrary<Extract<Body, { readonly kind: Kind }>>
}

const role = fc.constantFrom(...roles)

export const membersBodies: Bodies<MembersBody> = {
  create: fc.record({
    kind: fc.constant('create'),
    as: fc.constantFrom('direct', 'group'),
    nonce: bytes(16),
    name: fc.oneof(name, fc.constant('')),
    meeting: bytes(32),
    person: personCard,
  }),
  add: fc.record({ kind: fc.constant('add'), person: personCard, invite: fc.option(invite), floor: headList }),
  remove: fc.record({ kind: fc.constant('remove'), identity, last: headList }),
  leave: fc.constant({ kind: 'leave' }),
  role: fc.record({ kind: fc.constant('role'), identity, role }),
  policy: fc.record({
    kind: fc.constant('policy'),
    policy: fc.record({ invite: role, post: role, pin: role, history: fc.constantFrom(...historyGrants) }),
  }),
  revoke: fc.record({ kind: fc.constant('revoke'), device, last: headList }),
  name: fc.record({ kind: fc.constant('name'), name }),
  timer: fc.record({ kind: fc.constant('timer'), seconds: fc.nat({ max: maxLifetimeSeconds }) }),
  slow: fc.record({ kind: fc.constant('slow'), seconds: fc.nat({ max: maxSlowSeconds }) }),
  withdraw: fc.record({ kind: fc.constant('withdraw'), invite }),
  approval: fc.record({ kind: fc.constant('approval'), on: fc.boolean() }),
  apply: fc.record({ kind: fc.constant('apply'), person: personCard, invite }),
  dismiss: fc.record({ kind: fc.constant('dismiss'), identity, why: fc.constantFrom('declined', 'withdrawn') }),
  profile: fc.record({ kind: fc.constant('profile'), name }),
  picture: fc.record({
    kind: fc.constant('picture'),
    of: fc.constantFrom('self' as const, 'group' as const),
    picture: fc.constantFrom(tinyPicture, new Uint8Array(0)),
  }),
  device: fc.record({ kind: fc.constant('device'), device: deviceCard(identity) }),
  invite: fc.record({
    kind: fc.constant('invite'),
    invite,
    key: bytes(32),
    meeting: bytes(32),
    expiresAt: wall,
    uses: fc.constantFrom('single', 'many'),
  }),
}

export const contentBodies: Bodies<ContentBody> = {
  epoch: fc.record({
    kind: fc.constant('epoch'),
    suite: count,
    commitment: bytes(32),
    shares: fc.array(
      fc.record({
        device,
        key: bytes(8).map(toHex),
        enc: fc.uint8Array({ maxLength: 1_120 }),
        ciphertext: fc.uint8Array({ maxLength: 64 }),
      }),
      { maxLength: 5 },
    ),
  }),
  text: fc.oneof(
    fc.record({ kind: fc.constant('text'), text: words, replyTo: fc.option(ref) }),
    fc
      .record({ kind: fc.constant('text'), text: words, replyTo: ref, thread: ref })
      .filter(({ replyTo, thread }) => replyTo.id !== thread.id),
  ),
  edit: fc.record({ kind: fc.constant('edit'), target: ref, text: words }),
  delete: fc.record({ kind: fc.constant('delete'), target: ref }),
  reaction: fc.record({
    kind: fc.constant('reaction'),
    target: ref,
    emoji: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).filter((emoji) => emoji.length <= 32),
    on: fc.boolean(),
  }),
  poll: fc.record(
    {
      kind: fc.constant('poll'),
      question: words,
      options: fc.array(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => [...text].length <= 100),
        { minLength: 2, maxLength: 12 },
      ),
      multiple: fc.boolean(),
      closesAt: wall,
    },
    { requiredKeys: ['kind', 'question', 'options', 'multiple'] },
  ),
  place: fc.record({
    kind: fc.constant('place'),
    latitude: fc.integer({ min: -90_000_000, max: 90_000_000 }),
    longitude: fc.integer({ min: -180_000_000, max: 180_000_000 }),
    accuracy: fc.option(fc.integer({ min: 0, max: 20_100_000 })),
  }),
  card: fc.record({ kind: fc.constant('card'), link: bytes(48).map((payload) => `#/j/${base64urlnopad.encode(payload)}`) }),
  close: fc.record({
    kind: fc.constant('close'),
    target: ref,
    votes: fc.uniqueArray(event, { maxLength: 5 }).map((ids) => ids.toSorted()),
  }),
  vote: fc.record({
    kind: fc.constant('vote'),
    target: ref,
    choices: fc.uniqueArray(fc.nat({ max: 11 })).map((choices) => choices.toSorted((a, b) => a - b)),
  }),
  pin: fc.record({ kind: fc.constant('pin'), target: ref, on: fc.boolean() }),
}

const known: readonly string[] = [...Object.keys(membersBodies), ...Object.keys(contentBodies)]

const unknownBody: fc.Arbitrary<EventBody> = fc.record({
  kind: fc.constant('unknown'),
  name: fc.string({ unit: 'binary', minLength: 1, maxLength: 16 }).filter((kind) => !known.includes(kind)),
  content: fc.oneof(fc.constant(null), fc.boolean(), fc.maxSafeInteger(), words, bytes(5), fc.array(fc.maxSafeInteger())),
})

const oneOf = <Body>(bodies: Readonly<Record<string, fc.Arbitrary<Body>>>): fc.Arbitrary<Body> => fc.oneof(...Object.values(bodies))

/** The fields of a well-formed event of either lane. */
export const fields: fc.Arbitrary<EventFields> = anyLane.chain((lane) =>
  fc
    .record({
      conversation,
      lane: fc.constant(lane),
      device,
      seq,
      before: event,
      deps: fc.array(dep(lane === lanes.members ? fc.constant(lanes.members) : anyLane), { maxLength: maxDeps }),
      hlc,
      wall,
      epoch: fc.option(event),
      index: count,
      body:
        lane === lanes.members
          ? fc.oneof(oneOf<EventBody>(membersBodies), unknownBody)
          : fc.oneof(oneOf<EventBody>(contentBodies), unknownBody),
    })
    .map(({ before, ...rest }) => ({ ...rest, prev: rest.seq === 1 ? null : before })),
)

/** The fields of a well-formed event whose words disappear, or have. */
export const fadingFields: fc.Arbitrary<EventFields> = fc
  .tuple(
    fields,
    fc.oneof(contentBodies.text, contentBodies.poll, contentBodies.place, contentBodies.card, contentBodies.edit),
    fc.integer({ min: 1, max: maxLifetimeSeconds }),
    bytes(32),
    fc.boolean(),
  )
  .map(([rest, said, lifetime, salt, isGone]) => {
    const fading = fadingOf(said, lifetime, salt)
    const place = { ...rest, lane: lanes.content }
    if (!isGone) return { ...place, body: said, fading }
    return { ...place, body: { kind: 'gone', target: said.kind === 'edit' ? said.target : null }, fading: { ...fading, words: null } }
  })

export const vector: fc.Arbitrary<Vector> = fc
  .array(fc.tuple(anyLane, device, count), { maxLength: 8 })
  .map((entries) => new Map(entries.map(([lane, of, upTo]): [ChainKey, number] => [chainKey(lane, of), upTo])))

const envelope: fc.Arbitrary<EnvelopeId> = bytes(16).map(envelopeId)
const someBytes = fc.uint8Array({ maxLength: 300 })

/** A node by name or number, over TLS or in plain. */
export const nodeAddress: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('dns/node.example', 'ip4/192.0.2.7', 'ip6/2001:db8::7'),
    fc.nat({ max: 65_535 }),
    fc.constantFrom('tls/ws', 'ws'),
    bytes(32),
  )
  .map(
    ([host, port, transport, key]) => `/${host}/tcp/${port}/${transport}/p2p/${base58.encode(Uint8Array.of(0, 36, 8, 1, 18, 32, ...key))}`,
  )

export const linkMessages: Bodies<LinkMessage> = {
  digest: fc.record({ kind: fc.constant('digest'), conversation, digest: bytes(16), readHlc: count }),
  want: fc.record({ kind: fc.constant('want'), conversation, have: vector, readHlc: count }),
  have: fc.record({ kind: fc.constant('have'), conversation, have: vector, readHlc: count }),
  events: fc.record({ kind: fc.constant('events'), conversation, events: fc.array(someBytes, { maxLength: 5 }), more: fc.boolean() }),
  sealed: fc.record({ kind: fc.constant('sealed'), conversation, sealed: someBytes }),
  typing: fc.record({ kind: fc.constant('typing'), conversation }),
  preview: fc.record({ kind: fc.constant('preview'), conversation, invite }),
  previewed: fc.record({ kind: fc.constant('previewed'), conversation, title: fc.oneof(name, fc.constant('')), inviter: name }),
  join: fc.record({ kind: fc.constant('join'), conversation, invite, person: personCard, proof: bytes(64) }),
  refused: fc.record({
    kind: fc.constant('refused'),
    conversation,
    reason: fc.constantFrom('expired', 'used', 'unknown', 'full', 'approval', 'declined'),
  }),
  'keys-left': fc.record({ kind: fc.constant('keys-left'), left: count }),
  'one-time-keys': fc.record({ kind: fc.constant('one-time-keys'), keys: fc.array(bytes(32), { maxLength: 5 }) }),
  carry: fc.record({ kind: fc.constant('carry'), copies: fc.integer({ min: 1, max: 16 }), envelope: someBytes }),
  carried: fc.record({ kind: fc.constant('carried'), envelope, kept: fc.boolean() }),
  collect: fc.record({ kind: fc.constant('collect'), nonce: bytes(16), wanted: fc.array(bytes(8).map(toHex), { maxLength: 5 }) }),
  mail: fc.record({ kind: fc.constant('mail'), envelopes: fc.array(someBytes, { maxLength: 5 }) }),
  collected: fc.record({ kind: fc.constant('collected'), envelopes: fc.array(envelope, { maxLength: 5 }) }),
  nodes: fc.record({ kind: fc.constant('nodes'), addresses: fc.array(nodeAddress, { maxLength: 4 }) }),
  knock: fc.record({ kind: fc.constant('knock'), link: invite }),
  'at-home': fc.record({ kind: fc.constant('at-home'), link: invite, identity, certificate: bytes(64) }),
  request: fc.record({
    kind: fc.constant('request'),
    way: fc.oneof(
      fc.record({ kind: fc.constant('link' as const), link: invite, proof: bytes(64) }),
      fc.record({ kind: fc.constant('group' as const), conversation }),
    ),
    secret: bytes(16),
    events: fc.array(someBytes, { minLength: 1, maxLength: 5 }),
  }),
  'step-back': fc.record({ kind: fc.constant('step-back'), conversation }),
  presence: fc.record({
    kind: fc.constant('presence'),
    here: fc.option(fc.boolean()),
    seen: fc.option(count),
    status: fc.option(
      fc.record({ emoji: fc.constantFrom('', '🌊'), text: name, left: fc.option(fc.integer({ min: 1, max: maxStatusSeconds })) }),
    ),
  }),
  comparison: fc.oneof(
    fc.record({
      kind: fc.constant('comparison' as const),
      conversation,
      session: invite,
      step: fc.constant('ask' as const),
      commitment: bytes(32),
    }),
    fc.record({
      kind: fc.constant('comparison' as const),
      conversation,
      session: invite,
      step: fc.constantFrom('accept' as const, 'reveal' as const),
      nonce: bytes(32),
    }),
    fc.record({
      kind: fc.constant('comparison' as const),
      conversation,
      session: invite,
      step: fc.constant('say' as const),
      same: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('comparison' as const), conversation, session: invite, step: fc.constant('stop' as const) }),
  ),
}

export const linkMessage: fc.Arbitrary<LinkMessage> = oneOf<LinkMessage>(linkMessages)
