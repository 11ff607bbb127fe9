// Records as they lie on the disk: one version byte, a nonce of 24 random bytes, then deterministic CBOR under XChaCha20-Poly1305
// with the vault key (PROTOCOL 1). Table and key are authenticated along, so a thief cannot put one record in another's place.
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { decode, encode, rfc8949EncodeOptions } from 'cborg'
import { copyPlain } from '../../core/record/plain.ts'
import type { Random } from '../../ports/clock.ts'
import type { Key } from '../../ports/store.ts'

const version = 1
const nonceBytes = 24
const headerBytes = 1 + nonceBytes
/** Live queries read the same few screens of rows over and over: deciphering takes ten times as long as looking it up. */
const keptRecords = 4_096
/** Tables that no screen shows: what is put there is read once, long after, or never. */
const seldomRead: readonly string[] = ['events', 'places']
/** Bytes above which a record is not worth the memory. */
const largestKept = 4 * 1024

export interface SealedRecords {
  /** The bytes to store. Throws a TypeError for a value that is not plain data. */
  seal(table: string, key: Key, value: unknown): Uint8Array<ArrayBuffer>
  /** The value, the caller's own; `undefined` for anything that this vault key did not seal for this very place. */
  open(table: string, key: Key, stored: unknown): unknown
}

export const createSealedRecords = ({ vaultKey, random }: { readonly vaultKey: Uint8Array; readonly random: Random }): SealedRecords => {
  /** Opened values by place and nonce, least recently used first. Nobody outside ever holds one of these. */
  const opened = new Map<string, unknown>()
  const keep = (id: string, value: unknown, bytes: number) => {
    opened.delete(id)
    if (bytes > largestKept) return
    opened.set(id, value)
    if (opened.size <= keptRecords) return
    for (const oldest of opened.keys()) {
      opened.delete(oldest)
      break
    }
  }
  return {
    seal: (table, key, value) => {
      const copy = copyPlain(value)
      const plain = encode(copy, rfc8949EncodeOptions)
      const nonce = random.bytes(nonceBytes)
      const place = placeOf(table, key)
      const sealed = xchacha20poly1305(vaultKey, nonce, utf8.encode(place)).encrypt(plain)
      const stored = new Uint8Array(headerBytes + sealed.length)
      stored[0] = version
      stored.set(nonce, 1)
      stored.set(sealed, headerBytes)
      if (!seldomRead.includes(table)) keep(place + binary(nonce), copy, plain.length)
      return stored
    },
    open: (table, key, stored) => {
      if (!(stored instanceof Uint8Array) || stored[0] !== version) return undefined
      const nonce = stored.subarray(1, headerBytes)
      const place = placeOf(table, key)
      const id = place + binary(nonce)
      const known = opened.get(id)
      if (known !== undefined) {
        keep(id, known, 0)
        return copyPlain(known)
      }
      try {
        const plain = xchacha20poly1305(vaultKey, nonce, utf8.encode(place)).decrypt(stored.subarray(headerBytes))
        const value: unknown = decode(plain, { allowUndefined: false })
        if (seldomRead.includes(table)) return value
        keep(id, value, plain.length)
        return copyPlain(value)
      } catch {
        return undefined
      }
    },
  }
}

const utf8 = new TextEncoder()

/** A place's name, different for any two places. */
const placeOf = (table: string, key: Key): string => JSON.stringify([table, ...key])

const binary = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
