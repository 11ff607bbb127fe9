// The journey out: author, seal, commit. The bytes leave by `deliver`, once they are committed.
import { isMessage, type ContentBody, type EventRef } from '../core/event/event.ts'
import type { ConversationId, EventId } from '../core/ids.ts'
import { maxTextBytes } from '../core/limits.ts'
import { utf8Length } from '../core/codec/bytes.ts'
import { mayDelete, mayPin } from '../core/members/rights.ts'
import { ok, type Result } from '../core/result.ts'
import { seenMessage } from '../core/timeline/seen.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import type { Replying } from '../core/timeline/thread.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { Tables } from '../ports/tables.ts'
import { say } from './author.ts'
import type { Draft } from './draft.ts'
import { problem } from './problems.ts'
import { replyingTo } from './replies.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'
import { waitUntil } from './slow.ts'
import { unsentNumber } from './unsent.ts'

type Answer = Result<void, CommandProblem>

export const sendMessage = async (
  session: Session,
  id: ConversationId,
  typed: string,
  replyTo?: EventId,
  thread?: EventId,
): Promise<Answer> => {
  const bad = checkText(typed)
  if (bad !== undefined) return bad
  return session.rooms.enter<Answer>(id, async (room, draft) => {
    if (room === undefined) return { value: problem('no-such-conversation') }
    // One text until they accept.
    if (room.record.standing === 'asking') return { value: problem('not-allowed') }
    if (waitUntil(room.record, session.me.identity) > session.clock.now()) return { value: problem('too-soon') }
    const said = await replyingTo(draft, id, replyTo ?? thread)
    if (room.record.standing === 'joining') return keepForLater(session, room, draft, typed, said?.replyTo ?? null)
    draft.delete('drafts', draftKey(id, thread))
    return { room: await sayText(session, draft, room, typed, said), value: ok(undefined) }
  })
}

/** Where what is typed and not sent is kept: in a thread apart. */
export const draftKey = (id: ConversationId, thread: EventId | undefined): Tables['drafts']['key'] =>
  thread === undefined ? [id] : [id, thread]

/**
 * What was typed at the door comes first, also when this is typed in the moment of being let in. Halves of letters, which UTF-8 has no way to
 * say, are here what they are for everybody else: U+FFFD.
 */
export const sayText = async (
  session: Session,
  draft: Draft,
  room: Room,
  typed: string,
  { replyTo, thread }: Replying = { replyTo: null },
): Promise<Room> => {
  const text = typed.toWellFormed()
  const ready = await sayUnsent(session, draft, room)
  return say(session, draft, ready, { kind: 'text', text, replyTo, ...(thread === undefined ? {} : { thread }) })
}

export const editMessage = async (session: Session, id: ConversationId, message: EventId, typed: string): Promise<Answer> =>
  checkText(typed) ?? sayAbout(session, id, message, (target) => ({ kind: 'edit', target, text: typed.toWellFormed() }))

/** One's own, or anybody's where one looks after the group. */
export const deleteMessage = async (session: Session, id: ConversationId, message: EventId): Promise<Answer> => {
  const n = unsentNumber(message)
  if (n !== undefined) return dropUnsent(session, id, n)
  return sayAbout(session, id, message, async (target, draft) => {
    const row = await draft.get('timeline', [id, timelineBucket(target.hlc), target.id])
    const members = session.rooms.get(id)?.conversation.members
    const me = members?.people.get(session.me.identity)
    const isOwn = row?.kind === 'message' && row.author === session.me.identity
    return isOwn || (members && me && mayDelete(members, me)) ? { kind: 'delete', target } : problem('not-allowed')
  })
}

/** What waits at the door goes without a trace. */
const dropUnsent = async (session: Session, id: ConversationId, n: number): Promise<Answer> =>
  session.rooms.enter<Answer>(id, async (room, draft) => {
    if (room === undefined || (await draft.get('unsent', [id, n])) === undefined) return { value: problem('too-late') }
    draft.delete('unsent', [id, n])
    return { room, value: ok(undefined) }
  })

