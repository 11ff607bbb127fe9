// The records of the local database, table by table: what the services share. Keys hold ids, small numbers and coarse times only.
import type { Head, EventRef, InviteUses, Lane } from '../core/event/event.ts'
import type { Epoch } from '../core/epoch/epoch.ts'
import type { SenderChain } from '../core/epoch/sender-chain.ts'
import type { ContactId, ConversationId, DeviceId, EnvelopeId, EventId, IdentityId, Tag } from '../core/ids.ts'
import type { DeviceCard } from '../core/members/card.ts'
import type { Policy, Role } from '../core/members/role.ts'
import type { DocBlock } from '../core/search/doc-block.ts'
import type { Bucket, Segment } from '../core/search/segment.ts'
import type { RefusedReason } from '../core/sync/messages.ts'
import type { TimelineRow } from '../core/timeline/row.ts'
import type { Comparison, ComparisonEnd } from '../core/verification/comparison.ts'
import type { DeviceTrouble, LinkStatus, NodeStatus, NodeTrial } from './network.ts'
import type { Privacy, SendWhen, Standing, StatusView } from './queries.ts'

type Table<Key, Value> = { readonly key: Key; readonly value: Value }

export interface Tables {
  readonly profile: Table<readonly ['me'], ProfileRecord>
  /** Private HPKE keys by the name of their public key. */
  readonly hpkeKeys: Table<readonly [keyName: string], HpkeKeyRecord>
  readonly conversations: Table<readonly [ConversationId], ConversationRecord>
  /** The ends of the chains. */
  readonly chains: Table<readonly [ConversationId, Lane, DeviceId], Head>
  readonly events: Table<readonly [ConversationId, Lane, DeviceId, seq: number], EventRecord>
  /** Where an event stands. */
  readonly places: Table<readonly [ConversationId, EventId], PlaceRecord>
  /** Rows for eyes, by quarter of an hour (`timelineBucket`) and id; the exact order is inside. */
  readonly timeline: Table<readonly [ConversationId, bucket: number, EventId], TimelineRow>
  /** Messages that were put in front at some time: whether they still are says the row. */
  readonly pins: Table<readonly [ConversationId, EventId], EventRef>
  /** Messages that the person here wants to find again; nobody else learns of it. */
  readonly stars: Table<readonly [ConversationId, EventId], StarRecord>
  /** Who replied in a thread: by where the message that it began with stands, and the reply. */
  readonly replies: Table<readonly [ConversationId, bucket: number, root: EventId, reply: EventId], ReplyRecord>
  /** Own texts to be sent again and again, in the order in which they were kept. */
  readonly templates: Table<readonly [n: number], TemplateRecord>
  /** Words that will disappear: of a message, by its id twice, and of its edits. */
  readonly fading: Table<readonly [ConversationId, message: EventId, EventId], FadingRecord>
  readonly epochs: Table<readonly [ConversationId, EventId], Epoch>
  /** Live ratchet state: never part of any backup. */
  readonly senderChains: Table<readonly [ConversationId, epoch: EventId, sender: DeviceId], SenderChain>
  /** What devices of others have acknowledged. */
  readonly acknowledged: Table<readonly [ConversationId, DeviceId], AcknowledgedRecord>
  /** Own events that not everybody has yet, by their place in the own content chain. */
  readonly outbox: Table<readonly [ConversationId, seq: number], OutboxRecord>
  /** Invites that this device made. */
  readonly invites: Table<readonly [ConversationId, invite: string], InviteRecord>
  /** Invites that were accepted here, until somebody lets us in. */
  readonly joins: Table<readonly [ConversationId], JoinRecord>
  /** What was typed before we were let in, in order. */
  readonly unsent: Table<readonly [ConversationId, n: number], UnsentRecord>
  /** What is to be said later, in the order in which it was typed. */
  readonly later: Table<readonly [ConversationId, n: number], LaterRecord>
  /** Of a conversation, and of each thread in it by the message that it began with. */
  readonly drafts: Table<readonly [ConversationId] | readonly [ConversationId, thread: EventId], DraftRecord>
  readonly folders: Table<readonly [id: string], FolderRecord>
  /** What holds only now: written by the leading tab, worthless after it. */
  readonly live: Table<
    readonly ['network'] | readonly ['trial'] | readonly ['comparison'] | readonly ['typing' | 'consistency', ConversationId],
    LiveRecord
  >
  /** Bootstrap nodes beside the page's own, by multiaddr with peer id. */
  readonly nodes: Table<readonly [address: string], NodeRecord>
  /** Whether the own address is kept from everybody, or from those in a conversation. */
  readonly hidden: Table<readonly ['everybody'] | readonly [ConversationId], HiddenRecord>
  /** Pictures of people and of groups, as they were last told: bytes of a JPEG. */
  readonly pictures: Table<readonly [IdentityId | ConversationId], PictureRecord>
  /** What people tell of themselves while they are connected. */
  readonly told: Table<readonly [IdentityId], ToldRecord>
  /** What was decided here about somebody. */
  readonly people: Table<readonly [IdentityId], PersonNote>
  /** Proof that a device told different people different things. */
  readonly forks: Table<readonly [ConversationId, Lane, DeviceId], ForkRecord>
  /** One-time keys: private halves of those that were given to a device, public ones that it gave. */
  readonly oneTimeKeys: Table<readonly [whose: 'mine' | 'theirs', DeviceId, name: string], OneTimeKeyRecord>
  /** Envelopes that are carried for others: what is to be known of each, and its bytes. And the bytes of own ones. */
  readonly carried: Table<readonly ['about' | 'bytes' | 'own', EnvelopeId], CarriedRecord>
  /** Own messages in envelopes, each for one device, and who carries them. */
  readonly entrusted: Table<readonly [ConversationId, recipient: DeviceId, EnvelopeId], EntrustedRecord>
  /**
   * The search index: its key, which segments there are, how far each conversation's content chains are in it, its documents in blocks of
   * 64, the times of these blocks by segment, and their words by shelf, bucket on it, and segment.
   */
  readonly search: Table<
    | readonly ['key']
    | readonly ['segments']
    | readonly ['have', ConversationId]
    | readonly ['docs', block: number]
    | readonly ['times', segment: number]
    | readonly ['words', shelf: number, bucket: number, segment: number],
    SearchRecord
  >
  /** The own contact link; conversations that strangers were asked for; requests of strangers; how many of them were not heard. */
  readonly contact: Table<
    readonly ['link'] | readonly ['asked', ConversationId] | readonly ['request', IdentityId] | readonly ['turned-away'],
    ContactRecord
  >
  /** Commands of tabs that do not lead, and their results. */
  readonly requests: Table<readonly [id: string], RequestRecord>
}

