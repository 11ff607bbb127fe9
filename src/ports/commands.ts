// What a person can ask for. A command settles when its effect is committed on this device; none waits for the network,
// except `previewInvite`, which looks for somebody who can say what the invite is for.
import type { ConversationId, EventId, IdentityId } from '../core/ids.ts'
import type { Policy, Role } from '../core/members/role.ts'
import type { StatusWords } from '../core/presence/messages.ts'
import type { Failure, Result } from '../core/result.ts'
import type { Place } from '../core/timeline/row.ts'
import type { HandStep } from './network.ts'
import type { ConversationKind, Privacy, SendWhen } from './queries.ts'

export type InviteProblem = Failure<
  | 'not-an-invite' // the text is no invite at all
  | 'device-link' // it would link a device, which joining never does
  | 'newer-version'
  | 'damaged'
  | 'expired'
  | 'used'
  | 'own-invite'
>

export type CommandProblem = Failure<
  | 'bad-name'
  | 'bad-picture'
  | 'too-long'
  | 'empty'
  | 'no-such-conversation'
  | 'not-allowed'
  | 'too-late'
  | 'too-soon'
  | 'gone'
  | 'closed'
  | 'not-here'
  | 'not-asking'
  | 'comparing'
  | 'disk-full'
  | 'storage'
  | 'busy'
>

export type HandProblem = Failure<'no-code' | 'no-path' | 'hidden'>

export type NodeProblem = Failure<'no-node' | 'too-many-nodes'>

export interface InvitePreview {
  /** `contact`: the link only lets one ask; `accept` is by `askContact`, with a first text. */
  readonly kind: ConversationKind | 'contact'
  /** The room's name; for a person-to-person invite, the inviter's. Empty while unknown. */
  readonly title: string
  readonly inviter: string
  /** Whether the two names were confirmed by a member over the network, or are only what the link says. */
  readonly confirmed: boolean
  /** Set when this device is already in that conversation. */
  readonly already?: ConversationId
}

export interface Arrangement {
  readonly pinned?: boolean
  readonly archived?: boolean
  /** Milliseconds since 1970; 0 is not at all, `forever` until it is said otherwise. */
  readonly mutedUntil?: number
}

/** How an invite into a group is to be: for one person, and for how many seconds. */
export interface InviteWish {
  readonly single?: boolean
  readonly seconds?: number
}

/** What is left out stays as it is; a new folder needs a name. */
export interface FolderWish {
  readonly id?: string
  readonly name?: string
  readonly conversations?: readonly ConversationId[]
}

/** The last moment that a date can name. */
export const forever = 8_640_000_000_000_000

/** What was removed to free room. */
export interface FreedUp {
  /** Messages. */
  readonly removed: number
  /** Unless something of that age stays: it is unread, or somebody does not have it yet. */
  readonly isAll: boolean
}

