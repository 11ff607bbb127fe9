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