export const tableNames = [
  'profile',
  'hpkeKeys',
  'conversations',
  'chains',
  'events',
  'places',
  'timeline',
  'epochs',
  'senderChains',
  'acknowledged',
  'outbox',
  'invites',
  'joins',
  'unsent',
  'drafts',
  'live',
  'requests',
  'people',
  'forks',
  'oneTimeKeys',
  'carried',
  'entrusted',
  'nodes',
  'hidden',
  'search',
  'contact',
  'pictures',
  'pins',
  'stars',
  'later',
  'fading',
  'told',
  'replies',
  'templates',
  'folders',
] as const satisfies readonly (keyof Tables)[]
type Missing = Exclude<keyof Tables, (typeof tableNames)[number]>
/** Does not compile while a table is missing from the list. */
export const everyTableIsNamed: Missing extends never ? true : Missing = true

export interface ProfileRecord {
  readonly name: string
  readonly identity: IdentityId
  /** Ed25519 seeds, 32 bytes each. */
  readonly identitySeed: Uint8Array
  readonly deviceSeed: Uint8Array
  readonly device: DeviceId
  /** The identity's signature over the device key. */
  readonly certificate: Uint8Array
  /** One's own picture, a JPEG, if there is one. */
  readonly picture?: Uint8Array
  /** Absent while nobody has chosen. */
  /** What was not asked about when it was written is left out. */
  readonly privacy?: Partial<Privacy>
  readonly status?: StatusView
}

