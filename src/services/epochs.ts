// Epochs in practice: making one for the present members when none fits, and opening those of others (PROTOCOL section 5).
import { commitmentOf, epochToSendOn, isFresh, shareInfo, type Epoch } from '../core/epoch/epoch.ts'
import { epochSuite } from '../core/epoch/suite.ts'
import { startChain, useKey } from '../core/epoch/sender-chain.ts'
import { decodeEvent } from '../core/event/codec.ts'
import { lanes, type ContentBody, type EpochShare, type SignedEvent, type VerifiedEvent } from '../core/event/event.ts'
import type { DeviceId } from '../core/ids.ts'
import { equalBytes } from '../core/codec/bytes.ts'
import { hpkeKeyName } from '../core/members/card.ts'
import { memberDevices } from '../core/members/members.ts'
import { receiptKeyOf } from '../core/outbox/receipt.ts'
import { hpkeSuites, type HpkeSealed, type HpkeSuite } from '../ports/cipher.ts'
import type { Deps } from './deps.ts'
import type { Draft } from './draft.ts'
import type { Me } from './me.ts'
import type { Room } from './room.ts'

/** The epoch to send on now; undefined when one has to be made first, as at least weekly: a copied device is locked out again. */
export const presentEpoch = (room: Room, now: number): Epoch | undefined =>
  room.conversation.members &&
  epochToSendOn(
    room.epochs.filter((epoch) => isFresh(epoch, now)),
    memberDevices(room.conversation.members).map((card) => card.device),
  )

/**
 * The body of a new epoch for the present members' devices, and its secret. Nothing is sealed to oneself: one has the secret. The number of
 * devices decides on the suite unless one is asked for.
 */
export const newEpochBody = async (
  { hpke, random, me }: Pick<Deps, 'hpke' | 'random'> & { readonly me: Me },
  room: Room,
  asked?: HpkeSuite,
): Promise<{ readonly body: ContentBody; readonly secret: Uint8Array }> => {
  const secret = random.bytes(32)
  const commitment = commitmentOf(secret)
  const shares: EpochShare[] = []
  const cards = room.conversation.members === undefined ? [] : memberDevices(room.conversation.members)
  const suite = asked ?? knownSuite(epochSuite(cards.length)) ?? hpkeSuites.xWing
  for (const card of cards) {
    if (card.device === me.device) continue
    const publicKey = card.keys.find((key) => key.suite === suite)?.publicKey ?? new Uint8Array(0)
    const info = shareInfo(room.conversation.id, me.device, card.device)
    const { enc, ciphertext } = await orNothing(hpke.seal(suite, publicKey, info, commitment, secret))
    shares.push({ device: card.device, key: hpkeKeyName(publicKey), enc, ciphertext })
  }
  return { body: { kind: 'epoch', suite, commitment, shares }, secret }
}

/**
 * Who announces a key that is none gets a share that opens nothing, and hears all that is said by sync: one such card must not keep
 * everybody else from having an epoch, and so from speaking.
 */
const orNothing = async (sealing: Promise<HpkeSealed>): Promise<HpkeSealed> => {
  try {
    return await sealing
  } catch (error) {
    if (error instanceof RangeError) return { enc: new Uint8Array(0), ciphertext: new Uint8Array(0) }
    throw error
  }
}

const knownSuite = (suite: number): HpkeSuite | undefined => Object.values(hpkeSuites).find((known) => known === suite)

/** Takes the secret of somebody's epoch, if one is a recipient, and starts every sender's chain from it; then it is gone. */
export const openEpoch = async (
  deps: Pick<Deps, 'hpke' | 'clock'> & { readonly me: Me },
  draft: Draft,
  room: Room,
  event: VerifiedEvent,
): Promise<Room> => {
  const { body } = event
  if (body.kind !== 'epoch') return room
  const share = body.shares.find((candidate) => candidate.device === deps.me.device)
  const key = share && (await draft.get('hpkeKeys', [share.key]))
  const suite = key && knownSuite(key.suite)
  if (share === undefined || key === undefined || suite === undefined) return room
  const info = shareInfo(event.conversation, event.device, deps.me.device)
  const secret = await deps.hpke.open(suite, key.privateKey, share, info, body.commitment)
  if (secret?.length !== 32 || !equalBytes(commitmentOf(secret), body.commitment)) return room
  draft.put('hpkeKeys', [share.key], { ...key, usedAt: deps.clock.now() })
  const opened = startEpoch(draft, room, event, secret)
  for (const held of await heldAfter(draft, room, event)) if (held.epoch === event.id) await useUpKey(deps, draft, held)
  return opened
}

/**
 * What others said after an event and is held already, oldest first by device: words are not waited for for ever (`patience`), so an epoch
 * may come after what was said under it. Clocks run ahead of all that was seen: only ends of chains are read, and mostly nothing.
 */
const heldAfter = async (draft: Draft, room: Room, { conversation, hlc }: VerifiedEvent): Promise<readonly SignedEvent[]> => {
  const found: SignedEvent[] = []
  for (const { lane, device, seq: last, hlc: lastHlc } of room.conversation.chains.values()) {
    if (lane !== lanes.content || lastHlc <= hlc) continue
    for (let seq = last; seq > 0; seq--) {
      const record = await draft.get('events', [conversation, lane, device, seq])
      const event = record && decodeEvent(record.bytes)
      if (event?.ok !== true || event.value.hlc <= hlc) break
      found.unshift(event.value)
    }
  }
  return found
}

/** Whichever way an event came, the key that was meant for it is gone. */
export const useUpKey = async ({ clock }: Pick<Deps, 'clock'>, draft: Draft, event: SignedEvent): Promise<void> => {
  if (event.epoch === null) return
  const key = [event.conversation, event.epoch, event.device] as const
  const chain = await draft.get('senderChains', key)
  if (chain !== undefined) draft.put('senderChains', key, useKey(chain, event.index, clock.now()))
}

/** The epoch and its chains into the draft. The secret is overwritten; only chains are kept. */
export const startEpoch = (draft: Draft, room: Room, event: VerifiedEvent, secret: Uint8Array): Room => {
  if (event.body.kind !== 'epoch') return room
  const devices: readonly DeviceId[] = [event.device, ...event.body.shares.map((share) => share.device)].toSorted()
  const epoch: Epoch = { id: event.id, hlc: event.hlc, devices, receiptKey: receiptKeyOf(secret, event.id) }
  draft.put('epochs', [event.conversation, event.id], epoch)
  for (const device of devices) draft.put('senderChains', [event.conversation, event.id, device], startChain(secret, event.id, device))
  secret.fill(0)
  return { ...room, epochs: [...room.epochs, epoch] }
}
