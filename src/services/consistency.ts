// Who holds the same history, as far as linked devices have told: written as a row now and then, for eyes only.
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { vectorOf, type Vector } from '../core/log/chains.ts'
import { orDrop } from './background.ts'
import { otherDevices } from './room.ts'
import type { Session } from './session.ts'

/** Commits come in bursts; eyes do not. */
const writeAfterMs = 800

export interface Consistency {
  /** A device told what it holds. */
  told(id: ConversationId, device: DeviceId, theirs: Vector): void
  forget(device: DeviceId): void
}

export const createConsistency = (session: Session): Consistency => {
  const theirsByRoom = new Map<ConversationId, Map<DeviceId, Vector>>()
  const due = new Set<ConversationId>()

  const writeSoon = (id: ConversationId): void => {
    if (due.has(id)) return
    due.add(id)
    session.clock.after(writeAfterMs, () => {
      due.delete(id)
      orDrop(write(id))
    })
  }
  const write = async (id: ConversationId): Promise<void> => {
    const room = session.rooms.get(id)
    if (room === undefined) return
    const ours = vectorOf(room.conversation.chains)
    const members = new Set(otherDevices(room, session.me.identity))
    const devices = [...(theirsByRoom.get(id) ?? [])]
      .filter(([device]) => members.has(device))
      .map(([device, theirs]) => ({ device, theyLack: lacking(ours, theirs), weLack: lacking(theirs, ours) }))
    await session.store.commit(
      [{ kind: 'put', table: 'live', key: ['consistency', id], value: { kind: 'consistency', devices } }],
      'relaxed',
    )
  }

  session.rooms.onCommit(({ after }) => {
    if (theirsByRoom.has(after.conversation.id)) writeSoon(after.conversation.id)
  })
  return {
    told: (id, device, theirs) => {
      theirsByRoom.set(id, (theirsByRoom.get(id) ?? new Map<DeviceId, Vector>()).set(device, theirs))
      writeSoon(id)
    },
    forget: (device) => {
      for (const [id, theirs] of theirsByRoom) if (theirs.delete(device)) writeSoon(id)
    },
  }
}

/** Events that `a` holds and `b` does not. */
const lacking = (a: Vector, b: Vector): number => [...a].reduce((sum, [key, seq]) => sum + Math.max(0, seq - (b.get(key) ?? 0)), 0)
