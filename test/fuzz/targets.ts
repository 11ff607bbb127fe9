// Every decoder that strangers can reach, and what comes right behind it. A target throws when a promise is broken: that nothing throws,
// that what is read is written the same, that what is refused changes nothing.
import { bytesToUtf8 } from '@noble/ciphers/utils.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { isIP } from 'node:net'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { listFrom } from '../../bootstrap-node/access.ts'
import { targetFrom } from '../../bootstrap-node/check-target.ts'
import { cidrFrom, inRanges } from '../../bootstrap-node/cidr.ts'
import { createClientAddress } from '../../bootstrap-node/client-address.ts'
import { readConfig } from '../../bootstrap-node/config.ts'
import { limitsFrom } from '../../bootstrap-node/limits-file.ts'
import { pathOf } from '../../bootstrap-node/page.ts'
import { answerStun } from '../../bootstrap-node/stun.ts'
import { subnetOf } from '../../bootstrap-node/subnet.ts'
import { concatBytes, equalBytes } from '../../src/core/codec/bytes.ts'
import { decodeCbor, encodeCbor } from '../../src/core/codec/cbor.ts'
import { decodeShape } from '../../src/core/codec/shape.ts'
import { takeIn } from '../../src/core/conversation/conversation.ts'
import { isVoidIn } from '../../src/core/conversation/counts.ts'
import { nameContact } from '../../src/core/contact/contact-name.ts'
import { readFirstWords } from '../../src/core/contact/first-words.ts'
import { decodeContent, encodeContentPayload } from '../../src/core/courier/content.ts'
import { decodeEnvelope, encodeEnvelope, padContent, unpadContent } from '../../src/core/courier/envelope.ts'
import { openSealed, seal, sealBehind, sealedHeader } from '../../src/core/epoch/sealed.ts'
import { nextEvent } from '../../src/core/event/author.ts'
import { decodeEvent, encodePayload, joinEvent, letGo, signatureBytes } from '../../src/core/event/codec.ts'
import { lanes, type SignedEvent, type VerifiedEvent } from '../../src/core/event/event.ts'
import { decodeHandSignal, encodeHandSignal, type HandSignal } from '../../src/core/hand/signal.ts'
import { decodeContactLink, decodeInvite, encodeContactLink, encodeInvite } from '../../src/core/invite/link.ts'
import { maxRequestTextBytes } from '../../src/core/limits.ts'
import { chainKey, compareOrder } from '../../src/core/log/chains.ts'
import { personCardShape, personCardToWire } from '../../src/core/members/card.ts'
import { isSafeName } from '../../src/core/names.ts'
import { openReceipt, receiptEpoch, receiptVersion } from '../../src/core/outbox/receipt.ts'
import { decodeLinkMessage, encodeLinkMessage, type LinkMessage } from '../../src/core/sync/messages.ts'
import { findNodeAddress, packNodeAddress, unpackNodeAddress } from '../../src/core/nodes/multiaddr.ts'
import { startSync, step } from '../../src/core/sync/sync.ts'
import { timelineBucket } from '../../src/core/timeline/bucket.ts'
import { foldRow, rowOf } from '../../src/core/timeline/fold.ts'
import { seenMessage } from '../../src/core/timeline/seen.ts'
import { createLinkFrameReader } from '../../src/core/wire/link-frames.ts'
import { nodeAddressAt, nodeInfoFrom } from '../../src/core/wire/node-info.ts'
import { readProtobuf } from '../../src/core/wire/protobuf.ts'
import { decodeRendezvous, encodeRendezvous } from '../../src/core/wire/rendezvous.ts'
import { eventId, fromHex } from '../../src/core/ids.ts'
import { alice, bob, bytesFor } from '../core/cast.ts'
import { seedFor } from '../core/vectors/cast.ts'
import type { SimDice } from '../sim/world/dice.ts'
import { byteMutations, cborMutation, spoil, textMutation, type Mutation } from './mutate.ts'
import { eventSeeds, group, seedsFrom, signAgain } from './world.ts'

