// Every frozen vector: what today's code writes from fixed seeds. The files beside this one hold the same, and `vectors.test.ts` compares.
// The formats are young: a deliberate change runs `node test/core/vectors/make.ts` again, and asks itself whether the version byte of the
// format has to change with it. A change that nobody meant shows up as a failing test.
import { ed25519 } from '@noble/curves/ed25519.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { commitmentOf, shareInfo } from '../../../src/core/epoch/epoch.ts'
import { seal } from '../../../src/core/epoch/sealed.ts'
import { keyAt, startChain, useKey } from '../../../src/core/epoch/sender-chain.ts'
import { receiptKeyOf, sealReceipt } from '../../../src/core/outbox/receipt.ts'
import { kemNumbers } from '../../../src/core/epoch/suite.ts'
import { encodePayload, joinEvent, payloadId, signedMessage } from '../../../src/core/event/codec.ts'
import { fadingOf } from '../../../src/core/event/fading.ts'
import {
  lanes,
  type ContentBody,
  type EventFields,
  type Fading,
  type MembersBody,
  type UnknownBody,
} from '../../../src/core/event/event.ts'
import { encodeContent, encodeContentPayload, contentMessage } from '../../../src/core/courier/content.ts'
import { encodeEnvelope, nameEnvelope, padContent } from '../../../src/core/courier/envelope.ts'
import { blindTag, mailboxTag } from '../../../src/core/courier/mailbox.ts'
import { nameOneTimeKey } from '../../../src/core/courier/one-time-keys.ts'
import { envelopeId, eventId, fromHex } from '../../../src/core/ids.ts'
import { nameContact } from '../../../src/core/contact/contact-name.ts'
import { requestMessage } from '../../../src/core/contact/messages.ts'
import { encodeContactLink, encodeInvite, type InviteLink } from '../../../src/core/invite/link.ts'
import { inviteKeys, joinMessage } from '../../../src/core/invite/secret.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { announcementMessage, certificateMessage, hpkeKeyName, personCardToWire } from '../../../src/core/members/card.ts'
import { nameConversation } from '../../../src/core/members/conversation-name.ts'
import { digestOf } from '../../../src/core/sync/digest.ts'
import { encodeLinkMessage, type LinkMessage } from '../../../src/core/sync/messages.ts'
import { tagsAt } from '../../../src/core/tags.ts'
import { commitmentTo, emojisOf, type ComparisonOf } from '../../../src/core/verification/emojis.ts'
import { safetyNumber } from '../../../src/core/verification/safety-number.ts'
import { encodeLinkFrame } from '../../../src/core/wire/link-frames.ts'
import { tinyPicture } from '../tiny-picture.ts'
import { alice, bob, seedFor } from './cast.ts'
import { toJson, type Json } from './json.ts'

const nonce = seedFor('nonce').subarray(0, 16)
const conversation = nameConversation(alice.identity, nonce)
const wall = 1_700_000_000_000
const other = eventId(seedFor('another event'))
const ref = { id: other, hlc: wall * 1_024 }
const head = { lane: lanes.content, device: bob.device, seq: 7, id: other, hlc: wall * 1_024 + 3 } as const
const nodeAddress = '/dns/node.example/tcp/443/tls/ws/p2p/12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'
const inviteSecret = seedFor('invite').subarray(0, 16)
const { invite } = inviteKeys(inviteSecret)

const comparison: ComparisonOf = {
  conversation,
  session: invite,
  asker: { identity: alice.identity, device: alice.device },
  answerer: { identity: bob.identity, device: bob.device },
}

const membersBodies: { readonly [Kind in MembersBody['kind']]: Extract<MembersBody, { readonly kind: Kind }> } = {
  create: { kind: 'create', as: 'group', nonce, name: 'Garden 🌱', meeting: seedFor('meeting'), person: alice.card },
  add: { kind: 'add', person: bob.card, invite, floor: [head] },
  remove: { kind: 'remove', identity: bob.identity, last: [head] },
  leave: { kind: 'leave' },
  role: { kind: 'role', identity: bob.identity, role: 'moderator' },
  policy: { kind: 'policy', policy: { invite: 'moderator', post: 'member', pin: 'owner', history: 'week' } },
  revoke: { kind: 'revoke', device: alice.device, last: [head] },
  name: { kind: 'name', name: 'Obstgärten' },
  timer: { kind: 'timer', seconds: 3_600 },
  slow: { kind: 'slow', seconds: 30 },
  withdraw: { kind: 'withdraw', invite },
  approval: { kind: 'approval', on: true },
  apply: { kind: 'apply', person: bob.card, invite },
  dismiss: { kind: 'dismiss', identity: bob.identity, why: 'declined' },
  profile: { kind: 'profile', name: 'Alice B.' },
  picture: { kind: 'picture', of: 'self', picture: tinyPicture },
  device: { kind: 'device', device: alice.card.devices[0]! },
  invite: { kind: 'invite', invite, key: seedFor('invite key'), meeting: seedFor('invite meeting'), expiresAt: wall + 1, uses: 'single' },
}

