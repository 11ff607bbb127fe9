// How many strangers are heard, so that a thousand of them cannot drown a person (SECURITY, "Sybil strangers"): a few at once, then one a
// minute; and only so many requests are kept, of which the oldest go first. Pure; asked by the service at the door.
import type { IdentityId } from '../ids.ts'
import { maxRequestBytesInAll, maxRequests, requestDays } from '../limits.ts'
import { msPerDay } from '../time.ts'

/** Requests that are heard one right after the other. */
export const requestBurst = 20
/** Milliseconds until one more is heard. */
export const requestEveryMs = 60_000

/** A bucket of chances to be heard: full at first, and again after a quiet while. */
export interface Patience {
  readonly left: number
  /** When `left` was counted: milliseconds since 1970. */
  readonly at: number
}

export const fullPatience = (now: number): Patience => ({ left: requestBurst, at: now })

/** Takes one chance, if there is one. A clock that goes backwards gives none. */
export const hearOne = ({ left, at }: Patience, now: number): { readonly patience: Patience; readonly isHeard: boolean } => {
  const grown = Math.min(requestBurst, left + Math.max(0, now - at) / requestEveryMs)
  return grown >= 1 ? { patience: { left: grown - 1, at: now }, isHeard: true } : { patience: { left: grown, at: now }, isHeard: false }
}

export interface KeptRequest {
  readonly identity: IdentityId
  readonly bytes: number
  /** When it came: milliseconds since 1970. */
  readonly at: number
}

/** Whose requests go when one more of `bytes` comes: those too old, then the oldest until there is room. */
export const makeRoom = (kept: readonly KeptRequest[], bytes: number, now: number): readonly IdentityId[] => {
  const isOld = ({ at }: KeptRequest): boolean => now - at > requestDays * msPerDay
  const fresh = kept.filter((request) => !isOld(request)).toSorted((a, b) => a.at - b.at)
  const gone = kept.filter(isOld)
  let size = fresh.reduce((sum, request) => sum + request.bytes, bytes)
  for (let count = fresh.length + 1; count > maxRequests || size > maxRequestBytesInAll; count--) {
    const oldest = fresh.shift()
    if (oldest === undefined) break
    gone.push(oldest)
    size -= oldest.bytes
  }
  return gone.map(({ identity }) => identity)
}
