// What commands answer when they cannot do what was asked.
import { err, failure, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { StoreError } from '../ports/store.ts'
import { NotAllowedError, TooLargeError } from './author.ts'

const problems = {
  'bad-name': 'Please type a name.',
  'bad-picture': 'That picture cannot be used. Choose another one.',
  'too-long': 'That is too long to be sent in one message.',
  empty: 'There is nothing to send.',
  'no-such-conversation': 'This conversation is not on this device.',
  'too-late': 'It has gone out already.',
  'too-soon': 'This group is slowed down. Wait a little before you write again.',
  gone: 'This message has disappeared.',
  closed: 'This poll is closed.',
  'not-allowed': 'You may not do that here.',
  'not-here': 'They are not online now. Emojis are compared while both of you have this open.',
  'not-asking': 'They do not ask to be let in any more.',
  comparing: 'Emojis are just being compared. End that first.',
  'disk-full': 'This device has no room left, so nothing was sent. Free some space and try again.',
  storage: 'This device could not save it, so nothing was sent. Try again.',
  busy: 'Another tab is just taking over. Try again in a moment.',
} as const satisfies Record<CommandProblem['kind'], string>

export const problem = (kind: CommandProblem['kind']): Result<never, CommandProblem> => err(failure(kind, problems[kind]))

/** Runs a command; storage that fails and rights that are missing become answers, bugs stay thrown. */
export const answering = async <T, E>(command: () => Promise<Result<T, E>>): Promise<Result<T, E | CommandProblem>> => {
  try {
    return await command()
  } catch (error) {
    if (error instanceof StoreError) return problem(error.failure === 'quota' ? 'disk-full' : 'storage')
    if (error instanceof NotAllowedError) return problem('not-allowed')
    if (error instanceof TooLargeError) return problem('too-long')
    throw error
  }
}
