// The database's versions, oldest first. Append; a version that was released is never edited, because somebody's disk has it.
// A record's shape is no matter of these: values are sealed bytes here, and who reads a record must understand its older shapes.

import type { TableName } from '../../ports/store.ts'

export interface Migration {
  readonly version: number
  /** Tables that this version brings. */
  readonly adds: readonly string[]
  /** Tables that this version drops, with their records. */
  readonly drops?: readonly string[]
}

/** Does not compile while a table of the port has no object store in any version. */
const complete = <const T extends readonly string[]>(tables: TableName extends T[number] ? T : Exclude<TableName, T[number]>): T =>
  tables as T

const version1 = complete([
  'profile',
  'hpkeKeys',
  'conversations',
  'chains',
  'events',
  'places',
  'timeline',
  'epochs',
  'senderChains',
  'acknowledged',
  'outbox',
  'invites',
  'joins',
  'unsent',
  'drafts',
  'live',
  'requests',
  'forks',
  'people',
  'people',
  'forks',
])

export const migrations: readonly Migration[] = [{ version: 1, adds: version1 }]