export interface Target {
  readonly name: string
  /** The exported functions that it holds to their promises. */
  readonly covers: readonly string[]
  /** Another input. */
  make(dice: SimDice): Uint8Array
  /** How far the input came: `refused`, `read`, or a word of the target's own. */
  run(bytes: Uint8Array): string
}

const must = (holds: boolean, promise: string): void => {
  if (!holds) throw new Error(promise)
}

const target = (
  name: string,
  covers: readonly string[],
  seeds: readonly Uint8Array[],
  mutations: readonly Mutation[],
  run: (bytes: Uint8Array) => string,
  finish: (bytes: Uint8Array, dice: SimDice) => Uint8Array = (bytes) => bytes,
): Target => ({ name, covers, make: (dice) => finish(spoil(dice, seeds, mutations), dice), run })

const cborFirst = (prefix = 0): readonly Mutation[] => [
  ...Array.from({ length: 3 * byteMutations.length }, () => cborMutation(prefix)),
  ...byteMutations,
]

const runEvent = (bytes: Uint8Array): string => {
  const read = decodeEvent(bytes)
  if (!read.ok) return 'refused'
  const { fading } = read.value
  const again = joinEvent(bytes.subarray(0, signatureBytes), encodePayload(read.value), fading?.words)
  must(equalBytes(again, bytes), 'an event is written as it was read')
  must(decodeEvent(letGo(read.value).bytes).ok, 'an event is read without its words')
  return offer(read.value)
}

/** Takes it for verified, as if its author had every key: the rules must hold against members too. */
const offer = (event: SignedEvent): string => {
  const verified = event as VerifiedEvent
  const before = [group.chains.size, group.log.ops.length, group.members?.people.size]
  const taken = takeIn(group, verified)
  must(String(before) === String([group.chains.size, group.log.ops.length, group.members?.people.size]), 'a conversation is a value')
  if (taken.kind !== 'taken') return taken.kind
  const { members, membersHeads, contentHeads, id, chains } = taken.conversation
  must(members !== undefined && members.people.size <= group.members!.people.size + 1, 'one event lets in one person')
  must(event.conversation === group.id || event.body.kind === 'create', 'a conversation takes its own events alone')
  const author = members?.ownerByDevice.get(event.device)
  must(author !== undefined, 'a taken event has an author')
  const row = foldRow(undefined, verified, author!, false, isVoidIn(taken.conversation, event))
  if (row?.kind === 'message') seenMessage(row)
  must(Number.isSafeInteger(timelineBucket(rowOf(verified)?.hlc ?? 0)), 'a row has a place')
  must(takeIn(taken.conversation, verified).kind === 'known', 'an event is taken once')
  // Whatever came, Alice can go on, and others can read it.
  const point = {
    conversation: id,
    device: alice.device,
    own: chains.get(chainKey(lanes.content, alice.device)),
    membersHeads,
    contentHeads,
    ends: [...chains.values()],
  }
  const answer = nextEvent(point, lanes.content, { kind: 'text', text: 'and I?', replyTo: null }, 10_000)
  must(
    decodeEvent(signAgain(new Uint8Array([...new Uint8Array(signatureBytes), ...encodePayload(answer)]))).ok,
    'somebody can always answer',
  )
  for (const op of taken.conversation.log.ops) must(compareOrder(op, op) === 0, 'an operation is itself')
  return 'taken'
}

const runSealed = (bytes: Uint8Array): string => {
  const header = sealedHeader(bytes)
  const opened = openSealed(bytes, seedFor('message key'))
  if (!opened.ok) return header.ok ? 'shut' : 'refused'
  decodeEvent(opened.value)
  return 'opened'
}

