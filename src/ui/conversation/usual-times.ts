// The times that are usually meant by "later", by the clock on the wall. Pure.

export interface UsualTime {
  readonly name: 'hour' | 'evening' | 'morning'
  /** Milliseconds since 1970. */
  readonly at: number
}

const eveningHour = 20
const morningHour = 8

/** Those that are still to come today, and the next morning. */
export const usualTimes = (now: number): readonly UsualTime[] => {
  const evening = new Date(now).setHours(eveningHour, 0, 0, 0)
  const tomorrow = new Date(now)
  tomorrow.setDate(tomorrow.getDate() + 1)
  const hour = now + 3_600_000
  return [
    { name: 'hour', at: hour },
    ...(evening > hour ? [{ name: 'evening', at: evening } as const] : []),
    { name: 'morning', at: tomorrow.setHours(morningHour, 0, 0, 0) },
  ]
}

/** A moment as a `datetime-local` field has it: local, to the minute. */
export const localInput = (at: number): string => {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
