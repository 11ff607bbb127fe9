// Small helpers for bytes that every codec shares.
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

export { concatBytes, utf8ToBytes }

/** Whether two byte strings are the same; not constant time, so never for secrets. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  // A plain loop: every frame and every event goes through here, and `every` takes ten times as long.
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}

/** The domain tags so far: there are as many as purposes, and each is wanted again and again. */
const domains = new Map<string, Uint8Array>()

/** A domain tag: what bytes were signed or hashed as, so that no signature can be used for another purpose. Not to be written to. */
export const domain = (name: string): Uint8Array => {
  const known = domains.get(name)
  if (known !== undefined) return known
  const made = utf8ToBytes(`parley/${name}\0`)
  domains.set(name, made)
  return made
}

/** SHA-256 under a domain tag, 32 bytes. */
export const hash = (name: string, ...parts: readonly Uint8Array[]): Uint8Array => sha256(concatBytes(domain(name), ...parts))

/** An unsigned 32-bit number, big-endian. */
export const uint32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** UTF-8 bytes of a text. */
export const utf8Length = (text: string): number => utf8ToBytes(text).length

/** A copy of the bytes from `start` up to `end`, independent of the original's buffer. */
export const slice = (bytes: Uint8Array, start: number, end?: number): Uint8Array => Uint8Array.from(bytes.subarray(start, end))
