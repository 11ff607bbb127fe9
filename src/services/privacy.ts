// What others learn of one's reading and writing. Each switch works both ways: who does not tell is not told.
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { openPrivacy, type Privacy } from '../ports/queries.ts'
import type { ProfileRecord } from '../ports/tables.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

export const privacyOf = (profile: Pick<ProfileRecord, 'privacy'>): Privacy => ({ ...openPrivacy, ...profile.privacy })

/** How far this device says that a room was read; 0 for who does not tell. */
export const toldReadHlc = (session: Pick<Session, 'profile'>, room: Room): number =>
  privacyOf(session.profile()).receipts ? room.record.readHlc : 0

export const setPrivacy = async (session: Session, change: Partial<Privacy>): Promise<Result<void, CommandProblem>> => {
  const profile = { ...session.profile(), privacy: { ...privacyOf(session.profile()), ...change } }
  await session.store.commit([{ kind: 'put', table: 'profile', key: ['me'], value: profile }])
  session.setProfile(profile)
  return ok(undefined)
}
