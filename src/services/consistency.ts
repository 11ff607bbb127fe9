// Who holds the same history, as far as linked devices have told, and whose messages are missing here: written as a row now and then, for
// eyes only.
import type { ConversationId, DeviceId, IdentityId } from '../core/ids.ts'
import { missingByDevice } from '../core/log/gaps.ts'
import { vectorOf, type Vector } from '../core/log/chains.ts'
import { orDrop } from './background.ts'
import { otherDevices, type Room } from './room.ts'
import type { Session } from './session.ts'

/** Commits come in bursts; eyes do not. */
const writeAfterMs = 800
/** What is missing for as long is a gap; before, it may just be on its way. */
const gapAfterMs = 5_000

interface Gap {
  /** It has been there for so long that it is said; told by elapsed time, since the clock on the wall may be set back meanwhile. */
  isOld: boolean
  forget(): void
}

export interface Consistency {
  /** A device told what it holds. */
  told(id: ConversationId, device: DeviceId, theirs: Vector): void
  forget(device: DeviceId): void
}

export const createConsistency = (session: Session): Consistency => {
  const theirsByRoom = new Map<ConversationId, Map<DeviceId, Vector>>()
  const due = new Set<ConversationId>()
  const gaps = new Map<ConversationId, Gap>()
  /** The rows as they were last written: most commits and most of what others tell change nothing that eyes could see. */
  const written = new Map<ConversationId, string>()

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
    const missing = gapsIn(room, members)
    const row = JSON.stringify([devices, missing])
    if (written.get(id) === row) return
    written.set(id, row)
    await session.store
      .commit([{ kind: 'put', table: 'live', key: ['consistency', id], value: { kind: 'consistency', devices, missing } }], 'relaxed')
      .catch((failure: unknown) => {
        written.delete(id)
        throw failure
      })
  }

  /** How many are missing of whom, once that has been so for a while. */
  const gapsIn = (room: Room, members: ReadonlySet<DeviceId>): readonly { readonly author: IdentityId; readonly count: number }[] => {
    const { id, chains, members: people } = room.conversation
    const claims = [...(theirsByRoom.get(id) ?? [])].flatMap(([by, have]) => (members.has(by) ? [{ by, have }] : []))
    const missing = missingByDevice(chains, claims, [...room.early.values()])
    if (missing.size === 0) {
      gaps.get(id)?.forget()
      gaps.delete(id)
      return []
    }
    const gap = gaps.get(id) ?? openGap(id)
    if (!gap.isOld) return []
    const countByAuthor = new Map<IdentityId, number>()
    for (const [device, count] of missing) {
      const author = people?.ownerByDevice.get(device)
      if (author !== undefined) countByAuthor.set(author, (countByAuthor.get(author) ?? 0) + count)
    }
    return [...countByAuthor].map(([author, count]) => ({ author, count }))
  }

  const openGap = (id: ConversationId): Gap => {
    const grown = (): void => {
      gap.isOld = true
      writeSoon(id)
    }
    const gap: Gap = { isOld: false, forget: session.clock.after(gapAfterMs, grown) }
    gaps.set(id, gap)
    return gap
  }

  session.rooms.onCommit(({ before, after }) => {
    // It may have been here before and been removed with all its rows.
    if (before === undefined) written.delete(after.conversation.id)
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
