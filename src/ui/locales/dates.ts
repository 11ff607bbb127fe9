// Times in words, by Intl alone. All take milliseconds since 1970; formatters are kept, because making one costs about 0.1 ms.
import { msPerDay } from '../../core/time.ts'
import { language } from './language.ts'

const formats = {
  clock: { hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'long' },
  weekdayClock: { weekday: 'short', hour: 'numeric', minute: '2-digit' },
  shortDay: { day: 'numeric', month: 'short' },
  longDay: { weekday: 'long', day: 'numeric', month: 'long' },
  longDate: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  full: { dateStyle: 'full', timeStyle: 'medium' },
  appointment: { dateStyle: 'full', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formatters = new Map<string, Intl.DateTimeFormat>()
const format = (name: keyof typeof formats, at: number): string => {
  const key = `${language()} ${name}`
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(language(), formats[name])
  formatters.set(key, formatter)
  return formatter.format(at)
}
const relativeDay = (days: number): string => capital(new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(days, 'day'))

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(language()) + text.slice(1)

/** Whole local days between two moments, counted by midnights. */
export const daysBetween = (from: number, to: number): number => Math.round((startOfDay(to) - startOfDay(from)) / msPerDay)

/** "14:05" */
export const timeOf = (at: number): string => format('clock', at)

/** "Friday, 20 November 2026 at 14:05:11" */
export const fullTime = (at: number): string => format('full', at)

/** "Friday, 20 November 2026 at 14:05" */
export const dayAndTime = (at: number): string => format('appointment', at)

/** "Fri 14:05": a time within the next days. */
export const weekdayAndTime = (at: number): string => format('weekdayClock', at)

/** "14:05" today, else with its day. */
export const momentOf = (at: number, now: number): string => (daysBetween(now, at) === 0 ? timeOf(at) : dayAndTime(at))

/** A day line: "Today", "Yesterday", "Tuesday, 3 March", with the year when it is another. */
export const dayOf = (at: number, now: number): string => {
  const days = daysBetween(at, now)
  if (days === 0 || days === 1) return relativeDay(-days)
  return format(new Date(at).getFullYear() === new Date(now).getFullYear() ? 'longDay' : 'longDate', at)
}

/** For a list: the time today, "Yesterday", a weekday within a week, else the day. */
export const whenOf = (at: number, now: number): string => {
  const days = daysBetween(at, now)
  if (days <= 0) return timeOf(at)
  if (days === 1) return relativeDay(-1)
  return format(days < 7 ? 'weekday' : 'shortDay', at)
}

/** "20 Nov": a date on its own. */
export const dateOf = (at: number): string => format('shortDay', at)
