// How a poll stands. Its author ends it by naming the votes that count: those that had come to them. So the result is the same for everybody
// and changes no more, whatever comes late and whatever any clock says (src/decisions/0029). A time at which it ends is weaker: each vote says
// itself when it was given, and nobody can prove otherwise.
import type { IdentityId } from '../ids.ts'
import { counts, type MessageRow, type PollOffer, type Vote } from './row.ts'

export interface Tally {
  /** For each answer, in their order: who chose it. */
  readonly votes: readonly { readonly option: string; readonly by: readonly IdentityId[] }[]
  /** The last vote of each person that counts. */
  readonly counted: readonly Vote[]
  /** Its author has ended it. */
  readonly closed: boolean
  /** Whose last word came too late, or says that it did. */
  readonly tooLate: readonly IdentityId[]
}

export const tallyOf = ({ author, about }: MessageRow, poll: PollOffer): Tally => {
  const { closesAt, multiple, options } = poll
  const votes = about.votes?.filter(counts) ?? []
  // The first one: an author's devices may end it unaware of each other.
  const closing = about.closings?.find((candidate) => candidate.by === author && counts(candidate))
  const named = closing && new Set(closing.votes)
  const inTime = ({ id, wall = 0 }: Vote): boolean => named?.has(id) !== false && (closesAt === undefined || wall <= closesAt)
  const last = lastOfEach(votes)
  const counted = lastOfEach(votes.filter(inTime))
  return {
    // A choice that there is not counts for nothing, nor do several where one was asked for.
    votes: options.map((option, place) => ({
      option,
      by: counted.filter(({ choices }) => (multiple || choices.length === 1) && choices.includes(place)).map(({ by }) => by),
    })),
    counted,
    closed: closing !== undefined,
    tooLate: last.filter((vote) => !counted.includes(vote)).map(({ by }) => by),
  }
}

/** `votes` in their order. */
const lastOfEach = (votes: readonly Vote[]): readonly Vote[] => {
  const byPerson = new Map(votes.map((vote) => [vote.by, vote]))
  return votes.filter((vote) => byPerson.get(vote.by) === vote)
}
