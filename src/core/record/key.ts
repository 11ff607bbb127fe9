// Keys of the local database and their order, which is also IndexedDB's: part by part, numbers by value and before strings, strings by
// code unit, and a key before every longer key that begins with it. All stores agree because they all ask here or ask IndexedDB.

export type RecordKeyPart = string | number
export type RecordKey = readonly RecordKeyPart[]

export const compareKeys = (a: RecordKey, b: RecordKey): number => {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at += 1) {
    const difference = compareParts(a[at]!, b[at]!)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export const beginsWith = (key: RecordKey, prefix: RecordKey): boolean => {
  if (key.length < prefix.length) return false
  for (let at = 0; at < prefix.length; at += 1) if (key[at] !== prefix[at]) return false
  return true
}

/** A copy that nobody else can change. A part that has no place in the order (NaN, an object) is a bug of the caller: a TypeError. */
export const copyKey = <K extends RecordKey>(key: K): K =>
  key.map((part) => {
    if (typeof part === 'string') return part
    // Adding nothing makes 0 of -0: the two are one key, so they must be one set of bytes too.
    if (typeof part === 'number' && !Number.isNaN(part)) return part + 0
    throw new TypeError(`no part of a key: ${String(part)}`)
  }) as unknown as K

const compareParts = (a: RecordKeyPart, b: RecordKeyPart): number => {
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0
  return typeof a === 'number' ? -1 : 1
}