export interface Commands {
  createProfile(name: string): Promise<Result<void, CommandProblem>>
  renameProfile(name: string): Promise<Result<void, CommandProblem>>
  /** One's own picture in every conversation: a JPEG of at most 8 KiB (core/members/picture); an empty one takes it back. */
  setPicture(picture: Uint8Array): Promise<Result<void, CommandProblem>>
  /** A group's, in the same way. */
  setGroupPicture(conversation: ConversationId, picture: Uint8Array): Promise<Result<void, CommandProblem>>
  createGroup(name: string): Promise<Result<ConversationId, CommandProblem>>
  /**
   * An invite link: without a conversation, for one person to talk with (single use); with one, for anybody whom the link is given to,
   * 7 days long, unless something else is wished for.
   */
  createInvite(
    conversation?: ConversationId,
    wish?: InviteWish,
  ): Promise<Result<{ readonly link: string; readonly conversation: ConversationId }, CommandProblem>>
  /** Nobody is let in by that invite of a group any more, by everybody who has heard of it. */
  withdrawInvite(conversation: ConversationId, invite: string): Promise<Result<void, CommandProblem>>
  /** Reads a link without using it. Settles with what the link itself says within 50 ms, confirmed ones within `waitMs`. */
  previewInvite(link: string, waitMs: number): Promise<Result<InvitePreview, InviteProblem>>
  /** Accepts an invite. The conversation exists at once, in standing `joining`; letting in happens as soon as a member is reached. */
  joinInvite(link: string): Promise<Result<ConversationId, InviteProblem | CommandProblem>>
  /** The reusable link by which strangers may ask to talk; a new one takes the place of the one before, which nobody answers any more. */
  createContactLink(): Promise<Result<{ readonly link: string }, CommandProblem>>
  revokeContactLink(): Promise<Result<void, CommandProblem>>
  /** Asks the person of a contact link to talk, with one text. The conversation exists at once, in standing `asking`. */
  askContact(link: string, text: string): Promise<Result<ConversationId, InviteProblem | CommandProblem>>
  /** The same with somebody who is in a group too. */
  askMember(group: ConversationId, person: IdentityId, text: string): Promise<Result<ConversationId, CommandProblem>>
  /** Lets a stranger who asked talk with one: an ordinary conversation from then on. */
  acceptRequest(person: IdentityId): Promise<Result<ConversationId, CommandProblem>>
  /** Forgets what a stranger asked; they are told nothing. */
  dropRequest(person: IdentityId): Promise<Result<void, CommandProblem>>
  /** With `thread`, the message that one began with, it was typed there: it answers that message, or `replyTo` within the thread. */
  sendMessage(conversation: ConversationId, text: string, replyTo?: EventId, thread?: EventId): Promise<Result<void, CommandProblem>>
  /** Says a text later; until then it is on this device alone, and goes out only while this page is open. */
  sendLater(
    conversation: ConversationId,
    text: string,
    when: SendWhen,
    replyTo?: EventId,
    thread?: EventId,
  ): Promise<Result<void, CommandProblem>>
  /** Lets go of a text that was to go out later, by its number in the conversation; `too-late` when it has gone out. */
  takeBack(conversation: ConversationId, later: number): Promise<Result<void, CommandProblem>>
  /** Says it now. */
  sendNow(conversation: ConversationId, later: number): Promise<Result<void, CommandProblem>>
  /** Compares anew at once with everybody who is connected: what they lack is offered to them again. */
  retry(conversation: ConversationId): Promise<Result<void, CommandProblem>>
  editMessage(conversation: ConversationId, message: EventId, text: string): Promise<Result<void, CommandProblem>>
  /** What was not said yet goes without a trace. Otherwise asks everyone to delete it, one's own or, for those who look after a group, anybody's; people who saw it may have kept a copy. */
  deleteMessage(conversation: ConversationId, message: EventId): Promise<Result<void, CommandProblem>>
  /** Sets or takes back one's own reaction. */
  react(conversation: ConversationId, message: EventId, emoji: string): Promise<Result<void, CommandProblem>>
  /** Asks everybody a question with 2 to 12 answers; each chooses one, or with `multiple` any, until `closesAt` (milliseconds since 1970). */
  sendPoll(
    conversation: ConversationId,
    question: string,
    options: readonly string[],
    multiple: boolean,
    closesAt?: number,
  ): Promise<Result<void, CommandProblem>>
  /** Keeps a text to be sent again and again; on this device only. `too-long` also when there is no room for another. */
  saveTemplate(text: string): Promise<Result<void, CommandProblem>>
  removeTemplate(n: number): Promise<Result<void, CommandProblem>>
  /** Tells where one is. */
  sendPlace(conversation: ConversationId, place: Place): Promise<Result<void, CommandProblem>>
  /** Gives those in a conversation one's own contact link, which is made if there is none. */
  sendCard(conversation: ConversationId): Promise<Result<void, CommandProblem>>
  /** Ends a poll of one's own with the votes that have come; none counts after it. */
  closePoll(conversation: ConversationId, poll: EventId): Promise<Result<void, CommandProblem>>
  /** One's own choice now, by the places of the answers; none takes it back. */
  vote(conversation: ConversationId, poll: EventId, choices: readonly number[]): Promise<Result<void, CommandProblem>>
  /** Puts a message in front for everybody, or takes it away from there. */
  setPinned(conversation: ConversationId, message: EventId, pinned: boolean): Promise<Result<void, CommandProblem>>
  /** Keeps a message among those that one finds again; on this device only. */
  setStarred(conversation: ConversationId, message: EventId, starred: boolean): Promise<Result<void, CommandProblem>>
  /** Everything up to and with this message has been seen. */
  markRead(conversation: ConversationId, upTo: EventId): Promise<Result<void, CommandProblem>>
  /** How a conversation is kept on this device: in front, put away, silent until a moment. What is left out stays. */
  arrange(conversation: ConversationId, change: Arrangement): Promise<Result<void, CommandProblem>>
  /** What was typed and not sent, and what it answers: in the conversation, or in a thread of it. Nothing typed is no draft. */
  saveDraft(conversation: ConversationId, text: string, replyTo?: EventId, thread?: EventId): Promise<Result<void, CommandProblem>>
  /** Tells linked members that one is typing; never stored. */
  typing(conversation: ConversationId): Promise<void>
  /** The person looks at a page now; to be said again while they do (see `here` of the services for how often). Never stored. */
  present(): Promise<void>
  /** Tells what one is up to, for so many seconds, or until it is taken back; nothing to take it back. */
  setStatus(status?: StatusWords, seconds?: number): Promise<Result<void, CommandProblem>>
  leave(conversation: ConversationId): Promise<Result<void, CommandProblem>>
  /** Removes everything of a conversation from this device, which has left it. */
  forget(conversation: ConversationId): Promise<Result<void, CommandProblem>>
  /** Removes what was said before a moment (milliseconds since 1970) from this device alone, as far as nobody else needs it from here. */
  freeUp(conversation: ConversationId, before: number): Promise<Result<FreedUp, CommandProblem>>
  renameGroup(conversation: ConversationId, name: string): Promise<Result<void, CommandProblem>>
  /** Takes somebody out of a group; from then on nobody who knows of it writes to them. */
  removeMember(conversation: ConversationId, person: IdentityId): Promise<Result<void, CommandProblem>>
  /** Gives a role; an owner who makes another one the owner stays one until they step down themselves. */
  setRole(conversation: ConversationId, person: IdentityId, role: Role): Promise<Result<void, CommandProblem>>
  /** With `approval` also whether newcomers are asked for first; while they are, nobody below a moderator invites. */
  setPolicy(conversation: ConversationId, policy: Policy, approval?: boolean): Promise<Result<void, CommandProblem>>
  /** Lets somebody in who asked, or turns them down; `not-asking` when they do not ask any more. */
  answerApplicant(conversation: ConversationId, person: IdentityId, accept: boolean): Promise<Result<void, CommandProblem>>
  /** Gives up being let in; what was typed meanwhile goes, and so does the conversation from this device. */
  stopJoining(conversation: ConversationId): Promise<Result<void, CommandProblem>>
  /** Seconds between two messages of one person, for all but owners and moderators; 0 for none. */
  setSlow(conversation: ConversationId, seconds: number): Promise<Result<void, CommandProblem>>
  /** After how many seconds what is said from now on disappears; 0 for never. */
  setTimer(conversation: ConversationId, seconds: number): Promise<Result<void, CommandProblem>>
  /** Hides everything of a person and tells them nothing more; on this device only, and they are not told. */
  setBlocked(person: IdentityId, blocked: boolean): Promise<Result<void, CommandProblem>>
  /** What others learn of one's reading and writing; what is left out stays. */
  setPrivacy(change: Partial<Privacy>): Promise<Result<void, CommandProblem>>
  /** Another name for somebody, which nobody else learns; an empty one takes it back. */
  setNickname(person: IdentityId, nickname: string): Promise<Result<void, CommandProblem>>
  /** Words about somebody, which nobody else learns, in place of those that were there; at most 8. */
  setLabels(person: IdentityId, labels: readonly string[]): Promise<Result<void, CommandProblem>>
  /** Makes a folder of conversations, or another of the one with this id; answers with its id. */
  saveFolder(folder: FolderWish): Promise<Result<string, CommandProblem>>
  /** The conversations stay. */
  removeFolder(id: string): Promise<Result<void, CommandProblem>>
  /** Folders in the order of these ids; those that are not named come behind them. */
  orderFolders(ids: readonly string[]): Promise<Result<void, CommandProblem>>
  /** Records that the safety numbers were compared and found equal, or takes it back. */
  setVerified(person: IdentityId, verified: boolean): Promise<Result<void, CommandProblem>>
  /** Asks a person of a conversation, who must be online, to compare emojis; or accepts that they asked. */
  compareEmojis(conversation: ConversationId, person: IdentityId): Promise<Result<void, CommandProblem>>
  /** Whether both see the same emojis. The person is verified as soon as both have said so; that they differ takes it back. */
  answerEmojis(same: boolean): Promise<Result<void, CommandProblem>>
  /** Ends the comparison that is going on, or puts away how it ended. */
  stopEmojis(): Promise<Result<void, CommandProblem>>
  /**
   * Whether sealed mail is carried for each other with a person: theirs by this device, one's own by theirs. On for people with whom one
   * shares a group, until it is said otherwise here. Off drops what is carried for them.
   */
  setCourier(person: IdentityId, on: boolean): Promise<Result<void, CommandProblem>>
  /** Adds a node by its address, or by any text that holds one, and tries it out; the trial is part of the connection's view. */
  addNode(text: string): Promise<Result<{ readonly address: string }, NodeProblem | CommandProblem>>
  /** Forgets a node; the page's own cannot be removed. */
  removeNode(address: string): Promise<Result<void, CommandProblem>>
  /**
   * Keeps the own network address from everybody, or from those in a conversation: what is said goes through nodes, which is slower, and
   * no direct path is looked for.
   */
  setHidden(hidden: boolean, conversation?: ConversationId): Promise<Result<void, CommandProblem>>
  /** A code for somebody side by side, with whom no node connects one: a link that holds it. Shows them the own network address. */
  offerByHand(): Promise<Result<string, HandProblem>>
  /** Takes the other's code: an offer is answered with a code for them, an answer ends it. */
  takeByHand(text: string): Promise<Result<HandStep, HandProblem>>
  /** Removes everything of Parley from this browser. */
  eraseDevice(): Promise<void>
}