const contentBodies: { readonly [Kind in ContentBody['kind'] | 'unknown']: Extract<ContentBody | UnknownBody, { readonly kind: Kind }> } = {
  epoch: {
    kind: 'epoch',
    suite: kemNumbers.x25519,
    commitment: commitmentOf(seedFor('epoch secret')),
    shares: [{ device: bob.device, key: hpkeKeyName(seedFor('hpke Bob')), enc: seedFor('enc'), ciphertext: seedFor('share') }],
  },
  text: { kind: 'text', text: 'Grüße, 世界 👋', replyTo: ref },
  edit: { kind: 'edit', target: ref, text: 'Grüße!' },
  delete: { kind: 'delete', target: ref },
  reaction: { kind: 'reaction', target: ref, emoji: '🌻', on: true },
  unknown: { kind: 'unknown', name: 'from-the-future', content: { some: [1, null, true] } },
  pin: { kind: 'pin', target: ref, on: true },
  poll: { kind: 'poll', question: 'Wann? 🗓', options: ['Dienstag', 'mercredi', '週四'], multiple: true },
  vote: { kind: 'vote', target: ref, choices: [0, 2] },
  close: { kind: 'close', target: ref, votes: [eventId(seedFor('vote')), eventId(seedFor('another vote'))].toSorted() },
  place: { kind: 'place', latitude: 48_858_370, longitude: -2_294_480, accuracy: 12 },
  card: {
    kind: 'card',
    link: encodeContactLink({ kind: 'contact', contact: nameContact(alice.identity), secret: inviteSecret, name: 'Alice' }),
  },
}

const timedPoll: ContentBody = { ...contentBodies.poll, closesAt: wall + 3_600_000 }
const reply: ContentBody = { ...contentBodies.text, thread: { id: eventId(seedFor('thread')), hlc: 5 } }
const fadingBodies = [contentBodies.text, contentBodies.poll, contentBodies.edit] as const

const eventOf = (lane: 0 | 1, body: EventFields['body'], seq: number, fading?: Fading, name: string = body.kind) => {
  const fields: EventFields = {
    conversation,
    lane,
    device: alice.device,
    seq,
    prev: seq === 1 ? null : other,
    deps: seq === 1 ? [] : [{ lane: lanes.members, device: bob.device, seq: 3, id: other }],
    hlc: wall * 1_024 + seq,
    wall,
    epoch: lane === lanes.content ? eventId(seedFor('epoch')) : null,
    index: lane === lanes.content ? 5 : 0,
    body,
    ...(fading === undefined ? {} : { fading }),
  }
  const payload = encodePayload(fields)
  const bytes = joinEvent(ed25519.sign(signedMessage(payload), alice.deviceSeed), payload, fading?.words)
  return { name, id: payloadId(payload), bytes, fields }
}

const links: readonly InviteLink[] = [
  { kind: 'direct', conversation, secret: inviteSecret, expiresAt: 1_700_000_040_000, inviter: 'Alice', title: '' },
  { kind: 'group', conversation, secret: inviteSecret, expiresAt: 1_700_000_040_000, inviter: 'Alice', title: 'Garden 🌱' },
  { kind: 'direct', conversation, secret: inviteSecret, expiresAt: 1_700_000_040_000, inviter: 'Alice', title: '', node: nodeAddress },
]

const vector = new Map([
  [chainKey(lanes.members, alice.device), 3],
  [chainKey(lanes.content, bob.device), 70_000],
])

const oneTimeKey = seedFor('one-time key')
const envelope = encodeEnvelope({
  tag: mailboxTag(seedFor('meeting'), bob.device, 19_675),
  lastDay: 19_689,
  key: nameOneTimeKey(oneTimeKey),
  enc: seedFor('enc'),
  ciphertext: new Uint8Array(256 - 27 - 32).fill(7),
})

