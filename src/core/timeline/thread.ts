// Threads: the replies to one message, and to those replies (src/decisions/0028). A reply says itself where its thread began, so nobody has
// to hold what lies between, and all come to the same whatever arrives first.
import type { EventRef } from '../event/event.ts'

/** As much of a message as says where it belongs. */
export interface Replying {
  readonly replyTo: EventRef | null
  readonly thread?: EventRef
}

/** The message that the thread of a reply began with; null for what replies to nothing. */
export const threadOf = ({ replyTo, thread }: Replying): EventRef | null => thread ?? replyTo

/** What a new message says that answers `target`: it goes on with the thread of a reply, and begins one under anything else. */
export const replyUnder = (target: EventRef, itsThread: EventRef | null): Replying =>
  itsThread === null || itsThread.id === target.id ? { replyTo: target } : { replyTo: target, thread: itsThread }
