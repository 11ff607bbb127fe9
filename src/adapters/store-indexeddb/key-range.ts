// Prefixes as IndexedDB's ranges. An array sorts after every number and string, so `[...prefix, []]` lies just behind all keys that
// begin with `prefix`.
import { beginsWith, compareKeys, copyKey } from '../../core/record/key.ts'
import type { Key } from '../../ports/store.ts'

/** First and last of a prefix. */
const boundsOf = (prefix: Key): { readonly from: Key; readonly to: (Key[number] | never[])[] } => ({
  from: prefix,
  to: [...prefix, []],
})

export const prefixRange = (prefix: Key): IDBKeyRange => {
  const { from, to } = boundsOf(copyKey(prefix))
  return IDBKeyRange.bound(from, to, false, true)
}

/** The part of a prefix that comes after `after` in the order asked for; `undefined` when nothing can. */
export const rangeAfter = (prefix: Key, after: Key | undefined, reverse: boolean): IDBKeyRange | undefined => {
  if (after === undefined) return prefixRange(prefix)
  const { from, to } = boundsOf(copyKey(prefix))
  const beyond = copyKey(after)
  const isBefore = compareKeys(beyond, prefix) < 0
  if (!beginsWith(beyond, prefix)) return isBefore === reverse ? undefined : IDBKeyRange.bound(from, to, false, true)
  if (!reverse) return IDBKeyRange.bound(beyond, to, true, true)
  return compareKeys(beyond, prefix) === 0 ? undefined : IDBKeyRange.bound(from, beyond, false, true)
}
