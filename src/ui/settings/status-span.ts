// For how long a status is told, as a person chooses it.
import type { StatusDraft } from '../events.ts'

/** Seconds that a status lasts; none while it is not taken back. */
export const statusSeconds = (span: StatusDraft['span'], now: number): number | undefined => {
  if (span === 'half') return 30 * 60
  if (span === 'hour') return 60 * 60
  return span === 'today' ? Math.max(1, Math.ceil((new Date(now).setHours(24, 0, 0, 0) - now) / 1_000)) : undefined
}