/** Each conversation has keys of its own, which are replaced soon after they were used. */
export interface HpkeKeyRecord {
  readonly conversation: ConversationId
  readonly suite: number
  readonly privateKey: Uint8Array
  readonly createdAt: number
  /** When an epoch was opened with it: milliseconds since 1970. */
  readonly usedAt?: number
}

export interface ConversationRecord {
  readonly as: 'direct' | 'group'
  readonly standing: Standing
  /** The group's name; for a direct conversation what the invite said of the other, until the members say better. */
  readonly title: string
  readonly people: readonly PersonRecord[]
  /** Of everybody who was ever here: names and devices, for rows of those who left. */
  readonly names: readonly { readonly identity: IdentityId; readonly name: string }[]
  readonly policy: Policy
  /** Whether newcomers are asked for first, and who asks. Not known in records of before. */
  readonly approval?: boolean
  readonly applicants?: readonly { readonly identity: IdentityId; readonly name: string; readonly at: number }[]
  /** Of one that is waited for: somebody has to decide. */
  readonly awaitsApproval?: boolean
  /** Seconds after which what is said disappears; 0 for never. Not known in records of before. */
  readonly timer?: number
  /** Seconds between two messages of one person; 0 for none. Not known in records of before. */
  readonly slow?: number
  readonly membersHeads: readonly Head[]
  readonly contentHeads: readonly Head[]
  /** The last own message's place in this device's content chain; not known in records of before and where nothing was said. */
  readonly saidUpTo?: number
  /** When it was written: milliseconds since 1970. */
  readonly saidAt?: number
  /** Own messages of this device; not known in records of before, and counted from then on. */
  readonly said?: number
  /** Rows that stand for messages which have not come though something was said about them; not known in records of before. */
  readonly awaited?: number
  /** Up to where in each content chain what was said has been removed from this device to free room; absent where nothing was. */
  readonly freed?: readonly Head[]
  /** Everything up to here in the order has been seen. */
  readonly readHlc: number
  readonly unread: number
  /** Unread ones that came late and stand before that place; and those, late or not, that call the person here. Absent in records of before. */
  readonly late?: readonly UnreadRecord[]
  readonly calls?: readonly UnreadRecord[]
  readonly last?: { readonly author: IdentityId; readonly text: string; readonly hlc: number }
  /** Milliseconds since 1970 of the last thing that happened. */
  readonly at: number
  /** How this device keeps it: in front, put away, silent until a moment (milliseconds since 1970). */
  readonly pinned?: boolean
  readonly archived?: boolean
  readonly mutedUntil?: number
}

export interface UnreadRecord extends EventRef {
  readonly by: IdentityId
}

export interface PersonNote {
  readonly name: string
  readonly blocked: boolean
  readonly verified: boolean
  /** What they are called here, in place of what they call themselves. */
  readonly nickname?: string
  /** Words of the person here about them, each once, in their order. */
  readonly labels?: readonly string[]
  /** The devices that they had when they were verified, and whether that has changed since; then they are verified no more. */
  readonly devices?: readonly DeviceId[]
  readonly changed?: boolean
  /** Whether sealed mail is carried for each other, when the person here has said so. */
  readonly courier?: boolean
}

/** Two signed events that cannot both belong to one chain: the second names another past than the first. */
export interface ForkRecord {
  readonly ours: Uint8Array
  readonly theirs: Uint8Array
  readonly at: number
}

export interface PersonRecord {
  readonly identity: IdentityId
  readonly name: string
  readonly role: Role
  readonly devices: readonly DeviceId[]
  /** Ends of the content chains below which nothing is for them. */
  readonly floor: readonly Head[]
}

