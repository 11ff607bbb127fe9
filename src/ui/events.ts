// The questions that components ask upwards. Properties go in, these come out; only app-level components answer them with commands.
import type { EventRef } from '../core/event/event.ts'
import type { ConversationId, EventId, IdentityId } from '../core/ids.ts'
import type { StatusWords } from '../core/presence/messages.ts'
import type { Arrangement, FolderWish, InviteWish } from '../ports/commands.ts'
import type { InviteView, MessageView, Privacy, SendWhen } from '../ports/queries.ts'
import type { ChoiceName } from './choices.ts'
import type { Goal } from './conversation/timeline-window.ts'
import type { Offer } from './conversation-list/offer.ts'
import type { TypeAhead } from './elements/type-ahead.ts'
import type { Policy, Role } from '../core/members/role.ts'
import type { Place } from '../core/timeline/row.ts'

/** What every event carries, by its name. */
export interface Questions {
  // moving about
  /** With a message or a moment: opens there. */
  'open-conversation': ConversationId | { readonly id: ConversationId; readonly at?: Goal }
  'close-conversation': undefined
  'open-sheet': SheetRequest
  'close-sheet': undefined
  'look-up': string
  /** The beginning of a day, milliseconds since 1970. */
  'go-to-day': number
  /** The conversation that was picked for what the sheet is about. */
  'pick-conversation': ConversationId
  'pick-emoji': string
  // people and rooms
  'create-profile': { readonly name: string; readonly invite?: string; readonly text?: string }
  'rename-profile': string
  /** Of oneself, or of the group that the sheet is about; empty to have none. */
  'set-picture': Uint8Array
  'create-group': string
  'preview-invite': string
  'accept-invite': string
  // first contact
  'make-contact-link': undefined
  'revoke-contact-link': undefined
  'ask-contact': { readonly link: string; readonly text: string }
  /** A first text to the person that the sheet is about. */
  'ask-member': string
  'answer-request': { readonly person: IdentityId; readonly answer: 'accept' | 'block' | 'drop' }
  /** Of the group that the sheet is about. */
  'answer-applicant': { readonly person: IdentityId; readonly accept: boolean }
  'leave-conversation': ConversationId
  /** From this device, after it was left. */
  forget: ConversationId
  /** What was said before a moment (milliseconds since 1970), from this device alone. */
  'free-up': { readonly conversation: ConversationId; readonly before: number }
  'erase-device': undefined
  // trust
  'rename-group': { readonly conversation: ConversationId; readonly name: string }
  /** Seconds after which new messages disappear; 0 for never. */
  'set-timer': number
  /** Seconds between two messages of one person; 0 for none. */
  'set-slow': number
  'withdraw-invite': InviteView
  'make-invite': InviteWish
  'set-policy': { readonly conversation: ConversationId; readonly policy: Policy; readonly approval?: boolean }
  'set-role': { readonly conversation: ConversationId; readonly person: IdentityId; readonly role: Role }
  /** Makes somebody an owner, then oneself a moderator. */
  'hand-over': { readonly conversation: ConversationId; readonly person: IdentityId }
  'remove-member': { readonly conversation: ConversationId; readonly person: IdentityId }
  'set-blocked': { readonly person: IdentityId; readonly blocked: boolean }
  'set-privacy': Partial<Privacy>
  /** No words take it back. */
  'set-status': { readonly words?: StatusWords; readonly span: StatusDraft['span'] }
  'pick-status': StatusDraft
  /** Of the person that the sheet is about. */
  'set-nickname': string
  'set-labels': readonly string[]
  'set-verified': { readonly person: IdentityId; readonly verified: boolean }
  /** Begins to compare, or tries again. */
  'compare-emojis': undefined
  /** Whether both see the same. */
  'answer-emojis': boolean
  'decline-emojis': undefined
  'set-courier': { readonly person: IdentityId; readonly on: boolean }
  // the network
  'offer-hand': undefined
  'take-hand': string
  'add-node': string
  'remove-node': string
  'set-hidden': { readonly hidden: boolean; readonly conversation?: ConversationId }
  // the composer
  'send-message': { readonly text: string; readonly replyTo?: EventId; readonly edits?: EventId }
  'draft-changed': { readonly text: string; readonly replyTo?: EventId }
  typing: undefined
  /** The text that is to be said later; `sent` is called once it is kept. */
  'choose-time': { readonly text: string; readonly replyTo?: EventId; readonly thread?: EventId; readonly sent: () => void }
  'send-when': SendWhen
  attach: Attachment
  'share-place': Place
  'use-template': string
  'save-template': string
  /** By its number. */
  'remove-template': number
  'edit-last': undefined
  'cancel-context': undefined
  // the timeline
  'open-menu': { readonly message: EventId; readonly x: number; readonly y: number; readonly react?: boolean }
  'close-menu': undefined
  'message-action': { readonly action: MessageAction; readonly message: EventId }
  react: { readonly message: EventId; readonly emoji: string }
  vote: { readonly message: EventId; readonly choices: readonly number[] }
  'ask-everybody': {
    readonly question: string
    readonly options: readonly string[]
    readonly multiple: boolean
    /** Milliseconds since 1970. */
    readonly closesAt?: number
  }
  /** Puts a message among the selected ones, or takes it out. */
  select: EventId
  'end-selection': undefined
  'jump-to': EventId
  /** By the message that it began with. */
  'open-thread': EventRef
  'close-thread': undefined
  'load-older': undefined
  'load-newer': undefined
  'to-newest': undefined
  'trim-older': undefined
  seen: EventId
  compare: IdentityId
  // the screen itself
  announce: string
  preference: { readonly name: ChoiceName; readonly value: string }
  /** Wants to be told of new messages; the browser asks next. */
  'ask-notifications': undefined
  'answer-offer': { readonly offer: Offer; readonly yes: boolean }
  'save-folder': FolderWish
  'remove-folder': string
  'order-folders': readonly string[]
  arrange: { readonly conversation: ConversationId; readonly change: Arrangement }
}

