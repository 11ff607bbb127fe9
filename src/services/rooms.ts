// All rooms of the leading tab, and the one way to change one: a journey enters, works on a draft, and leaves with a new value. Journeys
// of one conversation go one after the other; a journey that fails changes nothing, there or elsewhere.
import type { ConversationId } from '../core/ids.ts'
import type { ClockDep } from '../ports/clock.ts'
import type { Write } from '../ports/store.ts'
import type { StoreDep } from '../ports/store.ts'
import { untilStored } from './background.ts'
import { createDraft, createKnownRecords, type Draft } from './draft.ts'
import { loadRoom, type Room } from './room.ts'

/** Milliseconds until what could not be flushed is flushed again. */
const flushAgainMs = 1_000

export interface RoomChange {
  readonly before: Room | undefined
  readonly after: Room
  readonly writes: readonly Write[]
  /** What the journey gave out. */
  readonly handed: readonly Uint8Array[]
  /** Nobody waited for it. */
  readonly isPatient: boolean
}

/** Whether somebody waits for a journey; `patient` is what was missed and comes in masses, which others may overtake. */
export type Urgency = 'prompt' | 'patient'

export interface Visit<T> {
  /** The room as it is once the draft is committed; left out when nothing changes. */
  readonly room?: Room
  readonly value: T
  /**
   * On the disk before anything else happens, unless:
   * - `relaxed`: nobody misses it if a power cut takes it back, because it comes again by itself;
   * - `seen-first`: what others said may be seen before it is flushed, which takes most of the time. Nothing speaks of it before: those
   *   who have it are told only afterwards that it is here too.
   */
  readonly durability?: 'relaxed' | 'seen-first'
}

export interface Rooms {
  load(): Promise<void>
  all(): readonly Room[]
  get(id: ConversationId): Room | undefined
  enter<T>(id: ConversationId, journey: (room: Room | undefined, draft: Draft) => Promise<Visit<T>>, urgency?: Urgency): Promise<T>
  /** Whether a prompt journey is under way or waits for its turn. */
  isInUse(): boolean
  /** Removes the record of a room and lets go of it; nothing enters it any more. */
  drop(id: ConversationId): Promise<void>
  /** Called after every commit, before the next journey of that conversation begins. */
  onCommit(listener: (change: RoomChange) => void): void
}

export const createRooms = ({ store, clock }: StoreDep & ClockDep): Rooms => {
  const rooms = new Map<ConversationId, Room>()
  /** What is written and could not be flushed yet: what comes next builds on it, but nobody is told. */
  const unflushed = new Map<ConversationId, { readonly room: Room; readonly changes: readonly RoomChange[] }>()
  const queues = new Map<ConversationId, Promise<unknown>>()
  const listeners: ((change: RoomChange) => void)[] = []
  const known = createKnownRecords()
  let promptCount = 0

  const visit = async <T>(
    id: ConversationId,
    journey: (room: Room | undefined, draft: Draft) => Promise<Visit<T>>,
    urgency: Urgency,
  ): Promise<T> => {
    const owed = unflushed.get(id)
    const before = owed?.room ?? rooms.get(id)
    const draft = createDraft(store, known)
    const { room: after, value, durability: asked } = await journey(before, draft)
    const durability = asked === 'relaxed' && owed !== undefined ? undefined : asked
    if (after === undefined) return value
    // Whoever only adds to what is known beside the log does not wait for those who write the record of this conversation, or of another.
    const isSame = owed === undefined && after.record === before?.record && after.conversation === before.conversation
    const record = isSame ? after.record : recordOf(after)
    if (!isSame) draft.put('conversations', [id], record)
    const writes = draft.writes()
    const ends = durability === 'seen-first' ? writes.filter(({ table }) => table === 'chains') : []
    await store.commit(writes, durability === 'relaxed' || ends.length > 0 ? 'relaxed' : 'strict')
    known.committed(writes)
    const room = { ...after, record }
    const changes = [...(owed?.changes ?? []), { before, after: room, writes, handed: draft.handed(), isPatient: urgency === 'patient' }]
    // Written again as they are: a strict commit takes all that came before it to the disk.
    try {
      if (ends.length > 0) await store.commit(ends)
    } catch (error) {
      // People see it already. Without it a second copy would come, and be written over what was said about the first one.
      unflushed.set(id, { room, changes })
      clock.after(flushAgainMs, () => untilStored({ clock }, () => flush(id)))
      throw error
    }
    unflushed.delete(id)
    rooms.set(id, room)
    for (const change of changes) for (const listener of listeners) listener(change)
    return value
  }

  /** Any strict commit takes all that came before it to the disk. */
  const flush = async (id: ConversationId): Promise<void> => {
    const owed = unflushed.get(id)
    if (owed !== undefined) await enter(id, async (room) => ({ room: room ?? owed.room, value: undefined }))
  }

  const enter: Rooms['enter'] = (id, journey, urgency = 'prompt') => {
    const turn = (queues.get(id) ?? Promise.resolve()).then(() => visit(id, journey, urgency))
    const isPrompt = urgency === 'prompt'
    if (isPrompt) promptCount += 1
    const ended = (): void => {
      if (isPrompt) promptCount -= 1
    }
    queues.set(id, turn.then(ended, ended))
    return turn
  }

  return {
    load: async () => {
      const loaded = await store.read(async (reader) => {
        const found: Room[] = []
        // One conversation that cannot be read must not keep the others shut.
        for (const { key, value } of await reader.list('conversations', [])) found.push(await loadRoom(reader, key[0], value))
        return found
      })
      for (const room of loaded) rooms.set(room.conversation.id, room)
    },
    all: () => [...rooms.values()],
    get: (id) => rooms.get(id),
    enter,
    isInUse: () => promptCount > 0,
    drop: async (id) => {
      await queues.get(id)
      await store.commit([{ kind: 'delete', table: 'conversations', key: [id] }])
      unflushed.delete(id)
      rooms.delete(id)
    },
    onCommit: (listener) => {
      listeners.push(listener)
    },
  }
}

/** The record with what follows from the conversation. */
const recordOf = (room: Room): Room['record'] => {
  const { members, membersHeads, contentHeads } = room.conversation
  if (members === undefined) return room.record
  return {
    ...room.record,
    as: members.as,
    policy: members.policy,
    timer: members.timer,
    slow: members.slow,
    approval: members.approval,
    applicants: [...members.applicants.values()].map(({ person: { identity, name }, at }) => ({ identity, name, at })),
    membersHeads,
    contentHeads,
    title: members.as === 'group' ? members.name : room.record.title,
    people: [...members.people.values()].map(({ identity, name, role, devices, floor }) => ({
      identity,
      name,
      role,
      devices: devices.map((card) => card.device),
      floor,
    })),
    names: [...members.nameByIdentity].map(([identity, name]) => ({ identity, name })),
  }
}
