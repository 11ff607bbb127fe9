// Of what is new, what is worth a notification: who may be told of, in which words, and when nobody wants to be told at all. Pure.
import type { ConversationId } from '../../core/ids.ts'
import type { Telling } from '../../ports/notifier.ts'
import type { ConversationSummary } from '../../ports/queries.ts'
import type { Choices } from '../choices.ts'
import { plainText } from '../conversation/plain.ts'
import { shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'

/** How much was unread when one looked last, and whether any of it called the person here. */
export type Unread = ReadonlyMap<ConversationId, Pick<ConversationSummary, 'unread' | 'called'>>

export const unreadOf = (all: readonly ConversationSummary[]): Unread =>
  new Map(all.map(({ id, unread, called }) => [id, { unread, called }]))

/** Unread messages that count on the icon and in the title: those of muted and archived conversations do not. `now` in ms since 1970. */
export const countedUnread = (all: readonly ConversationSummary[], now: number): number =>
  all.reduce((sum, summary) => sum + (isSilent(summary, now) ? 0 : summary.unread), 0)

export const isMuted = ({ mutedUntil }: Pick<ConversationSummary, 'mutedUntil'>, now: number): boolean => mutedUntil > now

const isSilent = (summary: ConversationSummary, now: number): boolean => summary.blocked || isMuted(summary, now)

/** Whether nobody is to be disturbed now: for a while, or at this time of every day. */
export const isQuiet = ({ silentUntil, quiet }: Pick<Choices, 'silentUntil' | 'quiet'>, now: number): boolean => {
  if (silentUntil > now) return true
  if (quiet === undefined) return false
  const at = new Date(now)
  const minute = at.getHours() * 60 + at.getMinutes()
  const [from, until] = [minuteOf(quiet.from), minuteOf(quiet.until)]
  // Hours that begin in the evening end on the next day.
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until
}

const minuteOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** One for each conversation in which there is more unread than before. */
export const worthTelling = (before: Unread, all: readonly ConversationSummary[], choices: Choices, now: number): readonly Telling[] => {
  if (isQuiet(choices, now)) return []
  return all
    .filter((summary) => summary.unread > (before.get(summary.id)?.unread ?? 0))
    .filter((summary) => !summary.blocked && (!isMuted(summary, now) || isCalled(before, summary) || hasKeyword(summary, choices.keywords)))
    .map((summary) => tellingOf(summary, choices))
}

/** Who is called by name, or with everybody, is told in muted conversations, too: once, until it was read. */
const isCalled = (before: Unread, { id, called }: ConversationSummary): boolean => called && before.get(id)?.called !== true

const hasKeyword = ({ lastText }: ConversationSummary, keywords: readonly string[]): boolean => {
  const text = (lastText?.text ?? '').toLocaleLowerCase()
  return keywords.some((word) => text.includes(word.toLocaleLowerCase()))
}

const tellingOf = (summary: ConversationSummary, { hideContent, sound }: Choices): Telling => {
  const common = { conversation: summary.id, silent: !sound }
  if (hideContent) return { ...common, title: t.app, text: t.newMessages(summary.unread) }
  const { author, text } = summary.lastText ?? { text: '' }
  const words = plainText(text)
  const said = author === undefined || summary.kind === 'direct' ? words : t.announced(shownName(author, t.someone), words)
  return {
    ...common,
    title: shownName(summary.title, t.untitled),
    text: summary.unread > 1 ? `${said}\n${t.newMessages(summary.unread)}` : said,
  }
}
