// What the actions of a message do, wherever it is shown: in its conversation or in a thread.
import type { ConversationId } from '../../core/ids.ts'
import type { Commands } from '../../ports/commands.ts'
import type { MessageView } from '../../ports/queries.ts'
import { ask, type MessageAction } from '../events.ts'
import { t } from '../locales/index.ts'
import type { Writing } from './writing.ts'

/** Where the message is shown. */
export interface Acting {
  /** From where sheets are asked for. */
  readonly from: EventTarget
  readonly conversation: ConversationId
  readonly commands: Commands | undefined
  readonly writing: Writing
}

export const actOn = async (
  { from, conversation, commands, writing }: Acting,
  action: MessageAction,
  message: MessageView,
): Promise<void> => {
  const { id, later, thread, text } = message
  switch (action) {
    case 'reply':
    case 'edit':
      return writing.turnTo(action, message)
    case 'thread':
      return thread && ask(from, 'open-thread', thread)
    case 'copy':
      await navigator.clipboard?.writeText(text).catch(() => undefined)
      return ask(from, 'announce', t.copied)
    case 'forward':
      return ask(from, 'open-sheet', { kind: 'forward', texts: [text] })
    case 'select':
      return ask(from, 'select', id)
    case 'send-now':
      return writing.tell(later && commands?.sendNow(conversation, later.n))
    case 'retry':
      return writing.tell(later ? commands?.sendNow(conversation, later.n) : commands?.retry(conversation))
    case 'take-back':
      return writing.takeBack(message)
    case 'pin':
    case 'unpin':
      return writing.tell(commands?.setPinned(conversation, id, action === 'pin'))
    case 'star':
    case 'unstar':
      return writing.tell(commands?.setStarred(conversation, id, action === 'star'))
    case 'close-poll':
      return ask(from, 'open-sheet', { kind: 'close-poll', conversation, message: id })
    case 'details':
      return ask(from, 'open-sheet', { kind: 'details', conversation, message: id })
    case 'delete':
      return ask(from, 'open-sheet', { kind: 'delete', conversation, messages: [message] })
  }
}
