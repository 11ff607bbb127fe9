// The one thing that is signed, stored and sent (PROTOCOL section 3). An event stands in one of two lanes of its device's chains, see
// src/decisions/0004-two-lanes.md: `members` (who may read and write; everybody holds all of it) and `content` (what is said, and the
// epochs that it is sealed under; a newcomer holds it from the grant on).
import type { ConversationId, DeviceId, EventId, IdentityId } from '../ids.ts'
import type { DeviceCard, PersonCard } from '../members/card.ts'
import type { Policy, Role } from '../members/role.ts'

export const lanes = { members: 0, content: 1 } as const
export type Lane = (typeof lanes)[keyof typeof lanes]

/** A position in a chain that an event says it has seen. */
export interface Dep {
  readonly lane: Lane
  readonly device: DeviceId
  readonly seq: number
  readonly id: EventId
}

/** A position with its place in the order: the end of a chain, or a grant's floor. */
export interface Head extends Dep {
  readonly hlc: number
}

/** Names another event together with its place in the order, so that its row is found without an index. */
export interface EventRef {
  readonly id: EventId
  readonly hlc: number
}

/** One recipient of an epoch's secret: HPKE to that device's key, which is named by the first 8 bytes of its hash, in hex. */
export interface EpochShare {
  readonly device: DeviceId
  readonly key: string
  readonly enc: Uint8Array
  readonly ciphertext: Uint8Array
}

/** Why somebody who asked to be let in is not: somebody may decide so, or they thought better of it. */
export type Dismissed = 'declined' | 'withdrawn'

/** How many may join by an invite: one, or everybody who has the link. */
export type InviteUses = 'single' | 'many'

export type MembersBody =
  | {
      readonly kind: 'create'
      readonly as: 'direct' | 'group'
      /** Binds the conversation's id to its creator (16 bytes). */
      readonly nonce: Uint8Array
      readonly name: string
      /** From which the conversation's blinded tags and topics are derived (32 bytes). */
      readonly meeting: Uint8Array
      readonly person: PersonCard
    }
  | { readonly kind: 'add'; readonly person: PersonCard; readonly invite: string | null; readonly floor: readonly Head[] }
  /** `last`: the ends of that person's content chains that the remover held; what they said beyond, unaware of it, does not count. */
  | { readonly kind: 'remove'; readonly identity: IdentityId; readonly last: readonly Head[] }
  | { readonly kind: 'role'; readonly identity: IdentityId; readonly role: Role }
  | { readonly kind: 'policy'; readonly policy: Policy }
  /** One of the author's own devices is theirs no more; `last` as with a removal. */
  | { readonly kind: 'revoke'; readonly device: DeviceId; readonly last: readonly Head[] }
  | { readonly kind: 'leave' }
  | { readonly kind: 'name'; readonly name: string }
  /** Seconds after which what is said from here on disappears; 0 for never. */
  | { readonly kind: 'timer'; readonly seconds: number }
  /** Seconds that lie at least between two messages of somebody who does not look after the group; 0 for none. */
  | { readonly kind: 'slow'; readonly seconds: number }
  /** Whoever comes by an invite from here on is let in only once somebody who looks after the group has said so. */
  | { readonly kind: 'approval'; readonly on: boolean }
  /** Somebody who holds that invite asks to be let in, as the author was told and shown. */
  | { readonly kind: 'apply'; readonly person: PersonCard; readonly invite: string }
  | { readonly kind: 'dismiss'; readonly identity: IdentityId; readonly why: Dismissed }
  /** Nobody is let in by that invite any more. */
  | { readonly kind: 'withdraw'; readonly invite: string }
  | { readonly kind: 'profile'; readonly name: string }
  /** A picture of the author, or of the group: see members/picture; empty to have none. */
  | { readonly kind: 'picture'; readonly of: 'self' | 'group'; readonly picture: Uint8Array }
  | { readonly kind: 'device'; readonly device: DeviceCard }
  | {
      readonly kind: 'invite'
      /** 16 bytes in hex, derived from the link's secret. */
      readonly invite: string
      /** The Ed25519 key (32 bytes) whose holder has the link. */
      readonly key: Uint8Array
      /** From which the invite's meeting tags are derived (32 bytes). */
      readonly meeting: Uint8Array
      readonly expiresAt: number
      readonly uses: InviteUses
    }