const receiptPeople = { id: eventId(seedFor('epoch')), hlc: 0, devices: [alice.device, bob.device].toSorted() }
const receiptSeeds = [encodeCbor([9, [3, 70_000]]), encodeCbor([0, [0, 0]])]
/** Mostly as its author would seal it: what is spoiled is what they say. */
const sealReceiptOf = (bytes: Uint8Array, dice: SimDice): Uint8Array => {
  const head = concatBytes(Uint8Array.of(receiptVersion), fromHex(receiptPeople.id))
  const nonce = dice.bytes(24)
  const key = seedFor('receipt key')
  const sealed = dice.happens(0.9)
    ? sealBehind(head, key, nonce, bytes)
    : concatBytes(head, nonce, xchacha20poly1305(key, nonce, head).encrypt(bytes))
  return dice.happens(0.9) ? sealed : spoil(dice, [sealed], byteMutations)
}
const runReceipt = (bytes: Uint8Array): string => {
  const epoch = receiptEpoch(bytes)
  const receipt = openReceipt(bytes, receiptPeople, seedFor('receipt key'))
  if (!receipt.ok) return epoch.ok ? 'shut' : 'refused'
  must(receipt.value.have.size === receiptPeople.devices.length, 'a receipt is about the devices of its epoch')
  return 'opened'
}

const runLinkMessage = (bytes: Uint8Array): string => {
  const read = decodeLinkMessage(bytes)
  if (!read.ok) return 'refused'
  must(equalBytes(encodeLinkMessage(read.value), bytes), 'a message is written as it was read')
  hear(read.value)
  return 'read'
}

const hear = (message: LinkMessage): void => {
  switch (message.kind) {
    case 'digest':
    case 'want':
    case 'have': {
      const held = {
        have: new Map([...group.chains].map(([key, head]) => [key, head.seq] as const)),
        digest: bytesFor('digest').subarray(0, 16),
        readHlc: 0,
      }
      const [state, effects] = step(startSync(held), { kind: 'message', message })
      must(effects.length <= 4, 'a message causes little')
      step(state, { kind: 'timer', timer: 'ask' })
      return
    }
    case 'events':
      message.events.forEach(runEvent)
      return
    case 'sealed':
      runSealed(message.sealed)
      return
    case 'join':
      must(isSafeName(message.person.name), 'a name is safe')
      return
    case 'request': {
      const events = message.events.flatMap((bytes) => {
        const event = decodeEvent(bytes)
        return event.ok ? [event.value as VerifiedEvent] : []
      })
      const words = events[0] && readFirstWords(events[0].device, message.secret, events)
      must(words?.ok !== true || (isSafeName(words.value.name) && words.value.text.length <= maxRequestTextBytes), 'a request is small')
      return
    }
    case 'carry':
      decodeEnvelope(message.envelope)
      return
    case 'mail':
      for (const envelope of message.envelopes) decodeEnvelope(envelope)
      return
    default:
  }
}

/** The same stream whole and in pieces gives the same frames. */
const runLinkFrames = (bytes: Uint8Array): string => {
  const whole = createLinkFrameReader(4_096).push(bytes)
  const reader = createLinkFrameReader(4_096)
  let count = 0
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size % 7) + 1) {
    const frames = reader.push(bytes.subarray(at, at + size))
    count += frames?.length ?? 0
    must((frames?.reduce((sum, frame) => sum + frame.bytes.length, 0) ?? 0) <= bytes.length, 'frames are no larger than what came')
  }
  if (whole === undefined) return 'refused'
  must(whole.length === count, 'frames are the same however they are cut')
  return 'read'
}

const runInvite = (bytes: Uint8Array): string => {
  const read = decodeInvite(new TextDecoder().decode(bytes))
  if (!read.ok) return 'refused'
  if (read.value.kind === 'contact') {
    must(isSafeName(read.value.name), 'names are safe')
    const same = decodeContactLink(encodeContactLink(read.value))
    must(same?.contact === read.value.contact, 'a link stays itself')
    return 'read'
  }
  must(isSafeName(read.value.inviter) && isSafeName(read.value.title), 'names are safe')
  const again = decodeInvite(encodeInvite(read.value))
  must(
    again.ok &&
      again.value.kind !== 'contact' &&
      again.value.conversation === read.value.conversation &&
      again.value.expiresAt === read.value.expiresAt,
    'a link stays itself',
  )
  return 'read'
}

const runRendezvous = (bytes: Uint8Array): string => {
  const fields = readProtobuf(bytes)
  const size = fields?.reduce((sum, field) => sum + (field.kind === 'bytes' ? field.value.length : 1), 0) ?? 0
  must(size <= bytes.length, 'fields are no larger than what came')
  const read = decodeRendezvous(bytes)
  if (read === undefined) return 'refused'
  must(
    equalBytes(encodeRendezvous(decodeRendezvous(encodeRendezvous(read))!), encodeRendezvous(read)),
    'a message is written as it was read',
  )
  return 'read'
}