/** All of them, for whoever passes commands on. */
export const commandNames = [
  'createProfile',
  'renameProfile',
  'setPicture',
  'setGroupPicture',
  'createGroup',
  'createInvite',
  'previewInvite',
  'joinInvite',
  'createContactLink',
  'revokeContactLink',
  'askContact',
  'askMember',
  'acceptRequest',
  'dropRequest',
  'sendMessage',
  'sendLater',
  'takeBack',
  'retry',
  'sendNow',
  'editMessage',
  'deleteMessage',
  'react',
  'sendPoll',
  'saveTemplate',
  'removeTemplate',
  'sendPlace',
  'sendCard',
  'closePoll',
  'vote',
  'setPinned',
  'setStarred',
  'markRead',
  'arrange',
  'saveDraft',
  'typing',
  'present',
  'setStatus',
  'leave',
  'forget',
  'freeUp',
  'renameGroup',
  'removeMember',
  'setRole',
  'setPolicy',
  'answerApplicant',
  'stopJoining',
  'setSlow',
  'withdrawInvite',
  'setTimer',
  'setBlocked',
  'setNickname',
  'setLabels',
  'saveFolder',
  'removeFolder',
  'orderFolders',
  'setVerified',
  'compareEmojis',
  'answerEmojis',
  'stopEmojis',
  'setPrivacy',
  'setCourier',
  'addNode',
  'removeNode',
  'setHidden',
  'offerByHand',
  'takeByHand',
  'eraseDevice',
] as const satisfies readonly (keyof Commands)[]
type Missing = Exclude<keyof Commands, (typeof commandNames)[number]>
/** Does not compile while a command is missing from the list. */
export const everyCommandIsNamed: Missing extends never ? true : Missing = true
