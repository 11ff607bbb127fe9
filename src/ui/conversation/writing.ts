// What one does with a composer: sends, answers, corrects, takes back. A conversation has one, and so has every thread in it. Keeps what the
// composer is shown with, and gives back what could not be sent.
import type { ConversationId, EventId } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import type { CommandProblem, Commands } from '../../ports/commands.ts'
import type { MessageView, QuoteView, TimelineItem } from '../../ports/queries.ts'
import { shownName } from '../elements/names.ts'
import type { Questions } from '../events.ts'
import { t } from '../locales/index.ts'
import { settle } from '../settle.ts'
import type { ComposerContext, ParleyComposer } from './composer.ts'

/** Where it is written. */
export interface WritingHost {
  readonly conversation: ConversationId
  /** The message that the thread began with, when it is written there. */
  readonly threadRoot?: EventId | undefined
  readonly commands: Commands | undefined
  readonly composer: ParleyComposer | null
  /** How long a text waits so that it can be taken back, in seconds; 0 for not at all. */
  readonly undoSeconds: number
  /** What the composer is shown with has changed; settles when that is drawn. */
  readonly changed: () => Promise<unknown>
}

export interface Writing {
  readonly context: ComposerContext | undefined
  /** Why the last thing could not be done. */
  readonly problem: string | undefined
  send(message: Questions['send-message']): Promise<void>
  /** The draft that has come answers this. */
  resume(answered: QuoteView): void
  /** Nothing, or what the next text is about. */
  turnTo(kind?: ComposerContext['kind'], message?: MessageView): void
  editLast(items: readonly TimelineItem[]): void
  /** What has not gone out comes back to where it was typed. */
  takeBack(message: MessageView): Promise<void>
  /** Does it, and says why if it could not be done. */
  tell(asked: Promise<Result<void, CommandProblem>> | undefined): Promise<void>
}

/** `host` is asked anew each time. */
export const createWriting = (host: () => WritingHost): Writing => {
  let context: ComposerContext | undefined
  let problem: string | undefined
  const show = (next: { readonly context?: ComposerContext | undefined; readonly problem?: string | undefined }): Promise<unknown> => {
    if ('context' in next) context = next.context
    if ('problem' in next) problem = next.problem
    return host().changed()
  }
  const turn = (next: ComposerContext | undefined): void => {
    void show({ context: next })
    if (!next) host().composer?.focus()
  }
  const tell: Writing['tell'] = async (asked) => {
    if (!asked) return
    const done = await settle(asked)
    void show({ problem: done.ok ? undefined : done.error.here })
  }

  return {
    get context() {
      return context
    },
    get problem() {
      return problem
    },
    send: async ({ text, replyTo, edits }) => {
      const { commands, conversation, threadRoot, undoSeconds } = host()
      if (!commands) return
      const before = context
      void show({ problem: undefined })
      turn(undefined)
      const done = await settle(
        edits !== undefined
          ? commands.editMessage(conversation, edits, text)
          : undoSeconds > 0
            ? commands.sendLater(conversation, text, { kind: 'at', at: Date.now() + undoSeconds * 1_000 }, replyTo, threadRoot)
            : commands.sendMessage(conversation, text, replyTo, threadRoot),
      )
      // The saved draft went in the same commit.
      if (done.ok || host().conversation !== conversation) return
      await show({ problem: done.error.here, context: before })
      if (edits === undefined) host().composer?.restore(text)
    },
    resume: ({ id, author, text }) => {
      if (!context) turn({ kind: 'reply', message: id, author: shownName(author, t.someone), text })
    },
    turnTo: (kind, message) =>
      turn(
        kind &&
          message && {
            kind,
            message: message.id,
            author: message.author.isMe ? t.you : shownName(message.author.name, t.someone),
            text: message.text,
          },
      ),
    editLast(items) {
      const last = items.findLast((item) => item.kind === 'message' && item.author.isMe && isInWords(item))
      if (last?.kind === 'message') this.turnTo('edit', last)
    },
    takeBack: async ({ later, text }) => {
      const { commands, conversation } = host()
      if (!later) return
      await tell(commands?.takeBack(conversation, later.n))
      if (problem !== undefined) return
      await host().changed()
      host().composer?.restore(text)
      host().composer?.focus()
    },
    tell,
  }
}

/** Only words are edited, once they are said. */
const isInWords = ({ deleted, poll, place, card, later }: MessageView): boolean => !deleted && !poll && !place && !card && !later
