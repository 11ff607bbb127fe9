// Pools of one-time keys (PROTOCOL section 6): each device gives each contact's device a batch of X25519 public keys; an envelope is sealed
// to one of them, which is never used again, and its private half is erased once the envelope has been opened. An empty pool means no
// envelope: there is no long-lived key to fall back to, because mail that was sealed to one could be read by whoever takes it later.
import { msPerDay } from '../time.ts'
import { hash } from '../codec/bytes.ts'
import { toHex } from '../ids.ts'

/** Bytes of a one-time public key (X25519). */
export const oneTimeKeyBytes = 32
/** Keys that a device should hold of another. */
const poolSize = 16
/** Fewer left than this: it is given more. */
const refillBelow = 10
/** Private keys kept for one device, also those whose envelopes may never come. */
const maxOutstanding = 64
/** Keys of one hand-out on the wire. */
export const maxHandOut = 32

/** A public key is used for so long; an envelope made on its last day is carried for 14 more. */
const publicLifeMs = 14 * msPerDay
/** A private key is kept for so long: longer than anything sealed to it is carried. */
const privateLifeMs = 30 * msPerDay

/** The public key of another device's pool. */
export interface PublicKey {
  /** 8 bytes of its hash, in hex. */
  readonly name: string
  readonly key: Uint8Array
  /** When it was given: milliseconds since 1970. */
  readonly at: number
}

export const nameOneTimeKey = (publicKey: Uint8Array): string => toHex(hash('one-time-key-name/1', publicKey).subarray(0, 8))

/** How many keys to give to a device that says how many it has left. */
export const handOut = (left: number): number => (left < refillBelow ? poolSize - left : 0)

const isFresh = (key: { readonly at: number }, now: number): boolean => now - key.at < publicLifeMs

/** The keys that may still be used, oldest first. */
export const usable = (pool: readonly PublicKey[], now: number): readonly PublicKey[] =>
  pool.filter((key) => isFresh(key, now)).toSorted((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))

/** Keys that came and are new to the pool; no more than a pool has room for, whatever somebody sends. */
export const accept = (pool: readonly PublicKey[], given: readonly Uint8Array[], now: number): readonly PublicKey[] => {
  const known = new Set(pool.map(({ name }) => name))
  const fresh = given.map((key): PublicKey => ({ name: nameOneTimeKey(key), key, at: now })).filter(({ name }) => !known.has(name))
  const byName = new Map(fresh.map((key) => [key.name, key]))
  return [...byName.values()].slice(0, Math.max(0, 2 * poolSize - pool.length))
}

/** Names of those of a pool that are used no more. */
export const stale = (pool: readonly PublicKey[], now: number): readonly string[] =>
  pool.filter((key) => !isFresh(key, now)).map(({ name }) => name)

/** Names of private keys to erase before `more` are made: too old for any envelope to come, or the oldest of too many. */
export const faded = (mine: readonly { readonly name: string; readonly at: number }[], more: number, now: number): readonly string[] => {
  const living = mine.filter((key) => now - key.at < privateLifeMs).toSorted((a, b) => a.at - b.at)
  const over = new Set(living.slice(0, Math.max(0, living.length + more - maxOutstanding)).map(({ name }) => name))
  return mine.filter((key) => now - key.at >= privateLifeMs || over.has(key.name)).map(({ name }) => name)
}