const linkMessages: { readonly [Kind in LinkMessage['kind']]: Extract<LinkMessage, { readonly kind: Kind }> } = {
  digest: { kind: 'digest', conversation, digest: seedFor('digest').subarray(0, 16), readHlc: 9 },
  want: { kind: 'want', conversation, have: vector, readHlc: 9 },
  have: { kind: 'have', conversation, have: vector, readHlc: 0 },
  events: { kind: 'events', conversation, events: [eventOf(0, membersBodies.leave, 2).bytes], more: true },
  sealed: { kind: 'sealed', conversation, sealed: seedFor('sealed') },
  typing: { kind: 'typing', conversation },
  preview: { kind: 'preview', conversation, invite },
  previewed: { kind: 'previewed', conversation, title: 'Garden 🌱', inviter: 'Alice' },
  join: { kind: 'join', conversation, invite, person: bob.card, proof: new Uint8Array(64).fill(7) },
  refused: { kind: 'refused', conversation, reason: 'expired' },
  'keys-left': { kind: 'keys-left', left: 3 },
  'one-time-keys': { kind: 'one-time-keys', keys: [oneTimeKey] },
  carry: { kind: 'carry', copies: 4, envelope },
  carried: { kind: 'carried', envelope: nameEnvelope(envelope), kept: true },
  collect: { kind: 'collect', nonce, wanted: [blindTag(nonce, mailboxTag(seedFor('meeting'), bob.device, 19_675))] },
  mail: { kind: 'mail', envelopes: [envelope] },
  collected: { kind: 'collected', envelopes: [envelopeId(seedFor('id').subarray(0, 16))] },
  nodes: { kind: 'nodes', addresses: [nodeAddress] },
  knock: { kind: 'knock', link: invite },
  'at-home': { kind: 'at-home', link: invite, identity: alice.identity, certificate: alice.card.devices[0]!.certificate },
  request: {
    kind: 'request',
    way: { kind: 'link', link: invite, proof: new Uint8Array(64).fill(9) },
    secret: inviteSecret,
    events: [eventOf(0, membersBodies.create, 1).bytes],
  },
  'step-back': { kind: 'step-back', conversation },
  presence: { kind: 'presence', here: true, seen: 0, status: { emoji: '🏖', text: 'By the sea', left: 3_600 } },
  comparison: { kind: 'comparison', conversation, session: invite, step: 'ask', commitment: commitmentTo(seedFor('nonce'), comparison) },
}

const senderChain = () => {
  const [secret, epoch] = [seedFor('epoch secret'), eventId(seedFor('epoch'))]
  let chain = startChain(secret, epoch, alice.device)
  const keys = [0, 1, 2, 3].map((index) => {
    const key = keyAt(chain, index)
    chain = useKey(chain, index, 0)
    return key
  })
  return { secret, epoch, sender: alice.device, keys, key500: keyAt(chain, 500) }
}

const sealedEvent = (size: number) => {
  const header = { epoch: eventId(seedFor('epoch')), sender: alice.device, index: 70_000 }
  const [key, sealNonce] = [seedFor('message key'), seedFor('nonce').subarray(0, 24)]
  const plaintext = new Uint8Array(size).fill(0x2a)
  return { header, key, nonce: sealNonce, plaintext, sealed: seal(header, key, sealNonce, plaintext) }
}

const receipt = () => {
  const epoch = { id: eventId(seedFor('epoch')), hlc: 0, devices: [alice.device, bob.device].toSorted() }
  const key = receiptKeyOf(seedFor('epoch secret'), epoch.id)
  const said = { have: vector, readHlc: 9 }
  return { devices: epoch.devices, key, said, sealed: sealReceipt(epoch, key, seedFor('nonce').subarray(0, 24), said) }
}

const courierContent = () => {
  const payload = encodeContentPayload({
    conversation,
    from: alice.device,
    to: bob.device,
    events: [utf8ToBytes('an event')],
    acknowledged: 4,
    readHlc: 9,
    keysLeft: 2,
    keys: [oneTimeKey],
  })
  const content = encodeContent(ed25519.sign(contentMessage(payload), alice.deviceSeed), payload)
  return { content, padded: padContent(content) }
}

