// The records of the local database, table by table: what the services share.
import type { ConversationId, DeviceId, EventId, IdentityId } from '../core/ids.ts'

/** Grows with the services; adapters treat keys as arrays of strings and numbers and values as plain data. */
export interface Tables {
  /** key: ['me'] */
  readonly profile: { readonly key: readonly ['me']; readonly value: ProfileRecord }
}

export interface ProfileRecord {
  readonly name: string
  readonly identity: IdentityId
  readonly identitySeed: Uint8Array
  readonly device: DeviceId
  readonly deviceSeed: Uint8Array
}

export type { ConversationId, EventId }

// Does not compile while a table is missing here.
const listed: Record<keyof Tables, true> = {
  profile: true,
}

/** Every table's name: what an adapter that must know them beforehand makes room for. */
export const tableNames = Object.keys(listed) as readonly (keyof Tables)[]
