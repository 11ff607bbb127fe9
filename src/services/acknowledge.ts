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

/** What a device says that it has committed, and how far its person has read. */
interface Claim {
  readonly have: Vector
  readonly readHlc: number
}

export type Acknowledge = (id: ConversationId, device: DeviceId, have: Vector, readHlc: number) => Promise<void>

/** Those that wait for their turn are taken together: a message to many is answered by all of them within moments. */
export const createAcknowledging = (session: Session): Acknowledge => {
  const waiting = new Map<ConversationId, { readonly claims: Map<DeviceId, Claim>; readonly taken: Promise<void> }>()

  const take = (id: ConversationId, claims: Map<DeviceId, Claim>): Promise<void> =>
    session.rooms.enter(id, (room, draft) => {
      waiting.delete(id)
      return takeAll(session, room, draft, claims)
    })

  return async (id, device, have, readHlc) => {
    if (!isNews(session, id, device, have, readHlc)) return
    const before = waiting.get(id)
    const claims = before?.claims ?? new Map<DeviceId, Claim>()
    const other = claims.get(device)
    claims.set(device, other === undefined ? { have, readHlc } : merged(other, { have, readHlc }))
    const taken = before?.taken ?? take(id, claims)
    waiting.set(id, { claims, taken })
    await taken
  }
}

const merged = (a: Claim, b: Claim): Claim => ({ have: mergeVectors(a.have, b.have), readHlc: Math.max(a.readHlc, b.readHlc) })

const isNews = (session: Session, id: ConversationId, device: DeviceId, have: Vector, readHlc: number): boolean => {
  const room = session.rooms.get(id)
  const known = room?.acknowledged.get(device)
  if (known === undefined || ownSeq(session, have) > ownSeq(session, known.have) || readHlc > known.readHlc) return true
  return isFarAhead(claimIn(room?.conversation.chains ?? new Map(), have, known.have), known.have)
}

const takeAll = async (
  session: Session,
  room: Room | undefined,
  draft: Draft,
  claims: ReadonlyMap<DeviceId, Claim>,
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
