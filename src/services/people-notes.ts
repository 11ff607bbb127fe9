// What was decided here about somebody: blocked, verified, what they are called, their labels. Known to this device alone. Whoever was verified and has other devices since is
// verified no more, until they are compared again.
import type { DeviceId, IdentityId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import { devicesOf, haveDevicesChanged } from '../core/verification/devices.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { PersonNote } from '../ports/tables.ts'
import { untilStored } from './background.ts'
import type { Deps } from './deps.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

export interface PeopleNotes {
  load(): Promise<void>
  /** Whether a conversation is closed because the one other person in it is blocked. */
  isClosed(room: Room): boolean
  isBlocked(room: Room, device: DeviceId): boolean
  /** An empty one takes it back. */
  call(identity: IdentityId, nickname: string): Promise<Result<void, CommandProblem>>
  /** None takes them back. */
  label(identity: IdentityId, labels: readonly string[]): Promise<Result<void, CommandProblem>>
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

export const createPeopleNotes = (
  deps: Pick<Deps, 'store' | 'clock'>,
  { rooms }: Pick<Session, 'rooms'>,
  changed: () => void,
): PeopleNotes => {
  const notes = new Map<IdentityId, PersonNote>()
  const isBlocked = (identity: IdentityId | undefined) => identity !== undefined && notes.get(identity)?.blocked === true
  const memberships = () => rooms.all().flatMap(({ conversation: { members } }) => members ?? [])
  const put = async (identity: IdentityId, note: PersonNote): Promise<void> => {
    await deps.store.commit([{ kind: 'put', table: 'people', key: [identity], value: note }])
    notes.set(identity, note)
  }

  const noteOf = (identity: IdentityId): PersonNote =>
    notes.get(identity) ?? { name: nameOf(rooms, identity) ?? '', blocked: false, verified: false }

  const review = (identity: IdentityId, note: PersonNote): void => {
    if (!note.verified) return
    // Verified before devices were noted: they are those of now.
    if (note.devices === undefined) untilStored(deps, () => put(identity, { ...note, devices: devicesOf(identity, memberships()) }))
    else if (haveDevicesChanged(identity, note.devices, memberships()))
      untilStored(deps, () => put(identity, { ...note, verified: false, changed: true }))
  }
  rooms.onCommit(({ before, after }) => {
    if (before?.conversation.members !== after.conversation.members) for (const [identity, note] of notes) review(identity, note)
  })

  return {
    load: async () => {
      for (const { key, value } of await deps.store.read((reader) => reader.list('people', []))) notes.set(key[0], value)
      for (const [identity, note] of notes) review(identity, note)
    },
    isClosed: ({ conversation: { members } }) =>
      members?.as === 'direct' && [...members.ownerByDevice.values()].some((identity) => isBlocked(identity)),
    carries: (identity) => notes.get(identity)?.courier,
    isBlocked: ({ conversation: { members } }, device) => isBlocked(members?.ownerByDevice.get(device)),
    isBlockedPerson: isBlocked,
    call: async (identity, nickname) => {
      const { nickname: _, ...rest } = noteOf(identity)
      await put(identity, nickname === '' ? rest : { ...rest, nickname })
      return ok(undefined)
    },
    label: async (identity, labels) => {
      const { labels: _, ...rest } = noteOf(identity)
      await put(identity, labels.length === 0 ? rest : { ...rest, labels })
      return ok(undefined)
    },
    set: async (identity, change, given) => {
      const known = notes.get(identity) ?? { name: '', blocked: false, verified: false }
      const name = nameOf(rooms, identity) ?? given ?? known.name
      const compared = change.verified === undefined ? {} : { devices: devicesOf(identity, memberships()), changed: false }
      await put(identity, { ...known, ...change, ...compared, name })
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
