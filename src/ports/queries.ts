// What the UI may see: rows shaped for eyes, always from the local database, never from the network.
import type { EventRef } from '../core/event/event.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../core/ids.ts'
import type { Policy, Role } from '../core/members/role.ts'
import type { StatusWords } from '../core/presence/messages.ts'
import type { ExcerptPart } from '../core/search/excerpt.ts'
import type { Comparison, ComparisonEnd } from '../core/verification/comparison.ts'
import type { RefusedReason } from '../core/sync/messages.ts'
import type { Notice, Place } from '../core/timeline/row.ts'
import type { Live } from './live.ts'
import type { DeviceTrouble, LinkPath, NodeStatus, NodeTrial } from './network.ts'

export interface PersonView {
  readonly identity: IdentityId
  /** The nickname that they were given here, else what they call themselves. */
  readonly name: string
  /** What they call themselves, where a nickname stands in its place; the only one of the two that others know. */
  readonly ownName?: string
  /** Words of the person here about them, which nobody else learns. */
  readonly labels?: readonly string[]
  /** Short tag that tells two equal names apart: 4 characters made from the identity key. */
  readonly tag: string
  readonly isMe: boolean
}

/** What others learn, and what one learns of them: each works both ways. */
export interface Privacy {
  /** How far one has read. */
  readonly receipts: boolean
  readonly typing: boolean
  /** Whether one looks at the page now. */
  readonly here: boolean
  /** When one last did. */
  readonly seen: boolean
  readonly status: boolean
}

/** As it is until somebody says otherwise. */
export const openPrivacy: Privacy = { receipts: true, typing: true, here: true, seen: true, status: true }

/** What somebody is up to: an emoji and at most 64 characters, one of which may be empty. */
export interface StatusView extends StatusWords {
  /** When it ends by itself: milliseconds since 1970. */
  readonly until?: number
}

export type SessionView =
  | { readonly kind: 'loading' }
  /** Nobody has typed a name on this device yet. */
  | { readonly kind: 'new' }
  | { readonly kind: 'ready'; readonly me: PersonView; readonly isLeader: boolean; readonly privacy: Privacy; readonly status?: StatusView }
  /** The database cannot be used: one sentence for the person. */
  /** The database cannot be used: the browser forbids it, or what it says of the person here cannot be read. */
  | { readonly kind: 'broken'; readonly reason: 'forbidden' | 'unreadable' }

export type ConversationKind = 'direct' | 'group'

/**
 * Where one stands in a conversation: `inviting` (nobody has come yet), `joining` (the invite was accepted here, nobody has let us in
 * yet; text may be typed and waits), `asking` (somebody was asked to talk and has not answered: one text waits with them or for them),
 * `member`, `left`.
 */
export type Standing = 'inviting' | 'joining' | 'asking' | 'member' | 'left'

export interface ConversationSummary {
  readonly id: ConversationId
  readonly kind: ConversationKind
  /** The group's name, or the other person's. */
  readonly title: string
  /** The other person of a direct conversation, once known: their face is drawn from it. */
  readonly peer?: IdentityId
  /** Of the other person of a direct conversation. */
  readonly labels?: readonly string[]
  readonly standing: Standing
  /** Somebody who was reached has said that it is for others to decide whether one is let in. */
  readonly awaitsApproval: boolean
  /** People who ask to be let in, if the person here may decide; 0 for all others. */
  readonly asking: number
  readonly lastText?: { readonly author?: string; readonly text: string }
  /** Milliseconds since 1970 of the last thing that happened. */
  readonly at: number
  readonly unread: number
  /** Something unread calls the person here, by name or with everybody else. */
  readonly called: boolean
  readonly draft?: string
  /** Own messages that nobody else has yet. */
  readonly waiting: number
  /** People other than oneself with whom a device is connected now. */
  readonly online: number
  /** Of these, who say that they look at their page. */
  readonly here: number
  /** Of the other person in a direct conversation. */
  readonly status?: StatusView
  /** A direct conversation with somebody who is blocked here. */
  readonly blocked: boolean
  /** A direct conversation with somebody whose safety number was compared and found equal. */
  readonly verified: boolean
  /** Kept in front of the others. */
  readonly pinned: boolean
  /** Put away; it comes back by itself while something new is in it, unless it is muted. */
  readonly archived: boolean
  /** Nobody is told of what is new until then: milliseconds since 1970; 0 when it is not muted. */
  readonly mutedUntil: number
}

