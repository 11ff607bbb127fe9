// Lines between messages, in words.
import type { IdentityId } from '../../core/ids.ts'
import { unreachable } from '../../core/result.ts'
import type { NoticeRow } from '../../core/timeline/row.ts'
import type { PersonView } from '../../ports/queries.ts'

export const noticeText = (row: NoticeRow, person: (identity: IdentityId) => PersonView): string => {
  const author = person(row.author)
  const who = author.isMe ? 'You' : author.name
  const { notice } = row
  switch (notice.kind) {
    case 'created':
      return notice.name === '' ? `${who} started this conversation` : `${who} created “${notice.name}”`
    case 'joined':
      return person(notice.person).isMe ? 'You joined' : `${notice.name} joined`
    case 'removed':
      return `${who} removed ${person(notice.person).isMe ? 'you' : person(notice.person).name}`
    case 'role':
      return `${who} made ${person(notice.person).isMe ? 'you' : person(notice.person).name} ${roleText[notice.role]}`
    case 'policy':
      return `${who} changed what members may do`
    case 'left':
      return `${who} left`
    case 'named':
      return `${who} named this group “${notice.name}”`
    case 'renamed':
      return author.isMe ? `You are now called ${notice.name}` : `Somebody is now called ${notice.name}`
    case 'forked':
      return `${author.isMe ? 'A device of yours' : `A device of ${author.name}`} told different people different things. Compare safety numbers before you trust it.`
    case 'newer-version':
      return `${who} sent something made by a newer version`
    default:
      return unreachable(notice)
  }
}

const roleText = { owner: 'an owner', moderator: 'a moderator', member: 'a member', reader: 'a reader' } as const

/** That some are not here yet; they come when somebody who has them is linked. */
export const missingText = (name: string, count: number): string =>
  count === 1
    ? `1 message by ${name} is missing. It comes when somebody who has it is here.`
    : `${count} messages by ${name} are missing. They come when somebody who has them is here.`

/** Why nobody has let us in so far. That it ran out is certain by the own clock alone; anything else is somebody's word. */
export const refusedText = (reason: string, hasRunOut: boolean): string => {
  if (hasRunOut) return 'This invite has expired. Ask for a new one.'
  const answer = reason === 'expired' ? 'has expired' : reason === 'unknown' ? 'is not known there' : 'was used already'
  return `Somebody answered that this invite ${answer}. If nobody else lets you in, ask for a new one.`
}
