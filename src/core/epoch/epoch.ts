// An epoch: a fresh secret that was sealed to each device of the members (PROTOCOL section 5). Concurrent epochs coexist; none needs an
// order. This file holds the rule of which one to send on.
import { skippedKeyDays } from '../limits.ts'
import { msPerDay, msPerWeek } from '../time.ts'
import { hlcPerMs } from '../event/clock.ts'
import { encodeCbor } from '../codec/cbor.ts'
import { concatBytes, domain, hash } from '../codec/bytes.ts'
import { fromHex, type ConversationId, type DeviceId, type EventId } from '../ids.ts'
import { compareOrder } from '../log/chains.ts'

/** An epoch whose secret this device has opened. */
export interface Epoch {
  readonly id: EventId
  readonly hlc: number
  /** Every device that it was sealed to, its maker included; sorted. */
  readonly devices: readonly DeviceId[]
  /** 32 bytes, see outbox/receipt; epochs that were opened before there were any have none. */
  readonly receiptKey?: Uint8Array
}

/**
 * The epoch to send on: one whose devices are exactly those given, among several the causally latest, ties by id. `undefined` when none
 * fits: then one has to be made first. So a device that was removed is never written to by anyone who knows of it.
 */
export const epochToSendOn = (epochs: readonly Epoch[], devices: readonly DeviceId[]): Epoch | undefined => {
  const wanted = devices.toSorted().join()
  return epochs
    .filter((epoch) => epoch.devices.join() === wanted)
    .toSorted(compareOrder)
    .at(-1)
}

const weekHlc = msPerWeek * hlcPerMs
/** Whether an epoch is less than a week old, by a clock in milliseconds since 1970. */
export const isFresh = (epoch: Epoch, now: number): boolean => epoch.hlc > now * hlcPerMs - weekHlc

/**
 * Whether nothing is sent under an epoch any more, and what was sent is no longer waited for: a week of use, and as long as skipped keys
 * are kept. Its chains are erased then, since they would open what was recorded and never came.
 */
export const isOver = (epoch: Epoch, now: number): boolean => epoch.hlc < now * hlcPerMs - weekHlc - skippedKeyDays * msPerDay * hlcPerMs

/** What everyone can compare: whether all were given the same secret. */
export const commitmentOf = (secret: Uint8Array): Uint8Array => hash('epoch-commitment/1', secret)

/** The HPKE `info` of a share: bound to the conversation, the maker and the one device it is for. */
export const shareInfo = (conversation: ConversationId, maker: DeviceId, recipient: DeviceId): Uint8Array =>
  concatBytes(domain('epoch-share/1'), encodeCbor([fromHex(conversation), fromHex(maker), fromHex(recipient)]))
