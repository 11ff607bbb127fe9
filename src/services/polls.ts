// Asking everybody, choosing, and ending it.
import type { ContentBody } from '../core/event/event.ts'
import type { ConversationId, EventId } from '../core/ids.ts'
import { maxMembers, maxPollOptionCharacters, maxPollOptions } from '../core/limits.ts'
import type { Result } from '../core/result.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import { tallyOf } from '../core/timeline/tally.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { NotAllowedError } from './author.ts'
import { problem } from './problems.ts'
import { checkText, sayAbout, sayThing } from './send.ts'
import type { Session } from './session.ts'

type Answer = Result<void, CommandProblem>
type Poll = Omit<Extract<ContentBody, { readonly kind: 'poll' }>, 'kind'>

/** Of blanks alone no answer is made. */
export const sendPoll = async (session: Session, id: ConversationId, { question, options: given, ...rest }: Poll): Promise<Answer> => {
  const options = given.map((option) => option.trim().toWellFormed()).filter((option) => option !== '')
  const bad = checkText(question)
  if (bad !== undefined) return bad
  if (options.length < 2) return problem('empty')
  if (options.length > maxPollOptions || options.some((option) => [...option].length > maxPollOptionCharacters)) return problem('too-long')
  return sayThing(session, id, { kind: 'poll', question: question.trim().toWellFormed(), options, ...rest })
}

export const vote = async (session: Session, id: ConversationId, poll: EventId, choices: readonly number[]): Promise<Answer> =>
  sayAbout(session, id, poll, async (target, draft) => {
    const row = await draft.get('timeline', [id, timelineBucket(target.hlc), target.id])
    if (row?.kind === 'message' && row.poll !== undefined) {
      const { closesAt = Infinity } = row.poll
      if (tallyOf(row, row.poll).closed || session.clock.now() > closesAt) return problem('closed')
    }
    return { kind: 'vote', target, choices: [...new Set(choices)].toSorted((a, b) => a - b) }
  })

/** With the votes that have come; of more people than a conversation has, who can only have left, those who voted last. */
export const closePoll = async (session: Session, id: ConversationId, poll: EventId): Promise<Answer> =>
  sayAbout(session, id, poll, async (target, draft) => {
    const row = await draft.get('timeline', [id, timelineBucket(target.hlc), target.id])
    if (row?.kind !== 'message' || row.poll === undefined || row.author !== session.me.identity) throw new NotAllowedError()
    const { closed, counted } = tallyOf(row, row.poll)
    if (closed) return problem('closed')
    const votes = counted.slice(-maxMembers).map((last) => last.id)
    return { kind: 'close', target, votes: votes.toSorted() }
  })