const runNodeInfo = (bytes: Uint8Array): string => {
  try {
    JSON.parse(bytesToUtf8(bytes))
  } catch {
    return 'refused'
  }
  const info = nodeInfoFrom(JSON.parse(bytesToUtf8(bytes)))
  if (info === undefined) return 'refused'
  must(
    info.nodes.every((node) => typeof node === 'string'),
    'nodes are texts',
  )
  nodeAddressAt(info, { protocol: 'https:', hostname: 'example.org', port: '' })
  return 'read'
}

const runContent = (bytes: Uint8Array): string => {
  unpadContent(bytes)
  const read = decodeContent(bytes)
  if (!read.ok) return 'refused'
  must(equalBytes(encodeContentPayload(read.value.content), bytes.subarray(signatureBytes)), 'content is written as it was read')
  return 'read'
}

const runEnvelope = (bytes: Uint8Array): string => {
  const read = decodeEnvelope(bytes)
  if (!read.ok) return 'refused'
  must(equalBytes(encodeEnvelope(read.value), bytes), 'an envelope is written as it was read')
  return 'read'
}

const runStun = (bytes: Uint8Array): string => {
  const answer = answerStun(bytes, { address: '192.0.2.1', port: 4_000 })
  must(answer === undefined || answer.length <= 2 * 20 + 8, 'an answer is no larger than it has to be')
  return answer === undefined ? 'refused' : 'read'
}

/** The length in the head as it should be, so that more than the head is looked at. */
const withStunLength = (bytes: Uint8Array): Uint8Array => {
  const repaired = Uint8Array.from(bytes)
  if (bytes.length >= 20) new DataView(repaired.buffer).setUint16(2, bytes.length - 20)
  return repaired
}

/** Sealed again under the key that opens: what was spoiled comes out as the content, whatever length its first bytes claim. */
const sealAgain = (bytes: Uint8Array, dice: SimDice): Uint8Array => {
  const header = sealedHeader(bytes)
  if (!header.ok) return bytes
  const inside = bytes.slice(93, 93 + dice.between(0, 600))
  const sealed = seal(header.value, seedFor('message key'), dice.bytes(24), inside)
  if (dice.happens(0.5)) return sealed
  // A length of the seal's own making would always be right: this one is written by somebody who has the key.
  const head = sealed.subarray(0, 69)
  const nonce = sealed.subarray(69, 93)
  return concatBytes(head, nonce, xchacha20poly1305(seedFor('message key'), nonce, head).encrypt(inside))
}

const nodeInfo = { peer: '12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr', stun: true, nodes: ['/dns/example.org/tcp/443/tls/ws'] }
const record = seedFor('a record')
const rendezvousSeeds = [
  encodeRendezvous({ kind: 'register', ns: 'name', record, ttl: 60 }),
  encodeRendezvous({ kind: 'register-response', status: 0, statusText: 'fine', ttl: 60 }),
  encodeRendezvous({ kind: 'unregister', ns: 'name' }),
  encodeRendezvous({ kind: 'discover', ns: 'name', limit: 9, cookie: record }),
  encodeRendezvous({
    kind: 'discover-response',
    registrations: [
      { ns: 'name', record, ttl: 9 },
      { ns: 'b', record },
    ],
    cookie: record,
    status: 0,
  }),
]
const stunRequest = Uint8Array.of(0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...seedFor('transaction').subarray(0, 12))

/** Texts that operators and proxies write, and what a decoder makes of one: `undefined` when it refuses. */
const textTarget = (name: string, covers: readonly string[], seeds: readonly string[], read: (text: string) => unknown): Target =>
  target(name, covers, seeds.map(utf8ToBytes), [...byteMutations, textMutation], (bytes) =>
    read(new TextDecoder().decode(bytes)) === undefined ? 'refused' : 'read',
  )

