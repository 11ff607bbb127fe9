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

const version1 = [
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
] as const

/** Couriers. */
const version2 = ['oneTimeKeys', 'carried', 'entrusted'] as const

/** Nodes, and from whom the own address is kept. */
const version3 = ['nodes', 'hidden'] as const

/** Finding. */
const version4 = ['search'] as const

/** First contact. */
const version5 = ['contact'] as const

/** Messages in front, and starred ones. */
const version6 = ['pins', 'stars'] as const

/** What is to be said later. */
const version7 = ['later'] as const

/** Pictures of people and groups. */
const version8 = ['pictures'] as const

/** What disappears. */
const version9 = ['fading'] as const

/** What people tell of themselves. */
const version10 = ['told'] as const

/** Threads, and own texts to be sent again. */
const version11 = ['replies', 'templates'] as const
/** Folders of conversations. */
const version12 = ['folders'] as const

type Added = (
  | typeof version1
  | typeof version2
  | typeof version3
  | typeof version4
  | typeof version5
  | typeof version6
  | typeof version7
  | typeof version8
  | typeof version9
  | typeof version10
  | typeof version11
  | typeof version12
)[number]
/** Does not compile while a table of the port has no object store in any version. */
const complete = <const T extends readonly Migration[]>(all: TableName extends Added ? T : Exclude<TableName, Added>): T => all

export const migrations: readonly Migration[] = complete([
  { version: 1, adds: version1 },
  { version: 2, adds: version2 },
  { version: 3, adds: version3 },
  { version: 4, adds: version4 },
  { version: 5, adds: version5 },
  { version: 6, adds: version6 },
  { version: 7, adds: version7 },
  { version: 8, adds: version8 },
  { version: 9, adds: version9 },
  { version: 10, adds: version10 },
  { version: 11, adds: version11 },
  { version: 12, adds: version12 },
  // The search index has another layout: it is made anew from what was said.
  { version: 13, adds: [], drops: ['search'] },
  { version: 14, adds: ['search'] },
  // So that it knows when what is in it was said.
  { version: 15, adds: [], drops: ['search'] },
  { version: 16, adds: ['search'] },
])