export type ContentBody =
  | {
      readonly kind: 'epoch'
      readonly suite: number
      /** SHA-256 of the secret under a domain tag: everyone can tell whether all were given the same. */
      readonly commitment: Uint8Array
      readonly shares: readonly EpochShare[]
    }
  /** `thread`: the message that all of it began with, where that is not the one that is answered here. */
  | { readonly kind: 'text'; readonly text: string; readonly replyTo: EventRef | null; readonly thread?: EventRef }
  | { readonly kind: 'edit'; readonly target: EventRef; readonly text: string }
  | { readonly kind: 'delete'; readonly target: EventRef }
  | { readonly kind: 'reaction'; readonly target: EventRef; readonly emoji: string; readonly on: boolean }
  /** Whether a message is kept in front for everybody. Counts by those who may pin; from others it is kept and ignored. */
  | { readonly kind: 'pin'; readonly target: EventRef; readonly on: boolean }
  /**
   * A question with 2 to 12 answers, of which everybody chooses one, or any. Everybody sees who chose what. `closesAt`: a vote does not count
   * that says of itself that it was given later (milliseconds since 1970).
   */
  | {
      readonly kind: 'poll'
      readonly question: string
      readonly options: readonly string[]
      readonly multiple: boolean
      readonly closesAt?: number
    }
  /** Where somebody is: millionths of a degree, north and east positive; how far off it may be in metres, if that is known. */
  | { readonly kind: 'place'; readonly latitude: number; readonly longitude: number; readonly accuracy: number | null }
  /** The author's own contact link (`core/invite/link`, without the page's address): whoever reads it may ask them to talk. */
  | { readonly kind: 'card'; readonly link: string }
  /** What somebody chooses now, by the places of the answers in ascending order; none takes a vote back. */
  | { readonly kind: 'vote'; readonly target: EventRef; readonly choices: readonly number[] }
  /** Ends a poll: these votes count, in ascending order, and no others. Counts by its author. */
  | { readonly kind: 'close'; readonly target: EventRef; readonly votes: readonly EventId[] }

/** Kept, forwarded and shown as made by a newer version. */
export interface UnknownBody {
  readonly kind: 'unknown'
  readonly name: string
  readonly content: unknown
}

/** What was said has disappeared, and only its place is left: a message of its own, or an edit of `target`. */
export interface GoneBody {
  readonly kind: 'gone'
  readonly target: EventRef | null
}

export type EventBody = MembersBody | ContentBody | UnknownBody | GoneBody

/** How an event says something that disappears, see fading.ts. */
export interface Fading {
  /** Seconds, at least 1. */
  readonly lifetime: number
  /** What the signature covers in place of the words: 32 bytes. */
  readonly commitment: Uint8Array
  /** What travels beside the signed payload as long as it is there. */
  readonly words: Uint8Array | null
}

export interface EventFields {
  readonly conversation: ConversationId
  readonly lane: Lane
  readonly device: DeviceId
  /** From 1, without gaps, per device and lane. */
  readonly seq: number
  /** The device's previous event in this lane. */
  readonly prev: EventId | null
  /** Heads seen, at most 32. Always names the newest members heads known, so that rights can be judged from the event alone. */
  readonly deps: readonly Dep[]
  /** Hybrid logical clock: greater than that of everything its author had seen. About milliseconds since 1970 times 1,024. */
  readonly hlc: number
  /** When the author says it was written: milliseconds since 1970. For eyes only. */
  readonly wall: number
  /** The epoch and the place in its sender's chain that the event was sealed with; null and 0 when it was never sealed. */
  readonly epoch: EventId | null
  readonly index: number
  readonly body: EventBody
  /** Only where what is said disappears. */
  readonly fading?: Fading
}

/** Decoded, well-formed, and nothing more is known of it. */
export interface SignedEvent extends EventFields {
  readonly id: EventId
  /** As it came: 64 bytes of signature, then the payload. Stored and forwarded as is, but for words whose time is over. */
  readonly bytes: Uint8Array
}

declare const verified: unique symbol
/** Its signature, and those inside it, were found good; only `verifyEvent` and `authorEvent` make one. */
export type VerifiedEvent = SignedEvent & { readonly [verified]: true }

/** Whether it is a message of its own: something to be read, counted and waited for. */
export const isMessage = (body: EventBody): boolean =>
  body.kind === 'text' || body.kind === 'poll' || body.kind === 'place' || body.kind === 'card'