/** Sets or takes back one's own reaction, whichever it is not yet. */
export const react = async (session: Session, id: ConversationId, message: EventId, emoji: string): Promise<Answer> =>
  sayAbout(session, id, message, async (target, draft) => {
    const row = await draft.get('timeline', [id, timelineBucket(target.hlc), target.id])
    const mine =
      row?.kind === 'message' &&
      seenMessage(row).reactions.some((reaction) => reaction.emoji === emoji && reaction.by.includes(session.me.identity))
    return { kind: 'reaction', target, emoji, on: !mine }
  })

export const setPinned = async (session: Session, id: ConversationId, message: EventId, pinned: boolean): Promise<Answer> => {
  const room = session.rooms.get(id)?.conversation.members
  const me = room?.people.get(session.me.identity)
  if (room !== undefined && (me === undefined || !mayPin(room, me))) return problem('not-allowed')
  return sayAbout(session, id, message, (target) => ({ kind: 'pin', target, on: pinned }))
}

/** Says what is no text: only where everybody is in already. */
export const sayThing = async (session: Session, id: ConversationId, body: About): Promise<Answer> =>
  session.rooms.enter<Answer>(id, async (room, draft) => {
    if (room === undefined) return { value: problem('no-such-conversation') }
    if (room.record.standing === 'asking' || room.record.standing === 'joining') return { value: problem('not-allowed') }
    if (isMessage(body) && waitUntil(room.record, session.me.identity) > session.clock.now()) return { value: problem('too-soon') }
    return { room: await say(session, draft, room, body), value: ok(undefined) }
  })

type About = Exclude<ContentBody, { kind: 'epoch' }>

/** Says something about a message that is here, or why not. */
export const sayAbout = async (
  session: Session,
  id: ConversationId,
  message: EventId,
  bodyOf: (target: EventRef, draft: Draft) => About | Promise<About | Result<never, CommandProblem>>,
): Promise<Answer> =>
  session.rooms.enter<Answer>(id, async (room, draft) => {
    const target = await refOf(draft, id, message)
    if (room === undefined || target === undefined) return { value: problem('no-such-conversation') }
    if (room.record.standing === 'asking') return { value: problem('not-allowed') }
    if ((await draft.get('timeline', [id, timelineBucket(target.hlc), target.id])) === undefined) return { value: problem('gone') }
    const body = await bodyOf(target, draft)
    if ('ok' in body) return { value: body }
    return { room: await say(session, draft, room, body), value: ok(undefined) }
  })

/** Until somebody lets us in there is no log to write to: what was typed is kept in order and said then. */
const keepForLater = async (session: Session, room: Room, draft: Draft, text: string, replyTo: EventRef | null) => {
  const { id } = room.conversation
  const kept = await session.store.read((reader) => reader.list('unsent', [id], { reverse: true, limit: 1 }), ['unsent'])
  const at = session.clock.now()
  draft.put('unsent', [id, (kept[0]?.key[1] ?? 0) + 1], { text, replyTo, at })
  draft.delete('drafts', [id])
  return { room: { ...room, allSaid: false, record: { ...room.record, at: Math.max(room.record.at, at) } }, value: ok(undefined) }
}

/** Says what was typed before, in its order, in the same commit that lets go of it. */
export const sayUnsent = async (session: Session, draft: Draft, room: Room): Promise<Room> => {
  if (room.allSaid) return room
  const { id } = room.conversation
  let after: Room = { ...room, allSaid: true }
  for (const { key, value } of await session.store.read((reader) => reader.list('unsent', [id]), ['unsent'])) {
    after = await say(session, draft, after, { kind: 'text', text: value.text, replyTo: value.replyTo })
    draft.delete('unsent', key)
  }
  return after
}

/** Where a message stands; undefined when it is not here. */
const refOf = async (draft: Draft, id: ConversationId, message: EventId): Promise<EventRef | undefined> => {
  const place = await draft.get('places', [id, message])
  return place && { id: message, hlc: place.hlc }
}

/** Why a text cannot be sent. */
export const checkText = (typed: string): Answer | undefined => {
  if (typed.trim() === '') return problem('empty')
  return utf8Length(typed) > maxTextBytes ? problem('too-long') : undefined
}
