// A member's device told what it has committed: the only thing that moves a delivery state. The outbox lets go of what everybody has.
import { reachOf, type Acknowledged, type Recipient } from '../core/outbox/delivery.ts'
import { lanes } from '../core/event/event.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { chainKey, type Vector } from '../core/log/chains.ts'
import type { Members } from '../core/members/members.ts'
import type { Session } from './session.ts'

export const acknowledge = async (session: Session, id: ConversationId, device: DeviceId, have: Vector, readHlc: number): Promise<void> => {
  const known = session.rooms.get(id)?.acknowledged.get(device)
  const seq = ownSeq(session, have)
  if (known !== undefined && seq <= ownSeq(session, known.have) && readHlc <= known.readHlc) return
  await session.rooms.enter(id, async (room, draft) => {
    if (room?.conversation.members === undefined) return { value: undefined }
    const before = room.acknowledged.get(device)
    const upTo = Math.min(Math.max(seq, ownSeq(session, before?.have ?? new Map())), ownHead(session, room.conversation.chains))
    const next: Acknowledged = {
      have: new Map([[chainKey(lanes.content, session.me.device), upTo]]),
      // Nor can anybody have read what was not said.
      readHlc: Math.max(Math.min(readHlc, room.conversation.maxHlc), before?.readHlc ?? 0),
    }
    const acknowledged = new Map(room.acknowledged).set(device, next)
    draft.put('acknowledged', [id, device], { have: [[session.me.device, upTo]], readHlc: next.readHlc })
    const { everybody } = reachOf(recipientsOf(room.conversation.members), session.me.identity, acknowledged, session.me.device)
    const upToThere = { reverse: true, after: [id, everybody + 1] } as const
    for (const key of await session.store.read((reader) => reader.keys('outbox', [id], upToThere), ['outbox'])) draft.delete('outbox', key)
    // Told again whenever the two meet.
    return { room: { ...room, acknowledged }, value: undefined, durability: 'relaxed' }
  })
}

/** Present members with their devices' ids. */
const recipientsOf = (members: Members): readonly Recipient[] =>
  [...members.people.values()].map(({ identity, floor, devices }) => ({ identity, floor, devices: devices.map((card) => card.device) }))

const ownSeq = (session: Session, have: Vector): number => have.get(chainKey(lanes.content, session.me.device)) ?? 0
/** Nobody can have more than was written: a claim beyond it is a lie or a rolled-back database, and counts only as far as it can be true. */
const ownHead = (session: Session, chains: ReadonlyMap<string, { readonly seq: number }>): number =>
  chains.get(chainKey(lanes.content, session.me.device))?.seq ?? 0