export type { Policy, Role }

export interface MemberView extends PersonView {
  readonly role: Role
  /** A device of theirs is connected now. */
  readonly online: boolean
  readonly path?: LinkPath
  /** What they tell of themselves, if the person here tells it too: that they look at their page, when they last did, and a status. */
  readonly here: boolean
  /** Milliseconds since 1970. */
  readonly seenAt?: number
  readonly status?: StatusView
  /** They, or the person here, keep to themselves whether they are here: nothing is to be said about it. */
  readonly presenceHidden: boolean
  /** The direct conversation with them, if there is one that still goes on. */
  readonly direct?: ConversationId
  /** Blocked here: what they say is hidden. */
  readonly blocked: boolean
  /** A device of theirs told different people different things here: the proof is kept. */
  readonly forked: boolean
  /** Their safety number was compared and found equal. */
  readonly verified: boolean
  /** They were verified, and have other devices since. */
  readonly changed: boolean
  /** Whether sealed mail is carried for each other; absent on oneself. */
  readonly courier?: boolean
}

/** Who holds the same history as this device, as far as linked devices have told. */
export interface ConsistencyView {
  /** Devices that hold exactly the same, this one included. */
  readonly same: number
  /** Devices that have told what they hold, this one included. */
  readonly of: number
  /** Those who do not: how many messages they lack, and how many they have that are missing here. */
  readonly gaps: readonly { readonly person: string; readonly theyLack: number; readonly weLack: number }[]
}

export interface SafetyView {
  readonly person: PersonView
  /** 60 digits in 12 groups of 5; the same on both sides. */
  readonly digits: readonly string[]
  readonly verified: boolean
  readonly changed: boolean
}

/** A comparison of emojis that goes on now, or has just ended. */
export interface ComparisonView {
  readonly person: PersonView
  readonly conversation: ConversationId
  /** `asking` them; `asked` by them; `accepted` and on its way; `looking` at the emojis; `ended`. */
  readonly stage: Comparison['stage']
  /** Seven numbers from 0 to 63 while both look; `said` when the person here has said that they are the same. */
  readonly emojis?: readonly number[]
  readonly said?: boolean
  readonly end?: ComparisonEnd
}