export interface EventRecord {
  /** The signed bytes as they came. */
  readonly bytes: Uint8Array
}

export interface StarRecord {
  /** When it was starred: milliseconds since 1970. */
  readonly at: number
}

export interface ReplyRecord {
  readonly hlc: number
  readonly author: IdentityId
  /** When its author says it was written: milliseconds since 1970. */
  readonly wall: number
}

export interface FadingRecord {
  /** The event's place in the content chain of its device, and of the message in the order. */
  readonly device: DeviceId
  readonly seq: number
  readonly hlc: number
  /** Seconds. */
  readonly lifetime: number
  /** When the words are erased from this device: milliseconds since 1970. */
  readonly at: number
}

export interface PlaceRecord {
  readonly lane: Lane
  readonly device: DeviceId
  readonly seq: number
  readonly hlc: number
}

export interface AcknowledgedRecord {
  /** Ends of the content chains that this device has: [device, seq]. */
  readonly have: readonly (readonly [DeviceId, number])[]
  readonly readHlc: number
}

export interface OutboxRecord {
  /** Own messages before this, so that those that wait need not be read to be counted; not known in records of before. */
  readonly said?: number
}

export interface InviteRecord {
  readonly secret: Uint8Array
  /** The fragment of the link. */
  readonly fragment: string
  readonly expiresAt: number
  /** Not known in records of before. */
  readonly uses?: InviteUses
  /** People who were let in by it, as far as is known here. */
  readonly joined?: number
}

export interface JoinRecord {
  /** This device as it asks to be let in. */
  readonly card: DeviceCard
  readonly secret: Uint8Array
  readonly expiresAt: number
  /** What somebody answered last who did not let us in; others may, until the link has run out. */
  readonly refused?: RefusedReason
  /** Given up: nobody has been told yet who may have written down that one asks. */
  readonly isOff?: true
}

export interface UnsentRecord {
  readonly text: string
  readonly replyTo: EventRef | null
  readonly at: number
}

export interface LaterRecord {
  readonly text: string
  readonly replyTo: EventRef | null
  /** As in the message that it becomes. */
  readonly thread?: EventRef
  /** When it was typed: milliseconds since 1970. */
  readonly at: number
  readonly when: SendWhen
}

export interface TemplateRecord {
  readonly text: string
}

export interface FolderRecord {
  readonly name: string
  /** Among the folders: the smaller comes first. */
  readonly place: number
  readonly conversations: readonly ConversationId[]
}

export interface DraftRecord {
  readonly text: string
  /** What it answers. */
  readonly replyTo?: EventId
}

export type LiveRecord =
  | {
      readonly kind: 'network'
      readonly started: boolean
      readonly nodes: readonly NodeStatus[]
      readonly links: readonly LinkStatus[]
      /** Absent in a row of an older version. */
      readonly troubles?: readonly DeviceTrouble[]
    }
  | { readonly kind: 'trial'; readonly trial: NodeTrial }
  | {
      readonly kind: 'consistency'
      readonly devices: readonly { readonly device: DeviceId; readonly theyLack: number; readonly weLack: number }[]
      /** Messages that are known to exist and are not here; absent in a row of an older version. */
      readonly missing?: readonly { readonly author: IdentityId; readonly count: number }[]
    }
  | {
      readonly kind: 'comparison'
      readonly conversation: ConversationId
      readonly person: IdentityId
      readonly stage: Comparison['stage']
      /** While both look: numbers from 0 to 63, and whether the person here has said that they are the same. */
      readonly emojis?: readonly number[]
      readonly said?: boolean
      readonly end?: ComparisonEnd
    }
  | { readonly kind: 'typing'; readonly people: readonly { readonly identity: IdentityId; readonly until: number }[] }

