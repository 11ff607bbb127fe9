// What a row looks like now: the last edit by its author, whether it was taken back or away, who reacts with what.
import type { IdentityId } from '../ids.ts'
import { counts, type MessageRow } from './row.ts'
import { tallyOf, type Tally } from './tally.ts'

export interface SeenMessage {
  /** Empty when it was deleted. */
  readonly text: string
  readonly edited: boolean
  readonly deleted: boolean
  /** Who took it away, when its author did not: the first who might. */
  readonly deletedBy?: IdentityId
  /** In the order of the first who reacted with it. */
  readonly reactions: readonly { readonly emoji: string; readonly by: readonly IdentityId[] }[]
  /** The last word of those who may say. */
  readonly pinned: boolean
  readonly poll?: Tally
}

/** Only the author's own edits and deletions count, and deletions by those who look after the group; others' are kept and ignored. */
export const seenMessage = (row: MessageRow): SeenMessage => {
  const edit = row.about.edits.findLast((candidate) => candidate.by === row.author && counts(candidate) && isInWords(row))
  const deletions = row.about.deletions.filter(counts)
  const deletion = deletions.find(({ by }) => by === row.author) ?? deletions.find(({ forAll }) => forAll)
  if (deletion !== undefined) return takenAway(deletion.by === row.author ? {} : { deletedBy: deletion.by })
  const byEmoji = Map.groupBy(
    row.about.reactions.filter((reaction) => reaction.on && counts(reaction)),
    (reaction) => reaction.emoji,
  )
  return {
    text: edit?.text ?? row.text,
    edited: edit !== undefined,
    deleted: false,
    reactions: [...byEmoji].map(([emoji, reactions]) => ({ emoji, by: reactions.map((reaction) => reaction.by) })),
    pinned: row.about.pins?.findLast(counts)?.on ?? false,
    ...(row.poll === undefined ? {} : { poll: tallyOf(row, row.poll) }),
  }
}

const takenAway = (by: Pick<SeenMessage, 'deletedBy'>): SeenMessage => ({
  text: '',
  edited: false,
  deleted: true,
  ...by,
  reactions: [],
  pinned: false,
})

/** What the author has had it say, oldest first, the present words last; nothing of what was taken back. */
export const versionsOf = (row: MessageRow): readonly { readonly text: string; readonly hlc: number }[] => {
  if (seenMessage(row).deleted) return []
  return [{ text: row.text, hlc: row.hlc }, ...row.about.edits.filter((edit) => edit.by === row.author && counts(edit) && isInWords(row))]
}

/** Only words are edited. Nobody's vote is for another question than the one that they read, and where somebody was does not change. */
const isInWords = ({ poll, place, card }: MessageRow): boolean => poll === undefined && place === undefined && card === undefined
