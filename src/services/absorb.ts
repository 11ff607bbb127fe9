// One verified event into a room: its place in the log, the rows that people see, the keys that it brings or uses up. All of it goes
// into the draft of one journey, so it is committed whole or not at all. One's own events take the same way.
import { hlcPerMs } from '../core/event/clock.ts'
import type { SignedEvent, VerifiedEvent } from '../core/event/event.ts'
import { isMessage, lanes } from '../core/event/event.ts'
import { isIdle, isVoidIn, withLog } from '../core/conversation/counts.ts'
import { startAtFloor, takeIn, type Taken } from '../core/conversation/conversation.ts'
import type { IdentityId } from '../core/ids.ts'
import { foldRow, rowOf } from '../core/timeline/fold.ts'
import type { TimelineRow } from '../core/timeline/row.ts'
import { seenMessage } from '../core/timeline/seen.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import type { Patience } from '../core/log/admission.ts'
import { heldSeq } from '../core/log/chains.ts'
import { maxPendingBytes, maxPendingEvents } from '../core/limits.ts'
import type { ConversationRecord, Tables } from '../ports/tables.ts'
import type { Deps } from './deps.ts'
import { isHeld, keepFading } from './disappear.ts'
import type { Draft } from './draft.ts'
import { excerpt } from './excerpt.ts'
import { openEpoch, useUpKey } from './epochs.ts'
import { keepProof } from './forks.ts'
import { keepPictures } from './pictures.ts'
import { remarkRows } from './remark.ts'
import { recordReply } from './replies.ts'
import type { Room } from './room.ts'
import type { Me } from './me.ts'
import { withUnread } from './unread.ts'

export interface Absorbed {
  readonly room: Room
  /** Events that are in the log now and were not before. */
  readonly taken: number
  /** Events that broke a rule: forged, not allowed, contradicting. */
  readonly refused: number
}

type AbsorbDeps = Pick<Deps, 'hpke' | 'clock' | 'store'> & { readonly me: Me }

/** Takes in events in the order given, and whatever they set free. */
export const absorb = async (
  deps: AbsorbDeps,
  draft: Draft,
  room: Room,
  events: readonly VerifiedEvent[],
  patience: Patience = 'patient',
): Promise<Absorbed> => {
  if (events.length > 1) {
    await draft.prefetch('timeline', rowsToRead(room.record, events))
    await draft.prefetch('events', takenPlaces(room, events))
  }
  let absorbed: Absorbed = { room, taken: 0, refused: 0 }
  for (const event of events) absorbed = await absorbOne(deps, draft, absorbed, event, patience)
  return absorbed
}

const absorbOne = async (deps: AbsorbDeps, draft: Draft, before: Absorbed, event: VerifiedEvent, patience: Patience): Promise<Absorbed> => {
  const outcome: Taken = takeIn(before.room.conversation, event, patience)
  switch (outcome.kind) {
    case 'known':
      return { ...before, refused: before.refused + Number(await keepProof(deps, draft, before.room, event, event.seq)) }
    case 'early':
      return { ...before, room: remember(before.room, event) }
    case 'fork':
      await keepProof(deps, draft, before.room, event, event.seq - 1)
      return { ...before, room: forget(before.room, event), refused: before.refused + 1 }
    case 'refused':
      return { ...before, room: forget(before.room, event), refused: before.refused + 1 }
    case 'taken': {
      const room = forget({ ...before.room, conversation: outcome.conversation }, event)
      const written = await write(deps, draft, room, event)
      if (event.lane === lanes.members) {
        await remarkRows(deps, draft, before.room.conversation.members, written)
        keepPictures(draft, before.room.conversation.members, written)
      }
      return release(deps, draft, { ...before, room: written, taken: before.taken + 1 })
    }
  }
}

/** Events that waited for this one, oldest first: all of them, also when one breaks a rule, since nothing else would call the rest. */
const release = async (deps: AbsorbDeps, draft: Draft, absorbed: Absorbed): Promise<Absorbed> => {
  let present = absorbed
  for (;;) {
    const { conversation, early } = present.room
    const next = [...early.values()].find((event) => takeIn(conversation, event).kind !== 'early')
    if (next === undefined) return present
    present = await absorbOne(deps, draft, { ...present, room: forget(present.room, next) }, next, 'patient')
  }
}

/** What finds no room comes again by sync, once it can be taken. One device cannot fill all of it: that would keep out everybody else's. */
const remember = (room: Room, event: VerifiedEvent): Room => {
  const waiting = [...room.early.values()]
  const isFull = (others: readonly VerifiedEvent[], share: number): boolean =>
    others.length >= maxPendingEvents * share ||
    others.reduce((sum, { bytes }) => sum + bytes.length, event.bytes.length) > maxPendingBytes * share
  const ofThisDevice = waiting.filter(({ device }) => device === event.device)
  if (isFull(waiting, 1) || isFull(ofThisDevice, 1 / 2)) return room
  return { ...room, early: new Map(room.early).set(event.id, event) }
}

const forget = (room: Room, event: VerifiedEvent): Room => {
  if (!room.early.has(event.id)) return room
  const early = new Map(room.early)
  early.delete(event.id)
  return { ...room, early }
}

const write = async (deps: AbsorbDeps, draft: Draft, room: Room, event: VerifiedEvent): Promise<Room> => {
  const { id } = room.conversation
  const { lane, device, seq, hlc } = event
  const { kept, at } = await keepFading(deps, draft, event)
  draft.put('events', [id, lane, device, seq], { bytes: kept.bytes })
  draft.put('places', [id, event.id], { lane, device, seq, hlc })
  draft.put('chains', [id, lane, device], { lane, device, seq, id: event.id, hlc })
  await useUpKey(deps, draft, event)
  const entered = lane === lanes.members ? enterAtFloor(deps, draft, room) : room
  const opened = event.body.kind === 'epoch' ? await openEpoch(deps, draft, entered, event) : entered
  const author = opened.conversation.members?.ownerByDevice.get(device)
  return author === undefined ? opened : show(deps, draft, opened, kept, author, at)
}

