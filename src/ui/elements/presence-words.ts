// What somebody tells of themselves, in words: their status, whether they are here, and when they last were.
import { html, nothing } from 'lit'
import type { MemberView, StatusView } from '../../ports/queries.ts'
import { whenOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'

/** "Online · Direct", "Last seen: 14:05"; empty when nothing is to be said. */
export const presenceWords = (member: MemberView, now: number): string => {
  if (member.blocked) return t.blocked
  if (member.here) return member.path ? `${t.online} · ${t.path[member.path]}` : t.online
  if (member.seenAt !== undefined) return t.lastSeen(whenOf(member.seenAt, now))
  return member.presenceHidden ? '' : t.away
}

/** "🌊 By the sea" */
export const statusWords = ({ emoji, text }: StatusView): string => [emoji, text].filter((part) => part !== '').join(' ')

/** The emoji of a status beside a name, with its words for those who cannot see it. */
export const statusMark = (status: StatusView | undefined) =>
  status === undefined
    ? nothing
    : html` <span class="status" title=${statusWords(status)}><span aria-hidden="true">${status.emoji === '' ? '💬' : status.emoji}</span><span class="hidden-text">${statusWords(status)}</span></span>`
