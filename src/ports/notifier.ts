// What the device itself can tell a person while they look elsewhere: a notification, and a number on the page's icon.
import type { ConversationId } from '../core/ids.ts'

/** `ask`: nobody has been asked yet. `never`: this browser has none. */
export type NotifyPermission = 'granted' | 'denied' | 'ask' | 'never'

export interface Telling {
  readonly conversation: ConversationId
  readonly title: string
  readonly text: string
  readonly silent: boolean
}

export interface Notifier {
  permission(): NotifyPermission
  /** Asks the person; only ever from a click that explained it. */
  ask(): Promise<NotifyPermission>
  /** One for each conversation: a newer one takes its place. Never throws. */
  show(telling: Telling): Promise<void>
  /** Takes the one of a conversation away, because it was read. */
  clear(conversation: ConversationId): Promise<void>
  /** The number on the icon of an installed page; 0 takes it away. */
  badge(count: number): void
  /** Whether somebody looks at this page now, in any tab of this browser. */
  isLookedAt(): Promise<boolean>
  /** Calls back when somebody chose a notification, once the page is in front. */
  onChosen(listener: (conversation: ConversationId) => void): () => void
}
