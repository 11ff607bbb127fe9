// Where mail for a device waits: a name that only those who share the conversation's secret can derive, another one for each device and
// day (PROTOCOL section 6). Whoever collects does not say these names either, but hashes of them under a fresh nonce, so that a courier
// learns only of names that it holds mail for. Pure; asked by the services that wrap and collect.
import { msPerDay } from '../time.ts'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, domain, hash, uint32 } from '../codec/bytes.ts'
import { fromHex, tag, toHex, type DeviceId, type Tag } from '../ids.ts'
import { carriedDays } from '../limits.ts'

/** Clocks may be an hour apart, as for the tags of nodes. */
const overlapMs = 3_600_000

/** The day of a time, in days since 1970. */
export const dayOf = (now: number): number => Math.max(0, Math.floor(now / msPerDay))

/** When an envelope is carried no longer: milliseconds since 1970. */
export const endOfDay = (day: number): number => (day + 1) * msPerDay

/** The mailbox of a device on a day. `secret` is the conversation's meeting secret, 32 bytes. */
export const mailboxTag = (secret: Uint8Array, device: DeviceId, day: number): Tag =>
  tag(hkdf(sha256, secret, undefined, concatBytes(domain('tag/1/mailbox'), fromHex(device), uint32(day)), 16))

/** The days whose mailboxes may still hold something: as far back as envelopes are carried, one ahead shortly before midnight UTC. */
export const daysToCollect = (now: number): readonly number[] => {
  const [first, last] = [dayOf(now - overlapMs) - carriedDays, dayOf(now + overlapMs)]
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((day) => day >= 0)
}

/** Bytes of the nonce of one request for mail. */
export const collectNonceBytes = 16

/** How a request names a mailbox: 8 bytes in hex, worthless for anybody who does not know the tag. */
export const blindTag = (nonce: Uint8Array, mailbox: Tag): string => toHex(hash('collect/1', nonce, fromHex(mailbox)).subarray(0, 8))