const nodeAddress = '/ip4/192.0.2.7/tcp/443/tls/ws/p2p/12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'
const handSignal: HandSignal = {
  kind: 'offer',
  number: 7,
  device: alice.device,
  fragment: 'abcd',
  password: 'abcdefghijklmnopqrstuv',
  fingerprint: seedFor('fingerprint'),
  candidates: [
    { type: 'host', address: '192.0.2.7', port: 9 },
    { type: 'srflx', address: '2001:db8::7', port: 10 },
  ],
}

const addressOf = createClientAddress(['10.0.0.0/8', '::1'])
const runForwarded = (header: string): string | undefined => {
  const request = { socket: { remoteAddress: '10.0.0.1' }, headers: { 'x-forwarded-for': header } }
  const address = addressOf(request as unknown as Parameters<typeof addressOf>[0])
  must(isIP(address) !== 0, 'whoever asks has an address')
  const { household, site } = subnetOf(address)
  must(household !== 'unknown' && site !== 'unknown', 'an address is of a household')
  return address === '10.0.0.1' ? undefined : address
}

const runPath = (url: string): string | undefined => {
  const path = pathOf(url)
  must(path === undefined || (path.startsWith('/') && !path.split('/').includes('..')), 'a path stays below the page')
  return path
}

/** A sentence instead of a throw: operators mistype, too. */
const orSentence = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch (error) {
    must(error instanceof Error && error.message.startsWith('line '), 'what is wrong is said with its line')
    return undefined
  }
}

