// The journey in: bound, open, verify, order, judge, fold, commit. Only then is anything answered, by whoever called.
import { decodeEvent } from '../core/event/codec.ts'
import type { SignedEvent, VerifiedEvent } from '../core/event/event.ts'
import { verifyEvent } from '../core/event/verify.ts'
import { keyAt } from '../core/epoch/sender-chain.ts'
import { openSealed, sealedHeader } from '../core/epoch/sealed.ts'
import type { ConversationId } from '../core/ids.ts'
import { heldSeq } from '../core/log/chains.ts'
import type { StoreReader } from '../ports/store.ts'
import { absorb, rowsToRead } from './absorb.ts'
import type { Draft } from './draft.ts'
import { isForMore } from './forks.ts'
import type { Room } from './room.ts'
import type { Urgency } from './rooms.ts'
import type { Session } from './session.ts'

export interface Received {
  /** Events that were new and are committed. */
  readonly taken: number
  /** Dropped because they break a rule; whoever sent them is counted. */
  readonly refused: number
}

const nothing: Received = { taken: 0, refused: 0 }

/** Signed events as they came from a linked member, in the order sent. */
export const receiveEvents = async (
  session: Session,
  id: ConversationId,
  frames: readonly Uint8Array[],
  urgency: Urgency = 'prompt',
): Promise<Received> => {
  const room = session.rooms.get(id)
  if (room === undefined) return nothing
  const decoded = frames.map(decodeEvent)
  const ours = decoded.flatMap((event) => (event.ok && event.value.conversation === id ? [event.value] : []))
  const others = await othersInTheirPlace(session, room, ours)
  const fresh = ours.filter((event) => isNew(room, event) || others.has(event))
  const malformedCount = decoded.filter((event) => !event.ok || event.value.conversation !== id).length
  const verified = await verifyAll(session, fresh)
  const refused = malformedCount + fresh.length - verified.length
  if (verified.length === 0) return { taken: 0, refused }
  const received = await session.rooms.enter(id, async (present, draft) => takeAll(session, draft, present, verified), urgency)
  return { taken: received.taken, refused: received.refused + refused }
}

/** One sealed event, from gossip or from a linked member. What cannot be opened is dropped: sync brings it another way. */
export const receiveSealed = async (session: Session, id: ConversationId, sealed: Uint8Array): Promise<Received> => {
  const header = sealedHeader(sealed)
  if (!header.ok) return { taken: 0, refused: 1 }
  const { epoch, sender, index } = header.value
  return session.rooms.enter(id, async (room, draft) => {
    const chain = await draft.get('senderChains', [id, epoch, sender])
    const key = chain && keyAt(chain, index)
    if (room === undefined || key === undefined) return { value: nothing }
    const opened = openSealed(sealed, key)
    const event = opened.ok ? decodeEvent(opened.value) : opened
    const isHonest =
      event.ok &&
      event.value.conversation === id &&
      event.value.epoch === epoch &&
      event.value.device === sender &&
      event.value.index === index
    if (!isHonest) return { value: { taken: 0, refused: 1 } }
    // Asked for while the signature is checked, because `absorb` will want it.
    for (const key of rowsToRead(room.record, [event.value])) void draft.get('timeline', key).catch(() => undefined)
    const verified = await verifyAll(session, [event.value])
    return { ...(await takeAll(session, draft, room, verified)), durability: 'seen-first' }
  })
}

/** Events whose place in the log is taken, and not by them: their author may have told different people different things. */
const othersInTheirPlace = async (session: Session, room: Room, events: readonly SignedEvent[]): Promise<ReadonlySet<SignedEvent>> => {
  const { id, chains } = room.conversation
  const held = events.filter((event) => event.seq <= heldSeq(chains, event.lane, event.device))
  if (held.length === 0) return new Set()
  const isOther = async (reader: StoreReader, { lane, device, seq, id: event, bytes: theirs }: SignedEvent): Promise<boolean> => {
    if ((await reader.get('places', [id, event])) !== undefined) return false
    const ours = await reader.get('events', [id, lane, device, seq])
    if (ours === undefined) return false
    const kept = await reader.get('forks', [id, lane, device])
    return kept === undefined || isForMore(room, { ours: ours.bytes, theirs }, kept)
  }
  const found = await session.store.read(
    (reader) => Promise.all(held.map((event) => isOther(reader, event))),
    ['places', 'events', 'forks'],
  )
  return new Set(held.filter((_, at) => found[at] === true))
}

const isNew = (room: Room, event: SignedEvent): boolean =>
  event.seq > heldSeq(room.conversation.chains, event.lane, event.device) && !room.early.has(event.id)

const verifyAll = async (session: Session, events: readonly SignedEvent[]): Promise<readonly VerifiedEvent[]> => {
  const results = await Promise.all(events.map((event) => verifyEvent(event, session.signer.verify)))
  return results.flatMap((result) => (result.ok ? [result.value] : []))
}

const takeAll = async (session: Session, draft: Draft, room: Room | undefined, events: readonly VerifiedEvent[]) => {
  if (room === undefined) return { value: nothing }
  const { room: after, taken, refused } = await absorb(session, draft, room, events)
  const isUnchanged = after === room && draft.writes().length === 0
  return isUnchanged ? { value: { taken, refused } } : { room: after, value: { taken, refused } }
}
