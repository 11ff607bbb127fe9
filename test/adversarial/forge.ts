// Making what the ill say: events that follow on Alice's log as it stands, then changed in one place and signed as they please.
import { decode } from 'cborg'
import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes } from '../../src/core/codec/bytes.ts'
import { encodeCbor } from '../../src/core/codec/cbor.ts'
import { nextEvent, type SealPlace } from '../../src/core/event/author.ts'
import { encodePayload, payloadId, signedMessage } from '../../src/core/event/codec.ts'
import type { EventBody, EventFields, Lane } from '../../src/core/event/event.ts'
import { keyAt } from '../../src/core/epoch/sender-chain.ts'
import { seal, sealNonceBytes, type SealedHeader } from '../../src/core/epoch/sealed.ts'
import { kemNumbers } from '../../src/core/epoch/suite.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../src/core/ids.ts'
import { chainKey } from '../../src/core/log/chains.ts'
import {
  announcementMessage,
  certificateMessage,
  type DeviceCard,
  type HpkePublicKey,
  type PersonCard,
} from '../../src/core/members/card.ts'
import { encodeLinkMessage } from '../../src/core/sync/messages.ts'
import type { SenderChain } from '../../src/core/epoch/sender-chain.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { laneFor } from '../core/cast.ts'
import type { Ill, Stage, Throw } from './stage.ts'

/** 32 bytes that a name stands for. */
export const bytesFor = (name: string): Uint8Array => sha256(utf8ToBytes(`adversarial ${name}`))

export const text = (words: string): EventBody => ({ kind: 'text', text: words, replyTo: null })

export interface Forging {
  readonly as?: Ill
  readonly conversation?: ConversationId
  readonly lane?: Lane
  readonly place?: SealPlace
}

/** The fields of the next event of somebody ill (Dave unless said otherwise), as an honest program would write it on Alice's log. */
export const fieldsOf = async (
  stage: Stage,
  body: EventBody,
  { as = stage.dave, conversation = stage.group, lane = laneFor(body), place }: Forging = {},
): Promise<EventFields> => {
  const { id, chains, membersHeads, contentHeads } = (await stage.room(conversation)).conversation
  const own = chains.get(chainKey(lane, as.device))
  const point = { conversation: id, device: as.device, own, membersHeads, contentHeads, ends: [...chains.values()] }
  return nextEvent(point, lane, body, stage.now(), place)
}

/** A payload as an event, signed with a device's key as devices do. */
export const signPayload = (payload: Uint8Array, seed: Uint8Array, message: Uint8Array = signedMessage(payload)): Uint8Array =>
  concatBytes(ed25519.sign(message, seed), payload)

export const signFields = (fields: EventFields, by: Ill): Uint8Array => signPayload(encodePayload(fields), by.deviceSeed)

export const idOf = (fields: EventFields): EventId => payloadId(encodePayload(fields))

/** An honest event with fields changed, well signed. */
export const changed = async (
  stage: Stage,
  body: EventBody,
  change: (fields: EventFields) => Partial<EventFields> | EventFields,
  forging: Forging = {},
): Promise<Uint8Array> => {
  const fields = await fieldsOf(stage, body, forging)
  return signFields({ ...fields, ...change(fields) }, forging.as ?? stage.dave)
}

/** The payload of an honest event as a list of values: version, conversation, lane, device, seq, prev, deps, hlc, wall, epoch, index, kind, content. */
export const treeOf = (fields: EventFields): unknown[] => decode(encodePayload(fields)) as unknown[]
export const at = {
  version: 0,
  conversation: 1,
  lane: 2,
  device: 3,
  seq: 4,
  prev: 5,
  deps: 6,
  hlc: 7,
  wall: 8,
  epoch: 9,
  index: 10,
  kind: 11,
  content: 12,
} as const

/** An honest event of Dave's whose values were changed before it was written and signed. */
export const replanted = async (
  stage: Stage,
  body: EventBody,
  change: (tree: unknown[]) => readonly unknown[],
  forging: Forging = {},
): Promise<Uint8Array> =>
  signPayload(encodeCbor(change(treeOf(await fieldsOf(stage, body, forging)))), (forging.as ?? stage.dave).deviceSeed)

export const eventsFrame = (conversation: ConversationId, ...events: readonly Uint8Array[]): Uint8Array =>
  encodeLinkMessage({ kind: 'events', conversation, events, more: false })

/** Events as from sync with Dave, or whoever else. */
export const events = (
  stage: Stage,
  given: readonly Uint8Array[],
  from: Ill = stage.dave,
  conversation: ConversationId = stage.group,
): Throw => ({
  by: 'link',
  from,
  frames: [eventsFrame(conversation, ...given)],
})

/** The place of a device's next sealed message, or one further on, and its key, as Alice waits for it. */
export const nextSealOf = (
  stage: Stage,
  epoch: EventId,
  sender: DeviceId,
  skipping = 0,
): { readonly place: SealPlace; readonly key: Uint8Array } => {
  const rows = stage.alice.disk.state().get('senderChains') ?? []
  const chain = rows.find(({ key }) => key[1] === epoch && key[2] === sender)?.value as SenderChain | undefined
  if (chain === undefined) throw new Error('no such chain')
  const index = chain.next + skipping
  return { place: { epoch, index }, key: keyAt(chain, index)! }
}

/** The newest epoch that Alice holds. */
export const newestEpoch = async (stage: Stage): Promise<EventId> =>
  (await stage.room()).epochs.toSorted((a, b) => a.hlc - b.hlc).at(-1)!.id

export const sealedAs = (header: SealedHeader, key: Uint8Array, plaintext: Uint8Array): Uint8Array =>
  seal(header, key, bytesFor('nonce').subarray(0, sealNonceBytes), plaintext)

export const sealedFrame = (conversation: ConversationId, sealed: Uint8Array): Uint8Array =>
  encodeLinkMessage({ kind: 'sealed', conversation, sealed })

interface CardOptions {
  readonly identity?: IdentityId
  readonly identitySeed?: Uint8Array
  readonly device?: DeviceId
  readonly deviceSeed?: Uint8Array
  readonly keys?: readonly HpkePublicKey[]
  readonly createdAt?: number
  /** Instead of the honest signatures. */
  readonly certificate?: Uint8Array
  readonly announcement?: Uint8Array
}

/** A device card of somebody, honest unless changed. */
export const cardOf = (stage: Stage, of: Ill, options: CardOptions = {}): DeviceCard => {
  const { identity = of.identity, identitySeed = of.identitySeed, device = of.device, deviceSeed = of.deviceSeed } = options
  const { keys = [{ suite: kemNumbers.x25519, publicKey: bytesFor(`hpke ${of.device}`) }], createdAt = stage.now() } = options
  const unsigned = { identity, device, keys, createdAt }
  return {
    ...unsigned,
    certificate: options.certificate ?? ed25519.sign(certificateMessage(identity, device), identitySeed),
    announcement: options.announcement ?? ed25519.sign(announcementMessage(unsigned), deviceSeed),
  }
}

export const personOf = (stage: Stage, of: Ill, name = 'Somebody', ...cards: readonly DeviceCard[]): PersonCard => ({
  identity: of.identity,
  name,
  devices: cards.length > 0 ? cards : [cardOf(stage, of)],
})