export const targets: readonly Target[] = [
  target('event', ['decodeEvent', 'bodyFromWire', 'fadingFromWire'], eventSeeds, cborFirst(signatureBytes), runEvent, (bytes, dice) =>
    dice.happens(0.9) ? signAgain(bytes) : bytes,
  ),
  target('sealed', ['sealedHeader', 'openSealed'], seedsFrom('sealed-events', 'sealed'), byteMutations, runSealed, (bytes, dice) =>
    dice.happens(0.5) ? sealAgain(bytes, dice) : bytes,
  ),
  target('receipt', ['receiptEpoch', 'openReceipt'], receiptSeeds, cborFirst(), runReceipt, sealReceiptOf),
  target('link-message', ['decodeLinkMessage', 'readFirstWords'], seedsFrom('link-messages', 'bytes'), cborFirst(), runLinkMessage),
  target('link-frames', ['createLinkFrameReader'], seedsFrom('link-frames', 'frame'), byteMutations, runLinkFrames),
  target('node-address', ['unpackNodeAddress'], [packNodeAddress(nodeAddress) ?? new Uint8Array()], byteMutations, (bytes) => {
    const address = unpackNodeAddress(bytes)
    if (address === undefined) return 'refused'
    must(equalBytes(packNodeAddress(address) ?? new Uint8Array(), bytes), 'an address has one spelling')
    return 'read'
  }),
  textTarget('node-text', ['findNodeAddress'], [`Add ${nodeAddress} here`, `https://example.org/#/n${nodeAddress}`], findNodeAddress),
  textTarget(
    'hand',
    ['decodeHandSignal'],
    [encodeHandSignal(handSignal), `https://example.org/#/h/${encodeHandSignal(handSignal)}`],
    (text) => {
      const read = decodeHandSignal(text)
      if (read !== undefined) must(decodeHandSignal(encodeHandSignal(read))?.password === read.password, 'a signal stays itself')
      return read
    },
  ),
  target('invite', ['decodeInvite', 'decodeContactLink'], seedsOfLinks(), [...byteMutations, textMutation], runInvite),
  target('person-card', ['decodeShape'], seedsFrom('person-card', 'card'), cborFirst(), (bytes) => {
    const read = decodeShape(personCardShape, bytes, 64 * 1024, 'card')
    if (!read.ok) return 'refused'
    must(equalBytes(encodeCbor(personCardToWire(read.value)), bytes), 'a card is written as it was read')
    return 'read'
  }),
  target('cbor', ['decodeCbor'], seedsFrom('link-messages', 'bytes'), cborFirst(), (bytes) => {
    const read = decodeCbor(bytes, 64 * 1024, 'value')
    if (!read.ok) return 'refused'
    must(equalBytes(encodeCbor(read.value), bytes), 'a value has one spelling')
    return 'read'
  }),
  target('rendezvous', ['decodeRendezvous', 'readProtobuf'], rendezvousSeeds, byteMutations, runRendezvous),
  target('node-info', ['nodeInfoFrom'], [utf8ToBytes(JSON.stringify(nodeInfo))], [...byteMutations, textMutation], runNodeInfo),
  target('envelope', ['decodeEnvelope'], seedsFrom('courier', 'bytes'), byteMutations, runEnvelope, (bytes, dice) =>
    // Its length is a power of two, or nobody reads on.
    dice.happens(0.7) ? bytes.slice(0, 2 ** Math.max(8, Math.floor(Math.log2(bytes.length)))) : bytes,
  ),
  target('courier-content', ['decodeContent'], seedsFrom('courier', 'content'), cborFirst(signatureBytes), runContent),
  target(
    'padding',
    ['unpadContent'],
    seedsFrom('courier', 'content').flatMap((content) => padContent(content) ?? []),
    byteMutations,
    (bytes) => {
      const read = unpadContent(bytes)
      if (!read.ok) return 'refused'
      must(read.value.length <= bytes.length, 'what was padded is no larger than the whole')
      return 'read'
    },
  ),
  target('stun', ['answerStun'], [stunRequest], byteMutations, runStun, (bytes) => withStunLength(bytes)),
  textTarget(
    'forwarded',
    ['createClientAddress', 'subnetOf'],
    ['192.0.2.7', '192.0.2.7:1234, 10.0.0.2', '[2001:db8::1]:9, ::1', '::ffff:192.0.2.1'],
    runForwarded,
  ),
  textTarget('page-path', ['pathOf'], ['/', '/assets/app-Ab3dE_f9.js?x#y', '/%2e%2e/secret', '/.well-known/a'], runPath),
  textTarget('cidr', ['cidrFrom'], ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'], (text) => {
    const range = cidrFrom(text)
    if (range !== undefined) inRanges([range])('192.0.2.7')
    return range
  }),
  textTarget('access-list', ['listFrom'], ['10.0.0.0/8 # them', '# nobody\n192.0.2.7\n2001:db8::/32'], (text) =>
    orSentence(() => listFrom(text)),
  ),
  textTarget('limits-file', ['limitsFrom'], ['{"connections":10,"relayedLinkBytes":4096}', '{}'], (text) => {
    const read = limitsFrom(text)
    return typeof read === 'string' ? undefined : read
  }),
  textTarget(
    'check-target',
    ['targetFrom'],
    ['example.org:4000', 'https://example.org', '/ip6/2001:db8::1/tcp/443/tls/ws', '/dns4/example.org/tcp/80/ws'],
    targetFrom,
  ),
  textTarget('arguments', ['readConfig'], ['--port 80 --trusted-proxy 10.0.0.0/8', '--metrics-host [::1]:9464', '--help'], (text) => {
    const read = readConfig(text.split(' '))
    return 'problem' in read ? undefined : read
  }),
]

/** Throws RangeError on a name that none has. */
export const targetCalled = (name: string): Target => {
  const found = targets.find((target) => target.name === name)
  if (found === undefined) throw new RangeError(`there is no decoder "${name}", but ${targets.map(({ name }) => name).join(', ')}`)
  return found
}

function seedsOfLinks(): readonly Uint8Array[] {
  const link = { conversation: group.id, secret: seedFor('s').subarray(0, 16), expiresAt: 60_000, inviter: 'Alice' } as const
  return [
    encodeInvite({ ...link, kind: 'group', title: 'Garden' }),
    encodeInvite({ ...link, kind: 'direct', title: '' }),
    encodeInvite({ ...link, kind: 'direct', title: '', node: nodeAddress }),
    encodeContactLink({ kind: 'contact', contact: nameContact(alice.identity), secret: link.secret, name: 'Alice' }),
  ]
    .flatMap((fragment) => [fragment, `https://example.org/${fragment}`, fragment.slice('#/j/'.length)])
    .map(utf8ToBytes)
}
