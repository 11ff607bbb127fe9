// What a person sees of one event, with everything that was said about it since. Folding is independent of order: whichever of edit,
// reaction and deletion comes first, the row is the same.
import type { DeviceId, EventId, IdentityId } from '../ids.ts'
import type { EventRef } from '../event/event.ts'
import type { Policy, Role } from '../members/role.ts'

export interface MessageRow {
  readonly kind: 'message'
  readonly id: EventId
  readonly hlc: number
  readonly author: IdentityId
  readonly device: DeviceId
  readonly seq: number
  /** When its author says it was written. */
  readonly wall: number
  readonly text: string
  readonly replyTo: EventRef | null
  /** What its thread began with, where that is not the message that it replies to; see `threadOf`. */
  readonly thread?: EventRef
  /** The answers that it asks everybody to choose from; its text is the question. */
  readonly poll?: PollOffer
  /** Where somebody is, as in the event; its text says the same in digits. */
  readonly place?: Place
  /** The author's own contact link; its text is their name in it. */
  readonly card?: string
  /** It calls everybody, by somebody who may. */
  readonly callsEverybody?: true
  /** Came after messages that stand behind it had been shown. */
  readonly late: boolean
  /** Said by somebody who had been removed, unaware of it: kept, and not shown. */
  readonly isVoid?: true
  /** It disappears: of so many seconds, and at which moment on this device (milliseconds since 1970). */
  readonly fades?: { readonly lifetime: number; readonly at: number }
  readonly about: About
}

/** Millionths of a degree, and metres. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
  readonly accuracy: number | null
}

/** What a poll lets one choose from, and until when: milliseconds since 1970. */
export interface PollOffer {
  readonly options: readonly string[]
  readonly multiple: boolean
  readonly closesAt?: number
}

/** Something that happened between messages. */
export interface NoticeRow {
  readonly kind: 'notice'
  readonly id: EventId
  readonly hlc: number
  readonly wall: number
  readonly author: IdentityId
  readonly notice: Notice
  readonly isVoid?: true
}

export type Notice =
  | { readonly kind: 'created'; readonly name: string }
  | { readonly kind: 'joined'; readonly person: IdentityId; readonly name: string }
  | { readonly kind: 'removed'; readonly person: IdentityId }
  | { readonly kind: 'role'; readonly person: IdentityId; readonly role: Role }
  /** `before`: what held as far as its author knew; not known in rows of before. */
  | { readonly kind: 'policy'; readonly policy: Policy; readonly before?: Policy }
  | { readonly kind: 'left' }
  | { readonly kind: 'named'; readonly name: string }
  /** What is said from here on disappears after so many seconds, or never: 0. */
  | { readonly kind: 'timer'; readonly seconds: number }
  | { readonly kind: 'slow'; readonly seconds: number }
  /** Whether newcomers are asked for first from here on. */
  | { readonly kind: 'approval'; readonly on: boolean }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'renamed'; readonly name: string }
  /** The group has another picture, or none. */
  | { readonly kind: 'pictured' }
  /** The author has another device from here on, or has one no more. */
  | { readonly kind: 'device-added' | 'device-removed' }
  /** A device was found to have told different people different things; not an event of its own, but a conclusion of this device. */
  | { readonly kind: 'forked' }
  | { readonly kind: 'newer-version' }

/** Says about a message that has not come: kept until it does. */
export interface AwaitedRow {
  readonly kind: 'awaited'
  readonly id: EventId
  readonly hlc: number
  readonly about: About
}

export type TimelineRow = MessageRow | NoticeRow | AwaitedRow

/** Something said about a message: where in the order, by whom, and whether it does not count after all. */
export interface Remark extends EventRef {
  readonly by: IdentityId
  readonly isVoid?: true
}

/** Whether it counts after all. */
export const counts = (remark: Remark): boolean => remark.isVoid !== true

/** What somebody chose, and when they say that they did (milliseconds since 1970; not known in rows of before). */
export interface Vote extends Remark {
  readonly choices: readonly number[]
  readonly wall?: number
}

export interface Deletion extends Remark {
  /** By somebody who may take away what others said: it counts whoever wrote the message. */
  readonly forAll?: true
}

/** What was said about a message, each by its author and in its place in the order. */
export interface About {
  readonly edits: readonly (Remark & { readonly text: string })[]
  readonly deletions: readonly Deletion[]
  readonly reactions: readonly (Remark & { readonly emoji: string; readonly on: boolean })[]
  /** Of each person the last word; absent in rows of before and where nobody said anything of it. */
  readonly pins?: readonly (Remark & { readonly on: boolean })[]
  /** Of each person the last votes, since the end of a poll may name an earlier one; absent where nobody voted. */
  readonly votes?: readonly Vote[]
  /** Ends of a poll, each with the votes that count; absent where there is none. */
  readonly closings?: readonly (Remark & { readonly votes: readonly EventId[] })[]
}

export const nothingSaid: About = { edits: [], deletions: [], reactions: [] }
