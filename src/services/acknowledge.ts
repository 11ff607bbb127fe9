// A member's device told what it has committed: the only thing that moves a delivery state. The outbox lets go of what everybody has.
import { reachOf, type Acknowledged, type Recipient } from '../core/outbox/delivery.ts'
import { lanes } from '../core/event/event.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { chainKey, deviceOf, mergeVectors, type Chains, type Vector } from '../core/log/chains.ts'
import type { Members } from '../core/members/members.ts'
import type { Draft } from './draft.ts'
import type { Room } from './room.ts'
import type { Visit } from './rooms.ts'
import type { Session } from './session.ts'

/** Events of one device. */
const farAhead = 100

/** Takes in what a device of a conversation says that it holds; settles when that is written. */
export type Acknowledge = (id: ConversationId, device: DeviceId, claim: Acknowledged) => Promise<void>

/** What devices say, for a commit that has not begun. */
interface Batch {
  readonly claims: Map<DeviceId, Acknowledged>
  readonly taken: Promise<void>
}

const nothing: Acknowledged = { have: new Map(), readHlc: 0 }

/** Those that wait for their turn are taken together: a message to many is answered by all of them within moments. */
export const createAcknowledging = (session: Session): Acknowledge => {
  const waiting = new Map<ConversationId, Batch>()

  const begin = (id: ConversationId): Batch => {
    const claims = new Map<DeviceId, Acknowledged>()
    const taken = session.rooms.enter(id, (room, draft) => {
      waiting.delete(id)
      return takeAll(session, room, draft, claims)
    })
    const batch = { claims, taken }
    waiting.set(id, batch)
    return batch
  }

  return async (id, device, claim) => {
    if (!isNews(session, id, device, claim)) return
    const { claims, taken } = waiting.get(id) ?? begin(id)
    claims.set(device, merged(claims.get(device) ?? nothing, claim))
    await taken
  }
}

const merged = (a: Acknowledged, b: Acknowledged): Acknowledged => ({
  have: mergeVectors(a.have, b.have),
  readHlc: Math.max(a.readHlc, b.readHlc),
})

const isNews = (session: Session, id: ConversationId, device: DeviceId, { have, readHlc }: Acknowledged): boolean => {
  const room = session.rooms.get(id)
  const known = room?.acknowledged.get(device)
  if (known === undefined || ownSeq(session, have) > ownSeq(session, known.have) || readHlc > known.readHlc) return true
  return isFarAhead(claimIn(room?.conversation.chains ?? new Map(), have, known.have), known.have)
}

const takeAll = async (
  session: Session,
  room: Room | undefined,
  draft: Draft,
  claims: ReadonlyMap<DeviceId, Acknowledged>,
): Promise<Visit<void>> => {
  if (room?.conversation.members === undefined) return { value: undefined }
  const { id, chains, maxHlc, members } = room.conversation
  const acknowledged = new Map(room.acknowledged)
  for (const [device, { have, readHlc }] of claims) {
    const before = acknowledged.get(device)
    const next: Acknowledged = {
      have: claimIn(chains, have, before?.have),
      // Nor can anybody have read what was not said.
      readHlc: Math.max(Math.min(readHlc, maxHlc), before?.readHlc ?? 0),
    }
    acknowledged.set(device, next)
    const ends = [...next.have].map(([key, end]) => [deviceOf(key), end] as const)
    draft.put('acknowledged', [id, device], { have: ends, readHlc: next.readHlc })
  }
  const { everybody } = reachOf(recipientsOf(members), session.me.identity, acknowledged, session.me.device)
  const upToThere = { reverse: true, after: [id, everybody + 1] } as const
  for (const key of await session.store.read((reader) => reader.keys('outbox', [id], upToThere), ['outbox'])) draft.delete('outbox', key)
  // Told again whenever the two meet.
  return { room: { ...room, acknowledged }, value: undefined, durability: 'relaxed' }
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
