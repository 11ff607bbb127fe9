// Bugs in what an event must be to take its place in the log (core/log, core/event).
import type { Mutant } from './mutant.ts'

export const logMutants: readonly Mutant[] = [
  {
    name: 'skips-dedup',
    does: 'takes the newest event of a chain for another one when it comes a second time',
    file: 'core/log/admission.ts',
    find: `if (event.seq <= (own?.seq ?? 0)) return { kind: 'known' }`,
    replace: `if (event.seq < (own?.seq ?? 0)) return { kind: 'known' }`,
  },
  {
    name: 'drops-on-reorder',
    does: 'takes an event whose predecessor in the chain has not come, and drops that when it comes',
    file: 'core/log/admission.ts',
    find: `if (event.seq > (own?.seq ?? 0) + 1) return { kind: 'early' }
  if (own !== undefined && event.prev !== own.id)`,
    replace: `if (own !== undefined && event.seq === own.seq + 1 && event.prev !== own.id)`,
  },
  {
    name: 'ticks-by-wall',
    does: 'stamps events by the wall clock alone, whatever it has seen',
    file: 'core/event/clock.ts',
    find: `, ...followed.map((hlc) => hlc + 1))`,
    replace: `, ...followed.slice(0, 0))`,
  },
  {
    name: 'skips-signatures',
    does: 'takes an event without looking at its signature',
    file: 'core/event/verify.ts',
    find: `for (const claim of claimsOf(event)) {`,
    replace: `for (const claim of claimsOf(event).slice(0, 0)) {`,
  },
]
