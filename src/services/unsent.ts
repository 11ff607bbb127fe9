// What is typed before somebody lets one in has no event yet: where it stands meanwhile, under a name of this device alone.
import type { EventId } from '../core/ids.ts'

const prefix = 'unsent-'

/** The id under which it is shown, by its number in the conversation. */
export const unsentId = (n: number): EventId => `${prefix}${n}` as EventId

/** Its number, when that is what is shown under an id. */
export const unsentNumber = (id: EventId): number | undefined => (id.startsWith(prefix) ? Number(id.slice(prefix.length)) : undefined)
