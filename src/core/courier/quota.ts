// What a courier takes: so much for each contact, so much for all, nothing that has expired or would stay too long. A full share refuses
// instead of making room, because its owner was told that the older ones are carried. Pure; asked by the service that carries.
import { msPerDay } from '../time.ts'
import type { EnvelopeId, IdentityId } from '../ids.ts'
import { carriedDays, maxCarriedBytes, maxCarriedBytesInAll, maxCarriedEnvelopes, maxCarriedInAll } from '../limits.ts'

/** An envelope as quotas see it. */
export interface Load {
  readonly id: EnvelopeId
  /** Whose share it counts to: the contact who handed it over. */
  readonly giver: IdentityId
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

export type Verdict =
  | { readonly kind: 'keep' }
  /** Carried already: another copy is of no use. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refuse'; readonly reason: 'expired' | 'too-long' | 'too-many' | 'too-large' }

/** What is to become of an offer, and which of those carried have expired and go in any case. */
export interface Decision {
  readonly verdict: Verdict
  readonly evict: readonly EnvelopeId[]
}

/** The day of sending counts whole, and clocks may be a day apart. */
const longestMs = (carriedDays + 2) * msPerDay

/** `now` is milliseconds since 1970 by the courier. */
export const decide = (carried: readonly Load[], offer: Load, now: number): Decision => {
  const fresh = carried.filter((load) => load.expiresAt > now)
  return { verdict: judgeOffer(fresh, offer, now), evict: carried.filter((load) => load.expiresAt <= now).map(({ id }) => id) }
}

const judgeOffer = (carried: readonly Load[], offer: Load, now: number): Verdict => {
  if (carried.some((load) => load.id === offer.id)) return { kind: 'known' }
  if (offer.expiresAt <= now) return { kind: 'refuse', reason: 'expired' }
  if (offer.expiresAt > now + longestMs) return { kind: 'refuse', reason: 'too-long' }
  const share = carried.filter((load) => load.giver === offer.giver)
  if (share.length >= maxCarriedEnvelopes || carried.length >= maxCarriedInAll) return { kind: 'refuse', reason: 'too-many' }
  const isTooLarge = bytesOf(share) + offer.bytes > maxCarriedBytes || bytesOf(carried) + offer.bytes > maxCarriedBytesInAll
  return isTooLarge ? { kind: 'refuse', reason: 'too-large' } : { kind: 'keep' }
}

const bytesOf = (loads: readonly Load[]): number => loads.reduce((sum, load) => sum + load.bytes, 0)
