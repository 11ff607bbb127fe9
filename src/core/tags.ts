// Blinded names that only those who share a secret can derive, new every day (PROTOCOL section 8): a node can link neither people nor
// groups over time.
import { msPerDay } from './time.ts'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, domain, uint32 } from './codec/bytes.ts'
import { tag, type Tag } from './ids.ts'

/** Around midnight both days' names are in use, so that clocks a little apart still meet. */
const overlapMs = 3_600_000

/** Tags by their secret, for as long as somebody holds the secret: each gossip message and each commit asks for the same few again. */
const tagsBySecret = new WeakMap<Uint8Array, Map<string, Tag>>()

/** The 16-byte name that a secret gives for a purpose on a day. The secret's bytes must not change any more. */
const tagOnDay = (secret: Uint8Array, purpose: 'topic' | 'invite', day: number): Tag => {
  const tags = tagsBySecret.get(secret) ?? new Map<string, Tag>()
  const known = tags.get(`${purpose} ${day}`)
  if (known !== undefined) return known
  const made = tag(hkdf(sha256, secret, undefined, concatBytes(domain(`tag/1/${purpose}`), uint32(day)), 16))
  tagsBySecret.set(secret, tags.set(`${purpose} ${day}`, made))
  return made
}

/** The names in use at a time (milliseconds since 1970): one, or two near midnight UTC; the first is today's. */
export const tagsAt = (secret: Uint8Array, purpose: 'topic' | 'invite', now: number): readonly Tag[] => {
  const dayAt = (ms: number) => Math.max(0, Math.floor(ms / msPerDay))
  return [...new Set([dayAt(now), dayAt(now - overlapMs), dayAt(now + overlapMs)])].map((day) => tagOnDay(secret, purpose, day))
}
