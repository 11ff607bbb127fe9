// What was decided here about somebody: blocked, verified. Known to this device alone.
import type { DeviceId, IdentityId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { PersonNote } from '../ports/tables.ts'
import type { Deps } from './deps.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

export interface PeopleNotes {
  load(): Promise<void>
  /** Whether a conversation is closed because the one other person in it is blocked. */
  isClosed(room: Room): boolean
  isBlocked(room: Room, device: DeviceId): boolean
  isBlockedPerson(identity: IdentityId): boolean
  /** Whether sealed mail is carried for each other, when the person here has said so. */
  carries(identity: IdentityId): boolean | undefined
  /** `name` for somebody who is in no conversation. */
  set(
    identity: IdentityId,
    change: Partial<Pick<PersonNote, 'blocked' | 'verified' | 'courier'>>,
    name?: string,
  ): Promise<Result<void, CommandProblem>>
}

export const createPeopleNotes = (deps: Pick<Deps, 'store'>, { rooms }: Pick<Session, 'rooms'>, changed: () => void): PeopleNotes => {
  const notes = new Map<IdentityId, PersonNote>()
  const isBlocked = (identity: IdentityId | undefined) => identity !== undefined && notes.get(identity)?.blocked === true
  return {
    load: async () => {
      for (const { key, value } of await deps.store.read((reader) => reader.list('people', []))) notes.set(key[0], value)
    },
    isClosed: ({ conversation: { members } }) =>
      members?.as === 'direct' && [...members.ownerByDevice.values()].some((identity) => isBlocked(identity)),
    carries: (identity) => notes.get(identity)?.courier,
    isBlocked: ({ conversation: { members } }, device) => isBlocked(members?.ownerByDevice.get(device)),
    isBlockedPerson: isBlocked,
    set: async (identity, change, given) => {
      const known = notes.get(identity) ?? { name: '', blocked: false, verified: false }
      const name = nameOf(rooms, identity) ?? given ?? known.name
      const note: PersonNote = { ...known, ...change, name }
      await deps.store.commit([{ kind: 'put', table: 'people', key: [identity], value: note }])
      notes.set(identity, note)
      changed()
      return ok(undefined)
    },
  }
}

const nameOf = (rooms: Session['rooms'], identity: IdentityId): string | undefined =>
  rooms
    .all()
    .flatMap((room) => room.conversation.members?.nameByIdentity.get(identity) ?? [])
    .at(-1)
