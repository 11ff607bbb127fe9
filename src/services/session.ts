// What the leading tab knows while it leads: who this device is, and its rooms. Journeys that need a person get one of these.
import type { ProfileRecord } from '../ports/tables.ts'
import type { Deps } from './deps.ts'
import type { Me } from './me.ts'
import type { Rooms } from './rooms.ts'

export type Session = Deps & {
  readonly me: Me
  readonly deviceSeed: Uint8Array
  readonly rooms: Rooms
  /** The profile as last committed. */
  profile(): ProfileRecord
  setProfile(profile: ProfileRecord): void
}
