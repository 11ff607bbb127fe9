// One sender's keys in one epoch (PROTOCOL section 5): a chain from which each message takes the next key and erases it. Keys that a
// message overtook are kept for a while, within a cap. Nothing here can go back: an erased key opens nothing any more.
import { msPerDay } from '../time.ts'
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, domain } from '../codec/bytes.ts'
import { fromHex, type DeviceId, type EventId } from '../ids.ts'
import { maxSkippedKeys, skippedKeyDays } from '../limits.ts'

export interface SenderChain {
  /** Index of the key that `key` gives next, from 0. */
  readonly next: number
  /** 32 bytes. */
  readonly key: Uint8Array
  /** Keys of messages that have not come yet, oldest first. */
  readonly skipped: readonly SkippedKey[]
}

export interface SkippedKey {
  readonly index: number
  readonly key: Uint8Array
  /** Milliseconds since 1970 when it was skipped. */
  readonly at: number
}

/** The start of `sender`'s chain; the secret can be erased once every sender's is derived. */
export const startChain = (secret: Uint8Array, epoch: EventId, sender: DeviceId): SenderChain => ({
  next: 0,
  key: hkdf(sha256, secret, fromHex(epoch), concatBytes(domain('sender-chain/1'), fromHex(sender)), 32),
  skipped: [],
})

const messageKeyOf = (chainKey: Uint8Array): Uint8Array => hmac(sha256, chainKey, Uint8Array.of(1))
const nextChainKey = (chainKey: Uint8Array): Uint8Array => hmac(sha256, chainKey, Uint8Array.of(2))

/** The key at an index, without using it up; `undefined` when it was used already or lies too far ahead. */
export const keyAt = (chain: SenderChain, index: number): Uint8Array | undefined => {
  if (index < chain.next) return chain.skipped.find((skipped) => skipped.index === index)?.key
  if (index - chain.next > maxSkippedKeys) return undefined
  let key = chain.key
  for (let at = chain.next; at < index; at++) key = nextChainKey(key)
  return messageKeyOf(key)
}

/** The chain after the key at `index` was used, or its message came another way: that key is gone. `now` in milliseconds since 1970. */
export const useKey = (chain: SenderChain, index: number, now: number): SenderChain => {
  if (index < chain.next) return { ...chain, skipped: chain.skipped.filter((skipped) => skipped.index !== index) }
  if (index - chain.next > maxSkippedKeys) return chain
  const skipped = [...chain.skipped]
  let key = chain.key
  for (let at = chain.next; at < index; at++) {
    skipped.push({ index: at, key: messageKeyOf(key), at: now })
    key = nextChainKey(key)
  }
  return { next: index + 1, key: nextChainKey(key), skipped: keep(skipped, now) }
}

/** The chain without keys that were skipped too long ago, though nothing else has come meanwhile; the same one when there are none. */
export const fade = (chain: SenderChain, now: number): SenderChain => {
  const skipped = keep(chain.skipped, now)
  return skipped.length === chain.skipped.length ? chain : { ...chain, skipped }
}

/** Within the cap, and not too old; a clock that jumped back keeps rather than loses. */
const keep = (skipped: readonly SkippedKey[], now: number): readonly SkippedKey[] =>
  skipped.filter((key) => now - key.at < skippedKeyDays * msPerDay).slice(-maxSkippedKeys)
