// From whom the own network address is kept: from everybody, or from the people of some conversations. To those no direct path is looked
// for, so no candidate of any kind goes out; what is said goes through nodes.
import type { ConversationId, DeviceId, IdentityId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { Deps } from './deps.ts'
import type { Session } from './session.ts'

export interface Hidden {
  load(): Promise<void>
  fromEverybody(): boolean
  /** Whether the own address is kept from a device: also from those with whom one shares another conversation. */
  from(device: DeviceId): boolean
  /** Whether it is kept from a person. */
  fromPerson(identity: IdentityId): boolean
  set(hidden: boolean, conversation?: ConversationId): Promise<Result<void, CommandProblem>>
}

export const createHidden = ({ store }: Pick<Deps, 'store'>, { rooms }: Pick<Session, 'rooms'>, changed: () => void): Hidden => {
  const hidden = new Set<'everybody' | ConversationId>()
  const fromEverybody = (): boolean => hidden.has('everybody')
  return {
    load: async () => {
      const kept = await store.read((reader) => reader.list('hidden', []))
      for (const { key, value } of kept) if (value.hidden) hidden.add(key[0])
    },
    fromEverybody,
    from: (device) =>
      fromEverybody() ||
      rooms.all().some(({ conversation: { id, members } }) => hidden.has(id) && members?.ownerByDevice.has(device) === true),
    fromPerson: (identity) =>
      fromEverybody() || rooms.all().some(({ conversation: { id, members } }) => hidden.has(id) && members?.people.has(identity) === true),
    set: async (isHidden, conversation) => {
      const whom = conversation ?? 'everybody'
      await store.commit([{ kind: 'put', table: 'hidden', key: [whom], value: { hidden: isHidden } }])
      if (isHidden) hidden.add(whom)
      else hidden.delete(whom)
      changed()
      return ok(undefined)
    },
  }
}
