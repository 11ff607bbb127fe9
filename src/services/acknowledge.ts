// A member's device told what it has committed: the only thing that moves a delivery state. The outbox lets go of what everybody has.
import { reachOf, type Acknowledged, type Recipient } from '../core/outbox/delivery.ts'
import { lanes } from '../core/event/event.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { chainKey, deviceOf, type Chains, type Vector } from '../core/log/chains.ts'
import type { Members } from '../core/members/members.ts'
import type { Session } from './session.ts'

/** Events of one device. */
const farAhead = 100

export const acknowledge = async (session: Session, id: ConversationId, device: DeviceId, have: Vector, readHlc: number): Promise<void> => {
  const present = session.rooms.get(id)
  const known = present?.acknowledged.get(device)
  const seq = ownSeq(session, have)
  const isNoNews = known !== undefined && seq <= ownSeq(session, known.have) && readHlc <= known.readHlc
  if (isNoNews && !isFarAhead(claimIn(present?.conversation.chains ?? new Map(), have, known.have), known.have)) return
  await session.rooms.enter(id, async (room, draft) => {
    if (room?.conversation.members === undefined) return { value: undefined }
    const before = room.acknowledged.get(device)
    const next: Acknowledged = {
      have: claimIn(room.conversation.chains, have, before?.have),
      // Nor can anybody have read what was not said.
      readHlc: Math.max(Math.min(readHlc, room.conversation.maxHlc), before?.readHlc ?? 0),
    }
    const acknowledged = new Map(room.acknowledged).set(device, next)
    const ends = [...next.have].map(([key, end]) => [deviceOf(key), end] as const)
    draft.put('acknowledged', [id, device], { have: ends, readHlc: next.readHlc })
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

/**
 * How far somebody holds each content chain, as far as it is held here. Nobody can have more than was written: a claim beyond it is a lie or a
 * rolled-back database, and counts only as far as it can be true.
 */
const claimIn = (chains: Chains, have: Vector, before: Vector = new Map()): Vector =>
  new Map(
    [...chains]
      .filter(([, { lane }]) => lane === lanes.content)
      .map(([key, { seq }]) => [key, Math.min(seq, Math.max(have.get(key) ?? 0, before.get(key) ?? 0))]),
  )

/** What others said is only of interest when room is freed: it is written down with what is, and else now and then. */
const isFarAhead = (claim: Vector, known: Vector): boolean => [...claim].some(([key, seq]) => seq - (known.get(key) ?? 0) >= farAhead)