/** By file name, as JSON values. */
export const vectors: Readonly<Record<string, Json>> = {
  events: toJson([
    ...Object.values(membersBodies).map((body) => eventOf(lanes.members, body, body.kind === 'create' ? 1 : 2)),
    ...Object.values(contentBodies).map((body) => eventOf(lanes.content, body, 2)),
    eventOf(lanes.content, reply, 2, undefined, 'reply'),
    eventOf(lanes.content, timedPoll, 2, undefined, 'timed-poll'),
    ...fadingBodies.map((body) => eventOf(lanes.content, body, 2, fadingOf(body, 300, seedFor('salt')), `fading ${body.kind}`)),
    eventOf(lanes.content, { kind: 'gone', target: null }, 2, { ...fadingOf(contentBodies.text, 300, seedFor('salt')), words: null }),
  ]),
  'person-card': toJson({
    identitySeed: alice.identitySeed,
    deviceSeed: alice.deviceSeed,
    certificateMessage: certificateMessage(alice.identity, alice.device),
    announcementMessage: announcementMessage(alice.card.devices[0]!),
    card: encodeCbor(personCardToWire(alice.card)),
    hpkeKeyName: hpkeKeyName(alice.card.devices[0]!.keys[0]!.publicKey),
    safetyNumberWithBob: safetyNumber(alice.identity, bob.identity),
    emojisWithBob: emojisOf(comparison, seedFor('nonce'), seedFor('another nonce')),
  }),
  'conversation-id': toJson({ creator: alice.identity, nonce, conversation }),
  'sealed-events': toJson([sealedEvent(0), sealedEvent(252), sealedEvent(253)]),
  'sender-chain': toJson(senderChain()),
  receipt: toJson(receipt()),
  epoch: toJson({
    secret: seedFor('epoch secret'),
    commitment: commitmentOf(seedFor('epoch secret')),
    shareInfoAliceToBob: shareInfo(conversation, alice.device, bob.device),
  }),
  'invite-links': toJson(links.map((link) => ({ link, fragment: encodeInvite(link) }))),
  contact: toJson({
    identity: alice.identity,
    contact: nameContact(alice.identity),
    fragment: encodeContactLink({ kind: 'contact', contact: nameContact(alice.identity), secret: inviteSecret, name: 'Alice' }),
    requestMessageBobToAlice: requestMessage(invite, bob.device, alice.device, [utf8ToBytes('an event'), utf8ToBytes('another')]),
    requestThroughAGroup: encodeLinkMessage({
      kind: 'request',
      way: { kind: 'group', conversation },
      secret: inviteSecret,
      events: [utf8ToBytes('an event')],
    }),
  }),
  'invite-keys': toJson({
    secret: inviteSecret,
    keys: inviteKeys(inviteSecret),
    joinMessageBobToAlice: joinMessage(conversation, invite, bob.device, alice.device, encodeCbor(personCardToWire(bob.card))),
  }),
  tags: toJson(
    (['topic', 'invite'] as const).flatMap((purpose) =>
      [0, wall, 19_676 * 86_400_000].map((now) => ({
        secret: seedFor('meeting'),
        purpose,
        now,
        tags: tagsAt(seedFor('meeting'), purpose, now),
      })),
    ),
  ),
  digest: toJson({
    chains: [head, { ...head, lane: lanes.members, seq: 1 }],
    digest: digestOf(
      new Map([head, { ...head, lane: lanes.members, seq: 1 } as const].map((end) => [chainKey(end.lane, end.device), end])),
    ),
    empty: digestOf(new Map()),
  }),
  'link-messages': toJson(Object.values(linkMessages).map((message) => ({ message, bytes: encodeLinkMessage(message) }))),
  'link-frames': toJson(
    (['data', 'hello', 'ping', 'pong', 'bye'] as const).map((kind) => ({
      kind,
      bytes: fromHex('0708'),
      frame: encodeLinkFrame(kind, fromHex('0708')),
    })),
  ),
  courier: toJson({
    mailbox: { secret: seedFor('meeting'), device: bob.device, day: 19_675, tag: mailboxTag(seedFor('meeting'), bob.device, 19_675) },
    blinded: { nonce, tag: blindTag(nonce, mailboxTag(seedFor('meeting'), bob.device, 19_675)) },
    oneTimeKey: { key: oneTimeKey, name: nameOneTimeKey(oneTimeKey) },
    envelope: { bytes: envelope, id: nameEnvelope(envelope) },
    ...courierContent(),
  }),
}
