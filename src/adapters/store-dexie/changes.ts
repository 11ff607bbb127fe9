// Who must hear of which commit. Looks and changes are Dexie's observability sets (ranges of keys by table), and commits are announced
// on Dexie's `storagemutated`, which Dexie carries to the other tabs and workers: what `liveQuery` itself lives on. Not `liveQuery`,
// because it throws a running query away whenever a commit comes in between, and under a long sync it would never tell anything.
import { Dexie, RangeSet, rangesOverlap, type ObservabilitySet } from 'dexie'
import type { Key } from '../../ports/store.ts'
import { spanOf } from './key-range.ts'

/** Dexie's name of a table's primary keys. */
const partOf = (database: string, table: string): string => `idb://${database}/${table}/`

export type Look = (table: string, key: Key, exact: boolean) => void

/** Collects what one read looks at. */
export const createLooks = (
  database: string,
): { readonly looks: ObservabilitySet; readonly tables: ReadonlySet<string>; readonly onLook: Look } => {
  const looks: Record<string, RangeSet> = {}
  const tables = new Set<string>()
  const onLook: Look = (table, key, exact) => {
    tables.add(table)
    const { from, to } = exact ? { from: key, to: key } : spanOf(key)
    const ranges = (looks[partOf(database, table)] ??= new RangeSet())
    ranges.add({ from, to })
  }
  return { looks, tables, onLook }
}

export const announce = (database: string, writes: readonly { readonly table: string; readonly key: Key }[]): void => {
  const changes: Record<string, RangeSet> = {}
  for (const { table, key } of writes) (changes[partOf(database, table)] ??= new RangeSet()).addKey(key)
  try {
    Dexie.on.storagemutated.fire(changes)
  } catch {
    // The page is being put away and Dexie has closed its channel. What is written is written, and when the page comes back Dexie says
    // that anything may have changed.
  }
}

/** Calls back for every commit from any tab, also for those of other databases. */
export const onChanges = (listener: (changes: ObservabilitySet) => void): (() => void) => {
  Dexie.on('storagemutated', listener)
  return () => Dexie.on.storagemutated.unsubscribe(listener)
}

export const concerns = (looks: ObservabilitySet, changes: ObservabilitySet): boolean =>
  // Dexie's word for "the page was away and may have missed anything".
  'all' in changes || Object.entries(looks).some(([part, ranges]) => changes[part] !== undefined && rangesOverlap(changes[part], ranges))