/** Somebody who asks to be let into a group: the name that they give themselves, and when, by whose clock wrote it down. */
export interface ApplicantView {
  readonly person: PersonView
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface ConversationView extends ConversationSummary {
  readonly members: readonly MemberView[]
  /** What members may do; in a direct conversation of no meaning. */
  readonly policy: Policy
  /** Newcomers are let in only once somebody who may has said so. */
  readonly approval: boolean
  /** Who asks, if the person here may decide; the first to ask first. */
  readonly applicants: readonly ApplicantView[]
  /** Seconds after which what is said disappears; 0 for never. */
  readonly timer: number
  /** Seconds between two messages of one person who does not look after the group; 0 for none. */
  readonly slow: number
  /** Until when the person here is to wait because of that: milliseconds since 1970; absent when they need not. */
  readonly waitUntil?: number
  /** One's own role; `reader` while one is not in. */
  readonly myRole: Role
  readonly consistency: ConsistencyView
  /** Names of those who are typing now. */
  readonly typing: readonly string[]
  /** The own address is kept from the people of this conversation. */
  readonly hidden: boolean
  /** Messages in front for everybody, in the order of the conversation. */
  readonly pins: readonly QuoteView[]
  /** The first message not yet read when the conversation was opened. */
  readonly firstUnread?: EventId
  /** What the draft answers, if that is here. */
  readonly draftReply?: QuoteView
}

/**
 * An own message: `waiting` on this device only; `carried` by others for the recipients; `delivered` when a device of every recipient
 * has acknowledged it; `read` when everyone has (and shares it). Never a state without a verified acknowledgement.
 */
export type Delivery = 'waiting' | 'carried' | 'delivered' | 'read'

export interface DeliveryView {
  readonly state: Delivery
  /** People who have it, of all those for whom it is. */
  readonly have: number
  readonly of: number
  /** Couriers who have said that they carry it; absent when there is none. */
  readonly carriers?: number
}

export interface QuoteView {
  readonly id: EventId
  readonly author: string
  readonly text: string
  /** It has disappeared, and nothing of it is left. */
  readonly gone?: true
}

/** What was replied to a message, and to those replies. */
export interface RepliesView {
  readonly count: number
  /** Of others, behind what was read. */
  readonly unread: number
  /** When the author of the newest says that it was written: milliseconds since 1970. */
  readonly at: number
  /** Who replied last, the newest first; at most three. */
  readonly people: readonly PersonView[]
}

/** An own text to be sent again and again, by its number. */
export interface TemplateView {
  readonly n: number
  readonly text: string
}

export interface PollView {
  readonly multiple: boolean
  /** In the order in which they were given, and by whom each was chosen. */
  readonly options: readonly { readonly text: string; readonly by: readonly string[]; readonly mine: boolean }[]
  /** People who have chosen something. */
  readonly voters: number
  /** Until when it can be voted, by everybody's own clock: milliseconds since 1970. */
  readonly closesAt?: number
  /** Its author has ended it, and no vote counts any more. */
  readonly closed: boolean
  /** People whose last vote came too late to count. */
  readonly tooLate: number
}

/** When a text goes out by itself: at a moment (milliseconds since 1970), or when a device of somebody it is for is connected. */
export type SendWhen = { readonly kind: 'at'; readonly at: number } | { readonly kind: 'here' }

export interface MessageView {
  readonly kind: 'message'
  /** The event's id; while the message waits for admission into a conversation, a local id. */
  readonly id: EventId
  readonly author: PersonView
  readonly text: string
  /** When its author says it was written: milliseconds since 1970. */
  readonly at: number
  readonly edited: boolean
  readonly deleted: boolean
  /** Who took it away, when its author did not. */
  readonly deletedBy?: PersonView
  readonly replyTo?: QuoteView
  readonly reactions: readonly { readonly emoji: string; readonly by: readonly string[]; readonly mine: boolean }[]
  /** Only on own messages. */
  readonly delivery?: DeliveryView
  /** Arrived after messages that come later in the order had been shown. */
  readonly late: boolean
  /** In front for everybody. */
  readonly pinned?: true
  /** It disappears: after how many seconds, and when (milliseconds since 1970). */
  readonly fades?: { readonly lifetime: number; readonly at: number }
  /** Kept to be found again by the person here. */
  readonly starred?: true
  /** A poll, whose question is the text. */
  readonly poll?: PollView
  /** Where its author is or was: millionths of a degree, metres. */
  readonly place?: Place
  /** A contact link of its author's own, without the page's address: by it one may ask them to talk. */
  readonly card?: string
  /** It calls the person here, by name or with everybody else. */
  readonly callsMe?: true
  /** What its thread began with; that may be itself, and need not be here. Absent while it has not been said. */
  readonly thread?: EventRef
  readonly replies?: RepliesView
  /** Typed and not said yet: by its number. Nobody else knows of it. */
  readonly later?: { readonly n: number; readonly when: SendWhen }
}

/** What is no event: so many messages of the author are not here yet, or why nobody has let us in so far. */
export type PassingNotice =
  | { readonly kind: 'missing'; readonly count: number }
  | { readonly kind: 'refused'; readonly reason: RefusedReason | 'ran-out' }

/** A line between messages: somebody joined, left, renamed; something by a newer version. */
export interface NoticeView {
  readonly kind: 'notice'
  readonly id: EventId
  readonly at: number
  readonly author: PersonView
  readonly notice: Notice | PassingNotice
  /** Whom it is about, when that is not its author alone. */
  readonly person?: PersonView
  /**
   * Set when nobody may miss it: a device of this person told different people different things, a verified person's devices are not the
   * same any more, or somebody joined who is called like a verified person and is not.
   */
  readonly alarm?: PersonView
}

export type TimelineItem = MessageView | NoticeView

export interface TimelineView {
  /** In display order, oldest first. */
  readonly items: readonly TimelineItem[]
  /** There are older ones; ask with a larger limit, or around the oldest. */
  readonly more: boolean
  /** There are newer ones: only around a place. */
  readonly newer: boolean
}

/** The replies to one message. */
export interface ThreadView {
  /** What it began with: absent when it has not come, has disappeared, or is hidden. */
  readonly root?: MessageView
  /** Whether what it began with is here, or was: otherwise nothing can be answered to it. */
  readonly isHere: boolean
  /** Oldest first; what is to be said there later comes last. */
  readonly items: readonly TimelineItem[]
  /** Replies altogether. */
  readonly count: number
  /** What was typed there and not sent; empty for nothing. */
  readonly draft: string
  /** What the draft answers, if that is here and something else than what the thread began with. */
  readonly draftReply?: QuoteView
}

export interface MessageDetailsView {
  readonly message: MessageView
  /**
   * For each other person: whether a device of theirs has it, whether they have read it, how many carry it to them meanwhile, and how they
   * are connected now.
   */
  readonly people: readonly {
    readonly person: PersonView
    readonly state: Delivery
    readonly carriers?: number
    readonly path?: LinkPath
  }[]
  /** What it said before it was edited, oldest first, and since when: milliseconds since 1970. Empty for what was deleted. */
  readonly versions: readonly { readonly text: string; readonly at: number }[]
}

export interface NodeView extends NodeStatus {
  /** The page's own, added here, named by an invite, or told by somebody. */
  readonly origin: 'page' | 'added' | 'invite' | 'told'
  /** Who told of it. */
  readonly from?: string
}

export interface LinkView {
  readonly device: DeviceId
  readonly person?: string
  readonly identity?: IdentityId
  readonly path: LinkPath
  /** Whole milliseconds there and back. */
  readonly roundTripMs?: number
  /** Milliseconds since 1970. */
  readonly since: number
  /** Who carries it, when relayed. */
  readonly through?: { readonly kind: 'node'; readonly address: string } | { readonly kind: 'person'; readonly name?: string }
}

export interface TroubleView extends Pick<DeviceTrouble, 'trouble' | 'at'> {
  readonly identity: IdentityId
}

export interface ConnectionView {
  /** The pill: `direct` when any link is direct, `relayed` when links are relayed only, `connecting`, `offline`. */
  readonly state: 'direct' | 'relayed' | 'ready' | 'connecting' | 'offline'
  /** Own messages, over all conversations, that nobody else has yet. */
  readonly waiting: number
  /** Own texts that go out in a moment, if this page stays open. */
  readonly soon: number
  readonly nodes: readonly NodeView[]
  /** The node that is being tried out, or was last. */
  readonly trial?: NodeTrial
  /** The own address is kept from everybody. */
  readonly hidden: boolean
  readonly links: readonly LinkView[]
  /** The last trouble with each person, where there was any. */
  readonly troubles: readonly TroubleView[]
}

/** An invite that this device made and that can still be used. */
export interface InviteView {
  readonly link: string
  /** Its name in the conversation. */
  readonly invite: string
  /** For one person only. */
  readonly single: boolean
  readonly conversation: ConversationId
  /** People who came by it. */
  readonly joined: number
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** What is looked for: words that must all be there, and where, by whom and when (milliseconds since 1970, both ends included). */
export interface SearchWish {
  readonly text: string
  readonly conversation?: ConversationId
  /** By any of them. */
  readonly people?: readonly IdentityId[]
  readonly after?: number
  readonly before?: number
  readonly hasLink?: boolean
}

export interface SearchHit {
  readonly conversation: ConversationId
  readonly title: string
  readonly kind: ConversationKind
  readonly peer?: IdentityId
  readonly message: EventId
  readonly author: PersonView
  readonly at: number
  /** The part of the text around what was found, cut at its words: what was looked for is marked. */
  readonly parts: readonly ExcerptPart[]
}

export interface SearchView {
  /** Newest first, whenever this device came to know them. */
  readonly hits: readonly SearchHit[]
  /** There are more; ask with a larger limit. */
  readonly more: boolean
}

/** Somebody who is not known here and asks to talk. Nothing more of them is known. */
export interface RequestView {
  readonly person: PersonView
  readonly text: string
  /** When it came: milliseconds since 1970. */
  readonly at: number
}

/** A picture: bytes of a small JPEG. */
export interface PictureView {
  readonly of: IdentityId | ConversationId
  readonly bytes: Uint8Array
}

export interface RequestsView {
  /** Newest first. */
  readonly requests: readonly RequestView[]
  /** More that came too quickly and were not heard, since the person last answered one. */
  readonly turnedAway: number
}

/** Some of the conversations, under a name of the person's own. */
export interface FolderView {
  readonly id: string
  readonly name: string
  readonly conversations: readonly ConversationId[]
}

/** What a conversation takes on this device. */
export interface StorageView {
  readonly conversation: ConversationId
  readonly title: string
  readonly kind: ConversationKind
  readonly peer?: IdentityId
  readonly standing: Standing
  /** Signed events that are kept: messages and what was said about them. */
  readonly events: number
  /** About how many bytes they take: counted by the records, and by the size of the newest. */
  readonly bytes: number
}

export interface Queries {
  session(): Live<SessionView>
  /** Newest first. */
  conversations(): Live<readonly ConversationSummary[]>
  /** `undefined` when there is no such conversation. */
  conversation(id: ConversationId): Live<ConversationView | undefined>
  /** The newest `limit` items; or about as many around a message, or around a moment (milliseconds since 1970). */
  timeline(id: ConversationId, limit: number, around?: EventId | number): Live<TimelineView>
  /** The newest `limit` replies of the thread that began with `root`. */
  thread(id: ConversationId, root: EventRef, limit: number): Live<ThreadView | undefined>
  /** Groups in which one is with somebody, by name. */
  sharedGroups(person: IdentityId): Live<readonly Pick<ConversationSummary, 'id' | 'title'>[]>
  /** The person's own, in their order. */
  folders(): Live<readonly FolderView[]>
  /** The largest first. */
  storage(): Live<readonly StorageView[]>
  /** Everybody with whom one has a conversation, by name. */
  people(): Live<readonly PersonView[]>
  messageDetails(conversation: ConversationId, message: EventId): Live<MessageDetailsView | undefined>
  invites(conversation: ConversationId): Live<readonly InviteView[]>
  /** The own contact link, if there is one. */
  contactLink(): Live<{ readonly link: string } | undefined>
  requests(): Live<RequestsView>
  connection(): Live<ConnectionView>
  /** Pictures of everybody, oneself included, and of groups, who have one; none of those who are blocked here. */
  pictures(): Live<readonly PictureView[]>
  /** Everybody who is blocked here, by name. */
  blocked(): Live<readonly PersonView[]>
  /** At most `limit` messages of all conversations on this device; nothing for a wish that says nothing. */
  search(wish: SearchWish, limit: number): Live<SearchView>
  templates(): Live<readonly TemplateView[]>
  /** Starred messages of all conversations, those that were starred last first. */
  starred(): Live<readonly SearchHit[]>
  /** The safety number with somebody; undefined for oneself and strangers. */
  safety(person: IdentityId): Live<SafetyView | undefined>
  comparison(): Live<ComparisonView | undefined>
}

/** All of them, for whoever passes queries on. */
export const queryNames = [
  'session',
  'conversations',
  'conversation',
  'timeline',
  'thread',
  'people',
  'sharedGroups',
  'folders',
  'storage',
  'messageDetails',
  'invites',
  'contactLink',
  'requests',
  'connection',
  'blocked',
  'pictures',
  'safety',
  'comparison',
  'search',
  'starred',
  'templates',
] as const satisfies readonly (keyof Queries)[]
type Missing = Exclude<keyof Queries, (typeof queryNames)[number]>
/** Does not compile while a query is missing from the list. */
export const everyQueryIsNamed: Missing extends never ? true : Missing = true
