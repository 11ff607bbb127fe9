// The database's versions, oldest first. Append; a version that was released is never edited, because somebody's disk has it.
// A record's shape is no matter of these: values are sealed bytes here, and who reads a record must understand its older shapes.

export interface Migration {
  readonly version: number
  /** Tables that this version brings. */
  readonly adds: readonly string[]
  /** Tables that this version drops, with their records. */
  readonly drops?: readonly string[]
}

export const migrations: readonly Migration[] = [{ version: 1, adds: ['profile'] }]

/** The tables that exist once all of them have run. */
export const tablesAfter = (all: readonly Migration[]): readonly string[] =>
  all.reduce<readonly string[]>((tables, { adds, drops = [] }) => [...tables.filter((table) => !drops.includes(table)), ...adds], [])
