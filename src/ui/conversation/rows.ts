// From timeline items to the rows that are drawn: day lines, the "New" line, and runs of one author within five minutes. Pure.
import type { EventId } from '../../core/ids.ts'
import type { MessageView, NoticeView, TimelineItem } from '../../ports/queries.ts'
import { daysBetween } from '../locales/dates.ts'
import type { Slice } from './slice.ts'

/** Messages of one author closer than this (milliseconds) are drawn as one run. */
export const runMs = 5 * 60_000

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'notice'; readonly key: string; readonly notice: NoticeView }
  | { readonly kind: 'message'; readonly key: string; readonly message: MessageView; readonly first: boolean; readonly last: boolean }

const isRun = (a: TimelineItem | undefined, b: TimelineItem | undefined): boolean =>
  a?.kind === 'message' &&
  b?.kind === 'message' &&
  a.author.identity === b.author.identity &&
  Math.abs(b.at - a.at) < runMs &&
  daysBetween(a.at, b.at) === 0

/** Rows in display order. Keys are stable while items come and go around them. */
export const rowsOf = (items: readonly TimelineItem[], firstUnread: EventId | undefined): readonly Row[] => {
  const rows: Row[] = []
  let day: number | undefined
  items.forEach((item, i) => {
    // Clocks of different people may disagree; only a step forward opens a new day, so that lines never alternate.
    if (day === undefined || daysBetween(day, item.at) > 0) {
      day = item.at
      rows.push({ kind: 'day', key: `day ${new Date(item.at).toDateString()}`, at: item.at })
    }
    const isNew = item.id === firstUnread
    if (isNew) rows.push({ kind: 'new', key: 'new' })
    if (item.kind === 'notice') rows.push({ kind: 'notice', key: item.id, notice: item })
    else {
      const first = isNew || !isRun(items[i - 1], item)
      const next = items[i + 1]
      const last = !isRun(item, next) || next?.id === firstUnread
      rows.push({ kind: 'message', key: item.id, message: item, first, last })
    }
  })
  return rows
}

/** The rows of a slice, under the day line that stands above them. */
export const rowsWithin = (rows: readonly Row[], { from, to }: Slice): readonly Row[] => {
  const part = rows.slice(from, to)
  const day = part[0]?.kind === 'day' ? undefined : rows.slice(0, from).findLast((row) => row.kind === 'day')
  return day ? [day, ...part] : part
}

/**
 * What is drawn next on the way from `drawn` to `wanted`, when somebody is at the end: at most `step` rows that were not there, the newest
 * first. Those that are to go stay above them until others stand in their place, so that the screen is never empty. `wanted` itself at last.
 */
export const drawnNext = (drawn: readonly Row[], wanted: readonly Row[], step: number): readonly Row[] => {
  const before = new Set(drawn.map(({ key }) => key))
  let [from, left] = [wanted.length, step]
  while (from > 0 && (before.has(wanted[from - 1]!.key) || left-- > 0)) from--
  if (from === 0) return wanted
  const fresh = rowsWithin(wanted, { from, to: wanted.length })
  const keys = new Set(fresh.map(({ key }) => key))
  const stale = drawn.filter((row) => row.kind === 'day' || !keys.has(row.key))
  const above = rowsWithin(stale, { from: Math.max(0, stale.length - from), to: stale.length })
  const days = new Set(above.map(({ key }) => key))
  return [...above, ...fresh.filter(({ key }) => !days.has(key))]
}

export interface Day {
  readonly key: string
  /** A moment of that day, milliseconds since 1970. */
  readonly at: number
  readonly rows: readonly Row[]
}

/** Rows by their day lines, so that a line can stay on screen for as long as its day does, and no longer. */
export const daysOf = (rows: readonly Row[]): readonly Day[] => {
  const days: { key: string; at: number; rows: Row[] }[] = []
  for (const row of rows) {
    if (row.kind === 'day') days.push({ key: row.key, at: row.at, rows: [] })
    else days.at(-1)?.rows.push(row)
  }
  return days
}

/** Keeps what was on screen above the newest window, so that nothing one reads disappears when the window moves on. */
export const keepOlder = (shown: readonly TimelineItem[], fresh: readonly TimelineItem[]): readonly TimelineItem[] => {
  const oldest = fresh[0]
  if (!oldest) return fresh
  const at = shown.findIndex((item) => item.id === oldest.id)
  return at > 0 ? [...shown.slice(0, at), ...fresh] : fresh
}