export interface NodeRecord {
  /** Added by the person, named by an invite that was used here, told by a contact that they use it; or removed, and not wanted again. */
  readonly origin: 'added' | 'invite' | 'told' | 'refused'
  readonly from?: IdentityId
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface ToldRecord {
  /** Devices that have said whether they are here, and not that they keep it to themselves. */
  readonly here: readonly { readonly device: DeviceId; readonly here: boolean }[]
  /** They keep to themselves whether they are here. */
  readonly isHidden?: boolean
  /** When they last were, milliseconds since 1970; absent when that is not to be known. */
  readonly seenAt?: number
  readonly status?: StatusView
}

export interface PictureRecord {
  readonly bytes: Uint8Array
}

export interface HiddenRecord {
  readonly hidden: boolean
}

export interface RequestRecord {
  readonly command: string
  readonly args: readonly unknown[]
  /** Milliseconds since 1970. */
  readonly at: number
  /** The result, once the leading tab has carried it out. */
  readonly result?: { readonly value: unknown }
}

export type SearchRecord =
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'segments'; readonly segments: readonly Segment[]; readonly next: number }
  /** `heads` are the ends that nothing named, where all that was said is in the index: whoever finds the same ones there need not look further. */
  | { readonly kind: 'have'; readonly have: readonly (readonly [DeviceId, number])[]; readonly heads: readonly EventId[] }
  | ({ readonly kind: 'docs' } & DocBlock)
  /** `packSpans` of a segment's blocks, from its first. */
  | { readonly kind: 'times'; readonly spans: Uint8Array }
  | ({ readonly kind: 'words' } & Bucket)

export interface OneTimeKeyRecord {
  /** 32 bytes: private in `mine`, public in `theirs`. */
  readonly key: Uint8Array
  /** When it was given: milliseconds since 1970. */
  readonly at: number
}

export type CarriedRecord =
  | {
      readonly kind: 'about'
      readonly tag: Tag
      /** The device that handed it over, and the person to whose share it counts; they need not have written it. */
      readonly from: DeviceId
      readonly giver: IdentityId
      /** How many copies this device may still bring about, its own included. */
      readonly copies: number
      readonly bytes: number
      /** Milliseconds since 1970. */
      readonly expiresAt: number
    }
  | { readonly kind: 'bytes'; readonly envelope: Uint8Array }

export interface EntrustedRecord {
  /** The last own content event inside; 0 when it only acknowledges. */
  readonly upTo: number
  /** How far each chain goes inside. */
  readonly through: readonly (readonly [Lane, DeviceId, number])[]
  /** Copies that may still be given. */
  readonly left: number
  /** Couriers who gave a receipt. */
  readonly couriers: readonly DeviceId[]
  /** When it was made, and until when it is carried: milliseconds since 1970. */
  readonly at: number
  readonly expiresAt: number
}

export type ContactRecord =
  /** 16 bytes, from which all that a contact link needs is derived; and a node to be named in it. */
  | { readonly kind: 'link'; readonly secret: Uint8Array; readonly node?: string }
  /** Who was asked, and by which way they can be found. `secret` is of the invite into the conversation, 16 bytes. */
  | { readonly kind: 'asked'; readonly contact: ContactId; readonly way: AskedWay; readonly secret: Uint8Array }
  | {
      readonly kind: 'request'
      readonly name: string
      readonly text: string
      /** Milliseconds since 1970. */
      readonly at: number
      readonly device: DeviceId
      readonly conversation: ConversationId
      /** Of the invite into the conversation, 16 bytes. */
      readonly secret: Uint8Array
      /** The beginning of the conversation and the text, signed; verified when they came. */
      readonly events: readonly Uint8Array[]
    }
  /** Deleted here: what they ask again is not heard for as long as a request is kept. */
  | { readonly kind: 'dropped'; readonly at: number }
  /** Since the person last looked. */
  | { readonly kind: 'turned-away'; readonly count: number }

export type AskedWay =
  | { readonly kind: 'link'; readonly secret: Uint8Array }
  | { readonly kind: 'group'; readonly conversation: ConversationId; readonly identity: IdentityId }
