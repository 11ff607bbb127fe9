// The order of keys that the port promises, which is also IndexedDB's: part by part, numbers by value and before strings, strings by
// code unit, and a key before every longer key that begins with it.
import type { Key, KeyPart } from '../../ports/store.ts'

export const compareKeys = (a: Key, b: Key): number => {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at += 1) {
    const difference = compareParts(a[at]!, b[at]!)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export const beginsWith = (key: Key, prefix: Key): boolean => {
  if (key.length < prefix.length) return false
  for (let at = 0; at < prefix.length; at += 1) if (key[at] !== prefix[at]) return false
  return true
}

/** The same bounds as IndexedDB's: anything else is a bug of the caller and throws. */
export const checkKey = (key: Key): Key => {
  for (const part of key) {
    if (typeof part === 'string' || (typeof part === 'number' && !Number.isNaN(part))) continue
    throw new TypeError(`no part of a key: ${String(part)}`)
  }
  return key
}

const compareParts = (a: KeyPart, b: KeyPart): number => {
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0
  return typeof a === 'number' ? -1 : 1
}
