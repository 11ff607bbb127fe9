// The sheets about messages: what became of one, and whether to take some back.
import { html } from 'lit'
import type { MessageView } from '../../ports/queries.ts'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import { t } from '../locales/index.ts'
import '../locales/later.ts'
import '../elements/confirm-sheet.ts'
import './details-sheet.ts'
import './later-sheet.ts'
import './place-sheet.ts'
import './poll-sheet.ts'
import './templates-sheet.ts'

/** What becomes of own messages that are deleted. */
const deleteText = (messages: readonly MessageView[]): string => {
  if (messages.every(({ thread }) => thread === undefined)) return t.deleteUnsaidText
  const nobodyHas = ({ author, delivery }: MessageView): boolean =>
    author.isMe && (delivery === undefined || (delivery.state === 'waiting' && delivery.have === 0))
  return messages.every(nobodyHas) ? t.deleteWaitingText : t.deleteText
}

export const messageSheets = {
  details: {
    open: (desk, { conversation, message }) => {
      const details = desk.follow(desk.queries.messageDetails(conversation, message))
      return () => html`<parley-details-sheet .details=${details.value}></parley-details-sheet>`
    },
  } satisfies SheetPlan<'details'>,

  poll: {
    open: (desk, { conversation }) => {
      desk.on('ask-everybody', async ({ question, options, multiple, closesAt }) => {
        if (await desk.run(desk.commands.sendPoll(conversation, question, options, multiple, closesAt))) desk.ask('close-sheet')
      })
      return () => html`<parley-poll-sheet .problem=${desk.problem}></parley-poll-sheet>`
    },
  } satisfies SheetPlan<'poll'>,

  'close-poll': {
    open: (desk, { conversation, message }) => {
      const confirmed = async (): Promise<void> => {
        if (await desk.run(desk.commands.closePoll(conversation, message))) desk.ask('close-sheet')
      }
      return () =>
        html`<parley-confirm
          .heading=${t.closePollTitle}
          .text=${t.closePollText}
          .yes=${t.actions['close-poll']}
          .no=${t.cancel}
          .problem=${desk.problem}
          @confirm=${confirmed}
        ></parley-confirm>`
    },
  } satisfies SheetPlan<'close-poll'>,

  place: {
    open: (desk, { conversation }) => {
      desk.on('share-place', async (place) => {
        if (await desk.run(desk.commands.sendPlace(conversation, place))) desk.ask('close-sheet')
      })
      return () => html`<parley-place-sheet .problem=${desk.problem}></parley-place-sheet>`
    },
  } satisfies SheetPlan<'place'>,

  card: {
    open: (desk, { conversation }) => {
      const confirmed = async (): Promise<void> => {
        if (await desk.run(desk.commands.sendCard(conversation))) desk.ask('close-sheet')
      }
      return () =>
        html`<parley-confirm
          .heading=${t.attachments.card}
          .text=${t.cardText}
          .yes=${t.sendCard}
          .no=${t.cancel}
          .problem=${desk.problem}
          .harmless=${true}
          @confirm=${confirmed}
        ></parley-confirm>`
    },
  } satisfies SheetPlan<'card'>,

  templates: {
    open: (desk, { typed, chosen }) => {
      const templates = desk.follow(desk.queries.templates())
      desk.on('save-template', (text) => desk.run(desk.commands.saveTemplate(text)))
      desk.on('remove-template', (n) => desk.run(desk.commands.removeTemplate(n)))
      desk.on('use-template', (text) => {
        desk.ask('close-sheet')
        chosen(text)
      })
      return () =>
        html`<parley-templates-sheet .templates=${templates.value} .typed=${typed} .problem=${desk.problem}></parley-templates-sheet>`
    },
  } satisfies SheetPlan<'templates'>,

  later: {
    open: (desk, { conversation, text, replyTo, thread, sent }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      desk.on('send-when', async (when) => {
        if (!(await desk.run(desk.commands.sendLater(conversation, text, when, replyTo, thread)))) return
        sent()
        desk.ask('close-sheet')
      })
      return () => html`<parley-later-sheet .conversation=${view.value} .problem=${desk.problem}></parley-later-sheet>`
    },
  } satisfies SheetPlan<'later'>,

  delete: {
    open: (desk, { conversation, messages }) => {
      const isOwn = messages.every(({ author }) => author.isMe)
      const confirmed = async (): Promise<void> => {
        for (const { id, later } of messages) {
          const { deleteMessage, takeBack } = desk.commands
          if (!(await desk.run(later ? takeBack(conversation, later.n) : deleteMessage(conversation, id)))) return
        }
        desk.ask('close-sheet')
      }
      return () =>
        html`<parley-confirm
          .heading=${t.deleteTitle(messages.length)}
          .text=${isOwn ? deleteText(messages) : t.deleteForAllText}
          .yes=${isOwn ? t.actions.delete : t.deleteForAll}
          .no=${t.cancel}
          .problem=${desk.problem}
          @confirm=${confirmed}
        ></parley-confirm>`
    },
  } satisfies SheetPlan<'delete'>,
}