/** A status that is being typed. */
export interface StatusDraft extends StatusWords {
  readonly span: 'half' | 'hour' | 'today' | 'open'
}

/** What can be sent beside a text, or instead of typing one. */
export type Attachment = 'poll' | 'place' | 'card' | 'templates'

export type MessageAction =
  | 'reply'
  | 'thread'
  | 'forward'
  | 'edit'
  | 'delete'
  | 'copy'
  | 'details'
  | 'pin'
  | 'unpin'
  | 'star'
  | 'unstar'
  | 'select'
  | 'close-poll'
  | 'take-back'
  | 'send-now'
  | 'retry'

/** The sheets that can lie over the page. */
export type SheetRequest =
  | { readonly kind: 'new' }
  | { readonly kind: 'group' }
  | { readonly kind: 'invite'; readonly conversation?: ConversationId }
  | { readonly kind: 'join'; readonly link?: string }
  | { readonly kind: 'contact' }
  | { readonly kind: 'requests' }
  | { readonly kind: 'ask'; readonly conversation: ConversationId; readonly person: IdentityId }
  | { readonly kind: 'people'; readonly conversation: ConversationId }
  | { readonly kind: 'person'; readonly conversation: ConversationId; readonly person: IdentityId }
  | { readonly kind: 'safety'; readonly conversation: ConversationId; readonly person: IdentityId }
  | { readonly kind: 'comparison'; readonly conversation: ConversationId; readonly person: IdentityId }
  | { readonly kind: 'rename'; readonly conversation: ConversationId }
  | { readonly kind: 'policy'; readonly conversation: ConversationId }
  | { readonly kind: 'applicants'; readonly conversation: ConversationId }
  | { readonly kind: 'stop-joining'; readonly conversation: ConversationId }
  | { readonly kind: 'timer'; readonly conversation: ConversationId }
  | { readonly kind: 'slow'; readonly conversation: ConversationId }
  | { readonly kind: 'details'; readonly conversation: ConversationId; readonly message: EventId }
  | { readonly kind: 'delete'; readonly conversation: ConversationId; readonly messages: readonly MessageView[] }
  | { readonly kind: 'emoji'; readonly heading: string; readonly chosen: (emoji: string) => void }
  | { readonly kind: 'connection' }
  | { readonly kind: 'hand'; readonly text?: string }
  | { readonly kind: 'nodes'; readonly typed?: string }
  | { readonly kind: 'switcher'; readonly ahead: TypeAhead }
  | { readonly kind: 'forward'; readonly texts: readonly string[] }
  | { readonly kind: 'share'; readonly text: string }
  | { readonly kind: 'starred' }
  | { readonly kind: 'poll'; readonly conversation: ConversationId }
  | { readonly kind: 'close-poll'; readonly conversation: ConversationId; readonly message: EventId }
  | { readonly kind: 'place'; readonly conversation: ConversationId }
  | { readonly kind: 'card'; readonly conversation: ConversationId }
  | { readonly kind: 'templates'; readonly typed: string; readonly chosen: (text: string) => void }
  | {
      readonly kind: 'later'
      readonly conversation: ConversationId
      readonly text: string
      readonly replyTo?: EventId
      readonly thread?: EventId
      readonly sent: () => void
    }
  | { readonly kind: 'day'; readonly conversation: ConversationId }
  | { readonly kind: 'settings' }
  | { readonly kind: 'status'; readonly draft?: StatusDraft }
  /** Of all conversations, or those that one is in. */
  | { readonly kind: 'folders'; readonly conversation?: ConversationId }
  | { readonly kind: 'notifications' }
  | { readonly kind: 'looks' }
  | { readonly kind: 'privacy' }
  | { readonly kind: 'storage' }
  | { readonly kind: 'diagnostics' }
  | { readonly kind: 'shortcuts' }

/** A question on its way up; crosses shadow roots. */
export class Ask<K extends keyof Questions> extends Event {
  readonly detail: Questions[K]
  constructor(type: K, detail: Questions[K]) {
    super(type, { bubbles: true, composed: true })
    this.detail = detail
  }
}

/** Asks a question from an element. */
export const ask = <K extends keyof Questions>(
  from: EventTarget,
  type: K,
  ...detail: undefined extends Questions[K] ? [] : [Questions[K]]
): void => {
  from.dispatchEvent(new Ask(type, detail[0] as Questions[K]))
}
