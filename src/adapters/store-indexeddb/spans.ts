// What a watch has looked at, as spans of keys by table, and whether a commit touched any of it. A span is one key or a whole prefix, so
// any two of them lie apart or one lies in the other: with the inner ones left out, one search for each changed key is enough.
import { beginsWith, compareKeys } from '../../core/record/key.ts'
import type { Key } from '../../ports/store.ts'

/** One key (`exact`), or all keys that begin with it. */
export interface Span {
  readonly key: Key
  readonly exact: boolean
}

/** By table; each list in key order, and none lies in another. */
export type Spans = ReadonlyMap<string, readonly Span[]>

/** The keys of changed records by table. */
export type Changes = ReadonlyMap<string, readonly Key[]>

export interface Looks {
  add(table: string, key: Key, exact: boolean): void
  spans(): Spans
}

/** Collects what one read looks at. */
export const createLooks = (): Looks => {
  const looks = new Map<string, Span[]>()
  return {
    add: (table, key, exact) => {
      const spans = looks.get(table)
      if (spans === undefined) looks.set(table, [{ key, exact }])
      else spans.push({ key, exact })
    },
    spans: () => new Map([...looks].map(([table, spans]) => [table, outermost(spans)])),
  }
}

export const changesOf = (writes: readonly { readonly table: string; readonly key: Key }[]): Changes => {
  const changes = new Map<string, Key[]>()
  for (const { table, key } of writes) {
    const keys = changes.get(table)
    if (keys === undefined) changes.set(table, [key])
    else keys.push(key)
  }
  return changes
}

export const concerns = (spans: Spans, changes: Changes): boolean => {
  for (const [table, keys] of changes) {
    const inTable = spans.get(table)
    if (inTable !== undefined && keys.some((key) => liesIn(inTable, key))) return true
  }
  return false
}

const outermost = (spans: readonly Span[]): readonly Span[] => {
  // A prefix comes before what begins with it, and right before the same key alone.
  const inOrder = spans.toSorted((a, b) => compareKeys(a.key, b.key) || Number(a.exact) - Number(b.exact))
  const kept: Span[] = []
  for (const span of inOrder) if (!covers(kept.at(-1), span.key)) kept.push(span)
  return kept
}

/** Keys between a prefix and a key in it begin with that prefix too; so only the last span that is not behind the key can cover it. */
const liesIn = (spans: readonly Span[], key: Key): boolean => {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(spans[middle]!.key, key) <= 0) low = middle + 1
    else high = middle
  }
  return covers(spans[low - 1], key)
}

const covers = (span: Span | undefined, key: Key): boolean =>
  span !== undefined && (span.exact ? compareKeys(span.key, key) === 0 : beginsWith(key, span.key))
