// Times in words, by Intl alone. All take milliseconds since 1970; formatters are kept, because making one costs about 0.1 ms.

const locale = globalThis.navigator?.language
const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' })
const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const longDay = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
const longDate = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)

/** Whole local days between two moments, counted by midnights. */
export const daysBetween = (from: number, to: number): number => Math.round((startOfDay(to) - startOfDay(from)) / 86_400_000)

/** "14:05" */
export const timeOf = (at: number): string => clock.format(at)

/** "Friday, 20 November 2026 at 14:05:11" */
export const fullTime = (at: number): string => full.format(at)

/** A day line: "Today", "Yesterday", "Tuesday, 3 March", with the year when it is another. */
export const dayOf = (at: number, now: number): string => {
  const days = daysBetween(at, now)
  if (days === 0 || days === 1) return capital(relative.format(-days, 'day'))
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? longDay.format(at) : longDate.format(at)
}

/** For a list: the time today, "Yesterday", a weekday within a week, else the day. */
export const whenOf = (at: number, now: number): string => {
  const days = daysBetween(at, now)
  if (days <= 0) return timeOf(at)
  if (days === 1) return capital(relative.format(-1, 'day'))
  return days < 7 ? weekday.format(at) : shortDay.format(at)
}

/** "20 Nov": a date on its own. */
export const dateOf = (at: number): string => shortDay.format(at)
