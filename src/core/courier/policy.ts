// Who may carry, how many copies go round, and how soon (PROTOCOL section 6). Binary spray and wait (Spyropoulos, Psounis, Raghavendra
// 2005): whoever has several copies gives half of them to the next courier, whoever has one waits for the recipient. So an envelope that
// somebody hands over may be theirs or may not. Pure; asked by the services that hand over.
import { carriedDays } from '../limits.ts'
import type { DeviceId } from '../ids.ts'
import { dayOf } from './mailbox.ts'

/** Copies of one envelope that go round, besides the author's own outbox. */
export const copyBudget = 4
/** More copies than this are asked of nobody. */
export const maxCopies = 16

/** Somebody at the other end of a link, as far as carrying goes. */
export interface Contact {
  /** Another device of one's own. */
  readonly isMe: boolean
  /** They are a member of a group in which one is, too. */
  readonly sharesGroup: boolean
  /** What the person here has said about them; undefined when nothing. */
  readonly setting: boolean | undefined
}

/** Whether sealed envelopes are given to and taken from a contact: groups are enough, the person's word is more. */
export const mayExchange = ({ isMe, sharesGroup, setting }: Contact): boolean => isMe || (setting ?? sharesGroup)

/** Copies that an author gives away next: half, rounded up, since their own copy is in the outbox. */
export const copiesFromAuthor = (left: number): number => Math.ceil(left / 2)
/** Copies that a courier gives away next: half, rounded down; the last one waits for the recipient. */
export const copiesFromCourier = (left: number): number => Math.floor(left / 2)

/** A courier at hand, and whether they are known to meet the recipient. */
export interface Candidate {
  readonly device: DeviceId
  readonly knowsRecipient: boolean
}

/** Those who meet the recipient first; within that, by id, so that the same choice is made again. */
export const inOrder = (candidates: readonly Candidate[]): readonly DeviceId[] =>
  candidates
    .toSorted((a, b) => Number(b.knowsRecipient) - Number(a.knowsRecipient) || (a.device < b.device ? -1 : 1))
    .map(({ device }) => device)

/** The last day for an envelope that is made now. */
export const lastDayFor = (now: number): number => dayOf(now) + carriedDays

/** Groups with more people than this travel by their members alone: an envelope for each device would cost more than it brings. */
export const maxPeopleForCouriers = 32

/** Milliseconds after something was said until it is wrapped: the usual ways need a few seconds, and one envelope holds several messages. */
export const patienceMs = (living: number, keysLeft: number): number => {
  if (keysLeft <= 4) return 600_000
  return living < 6 ? 5_000 : 60_000
}
