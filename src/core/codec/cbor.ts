// Deterministic CBOR (RFC 8949 section 4.2): one value has one encoding, so a signature or a hash covers exactly one meaning.
import { decode, encode, rfc8949EncodeOptions } from 'cborg'
import { equalBytes } from './bytes.ts'
import { err, failure, ok, type Failure, type Result } from '../result.ts'

export type Malformed = Failure<'malformed'>

/** The failure of every decoder in core: bytes that are not what they claim to be. */
export const malformed = (what: string): Malformed =>
  failure('malformed', `Something unreadable arrived and was dropped (${what}).`, `The ${what} could not be read.`)

/** Lists within lists. A cap of our own, since where the stack ends differs from device to device and all must read the same. */
export const maxDepth = 32

/**
 * Values within one value. Each takes up to 750 bytes while it is read and checked, and a frame of a megabyte could hold a million: it would
 * fill the memory of a page. Nothing honest holds more than a few thousand.
 */
export const maxItems = 32_768

/** Encodes plain data: integers, strings, byte strings, arrays, maps with string keys, booleans and null. */
export const encodeCbor = (value: unknown): Uint8Array => {
  const { buffer, byteOffset, length } = encode(value, rfc8949EncodeOptions)
  // In Node it is a Buffer, whose `slice` shares memory: the same bytes would behave differently there than in the page.
  return new Uint8Array(buffer, byteOffset, length)
}

/**
 * Decodes one canonical value of at most `maxBytes`; anything else, also a second spelling of the same value, is `malformed`.
 * Re-encoding is the check: it covers key order, duplicate keys, integer and length spellings and float widths at once.
 */
export const decodeCbor = (bytes: Uint8Array, maxBytes: number, what: string): Result<unknown, Malformed> => {
  if (bytes.length > maxBytes || countItems(bytes) > maxItems) return err(malformed(what))
  try {
    const value: unknown = decode(bytes, { strict: true, rejectDuplicateMapKeys: true, allowUndefined: false, allowBigInt: false })
    return isWithin(value, maxDepth) && equalBytes(encodeCbor(value), bytes) ? ok(value) : err(malformed(what))
  } catch {
    return err(malformed(what))
  }
}

const isWithin = (value: unknown, depth: number): boolean => {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true
  if (depth === 0) return false
  for (const part of Array.isArray(value) ? value : Object.values(value)) if (!isWithin(part, depth - 1)) return false
  return true
}

/** Heads of values one after the other, lists and what is in them alike (RFC 8949 section 3); of bytes that are no CBOR any number. */
const countItems = (bytes: Uint8Array): number => {
  let count = 0
  for (let at = 0; at < bytes.length; count++) {
    const head = bytes[at++] ?? 0
    let argument = head & 31
    if (argument >= 24) {
      const end = at + 2 ** (argument - 24)
      for (argument = 0; at < end; at++) argument = argument * 256 + (bytes[at] ?? 0)
    }
    const isString = head >> 5 === 2 || head >> 5 === 3
    if (isString) at += argument
  }
  return count
}