/** Once one has been let in, content begins at the floor of that grant. */
const enterAtFloor = ({ me }: AbsorbDeps, draft: Draft, room: Room): Room => {
  const member = room.conversation.members?.people.get(me.identity)
  if (member === undefined) {
    return room.record.standing === 'joining' ? room : { ...room, record: { ...room.record, standing: 'left' } }
  }
  const conversation = startAtFloor(room.conversation, member.floor)
  for (const [key, head] of conversation.chains) {
    if (room.conversation.chains.get(key) !== head) draft.put('chains', [conversation.id, head.lane, head.device], head)
  }
  const alone = conversation.members?.as === 'direct' && conversation.members.people.size < 2
  const isAsking = room.record.standing === 'asking'
  const standing = alone && room.record.standing !== 'member' ? (isAsking ? 'asking' : 'inviting') : 'member'
  return { ...room, conversation, record: { ...room.record, standing } }
}

type RowKey = Tables['timeline']['key']

/** Where the row stands that an event changes, if anybody sees it. */
const rowKeyOf = (event: SignedEvent): RowKey | undefined => {
  const target = rowOf(event)
  return target && [event.conversation, timelineBucket(target.hlc), target.id]
}

/** A row of an event's own is there before it only when something was said about it that came first. */
const isNewRow = ({ awaited }: ConversationRecord, event: SignedEvent, [, , id]: RowKey): boolean => awaited === 0 && id === event.id

/** The places in the log that somebody has, perhaps the very same event: what two linked devices sent came while this waited for its turn. */
const takenPlaces = ({ conversation: { id, chains } }: Room, events: readonly VerifiedEvent[]): readonly Tables['events']['key'][] =>
  events.flatMap(({ lane, device, seq }) => (seq <= heldSeq(chains, lane, device) ? [[id, lane, device, seq] as const] : []))

/** The rows that `absorb` will want to see. */
export const rowsToRead = (record: ConversationRecord, events: readonly SignedEvent[]): readonly RowKey[] => {
  const keyed = events.flatMap((event) => {
    const key = rowKeyOf(event)
    return key === undefined ? [] : [{ event, key }]
  })
  // One that is spoken of may be among these, or not.
  if (keyed.some(({ event, key }) => key[2] !== event.id)) return keyed.map(({ key }) => key)
  return keyed.flatMap(({ event, key }) => (isNewRow(record, event, key) ? [] : [key]))
}

const show = async (
  deps: AbsorbDeps,
  draft: Draft,
  room: Room,
  event: VerifiedEvent,
  author: IdentityId,
  fadesAt: number | undefined,
): Promise<Room> => {
  const key = rowKeyOf(event)
  if (key === undefined) return room
  const isVoid = isVoidIn(room.conversation, event)
  const before = isNewRow(room.record, event, key) ? undefined : await draft.get('timeline', key)
  // Nothing is said any more about what has disappeared.
  if (before === undefined && key[2] !== event.id && (await isHeld(draft, key[0], key[2]))) return room
  if (event.body.kind === 'gone') return withoutRow(draft, room, key, before)
  const folded = foldRow(before, event, author, isLate(deps.me, room.record, event, author), isVoid, fadesAt)
  const row = folded && withLog(room.conversation, event, folded)
  if (row === undefined) return room
  draft.put('timeline', key, row)
  if (event.body.kind === 'pin') draft.put('pins', [key[0], key[2]], event.body.target)
  recordReply(draft, event, author, !isVoid)
  const counted = { ...room.record, ...awaitedAfter(room.record, before, row) }
  if (isVoid || isIdle(row, event)) return { ...room, record: counted }
  const record = { ...counted, at: Math.max(room.record.at, Math.min(event.wall, deps.clock.now())) }
  const isLast = row.kind === 'message' && row.hlc >= (record.last?.hlc ?? 0)
  const isOwn = isMessage(event.body) && event.device === deps.me.device
  return {
    ...room,
    record: {
      ...withUnread(record, deps.me, event, author, row),
      ...(isOwn ? { saidUpTo: event.seq, saidAt: event.wall, said: (record.said ?? 0) + 1 } : {}),
      ...(isLast ? { last: { author: row.author, text: excerpt(seenMessage(row).text), hlc: row.hlc } } : {}),
    },
  }
}

/** What was said about a message before it came, which has disappeared by now. */
const withoutRow = (draft: Draft, room: Room, key: RowKey, before: TimelineRow | undefined): Room => {
  if (before === undefined) return room
  draft.delete('timeline', key)
  return { ...room, record: { ...room.record, ...awaitedAfter(room.record, before, undefined) } }
}

/** Not known in records of before, and then never. */
const awaitedAfter = (
  { awaited }: ConversationRecord,
  before: TimelineRow | undefined,
  row: TimelineRow | undefined,
): Pick<ConversationRecord, 'awaited'> =>
  awaited === undefined ? {} : { awaited: awaited + Number(row?.kind === 'awaited') - Number(before?.kind === 'awaited') }

/** A minute of the clock that orders events. */
const minuteHlc = 60_000 * hlcPerMs
/** Others' messages that belong well before what was last shown. */
const isLate = (me: Me, record: ConversationRecord, event: VerifiedEvent, author: IdentityId): boolean =>
  isMessage(event.body) && author !== me.identity && event.hlc < (record.last?.hlc ?? 0) - minuteHlc
