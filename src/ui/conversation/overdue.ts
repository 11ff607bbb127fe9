// What waits longer than it should: an own message that nobody has taken, although somebody it is for has been connected for a while, and a
// text whose time has come and that has not gone out. Pure; who shows it looks again when the next one is due.
import type { ConnectionView, ConversationView, MessageView } from '../../ports/queries.ts'

/** Milliseconds in which whoever is connected has taken a message, unless something is wrong there. */
const takenMs = 60_000
/** Milliseconds in which what has come to its time is said, once more where storage failed at first. */
const saidMs = 15_000

/** Nobody has taken it, or this device could not say it. */
export type Overdue = 'untaken' | 'unsaid'

/** Since when somebody else of a conversation is connected: milliseconds since 1970; undefined while nobody is. */
export const reachedSince = (
  { members }: Pick<ConversationView, 'members'>,
  { links }: Pick<ConnectionView, 'links'>,
): number | undefined => {
  const others = new Set(members.flatMap(({ identity, isMe, online }) => (isMe || !online ? [] : [identity])))
  const moments = links.flatMap(({ identity, since }) => (identity !== undefined && others.has(identity) ? [since] : []))
  return moments.length === 0 ? undefined : Math.min(...moments)
}

/** From when on a message is overdue if it waits until then: milliseconds since 1970; undefined for what may wait. */
export const dueAt = ({ at, deleted, delivery, later }: MessageView, reached: number | undefined): number | undefined => {
  if (later !== undefined) return later.when.kind === 'at' ? later.when.at + saidMs : undefined
  const isUntaken = delivery?.state === 'waiting' && delivery.have === 0 && delivery.of > 0 && !deleted
  return isUntaken && reached !== undefined ? Math.max(at, reached) + takenMs : undefined
}

/** Why it is shown as not sent; `now` in milliseconds since 1970. */
export const overdueOf = (message: MessageView, reached: number | undefined, now: number): Overdue | undefined => {
  const due = dueAt(message, reached)
  if (due === undefined || now < due) return undefined
  return message.later === undefined ? 'untaken' : 'unsaid'
}
