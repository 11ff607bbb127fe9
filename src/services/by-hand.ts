// Connecting by hand, for two side by side when no node can be reached: what each shows the other, as a link that a page can be opened with.
import { err, failure, ok, type Result } from '../core/result.ts'
import { handPath } from '../core/hand/signal.ts'
import type { HandProblem } from '../ports/commands.ts'
import type { HandStep } from '../ports/network.ts'
import type { Hidden } from './hidden.ts'
import type { Session } from './session.ts'

export const offerByHand = async (session: Session, hidden: Pick<Hidden, 'fromEverybody'>): Promise<Result<string, HandProblem>> => {
  if (hidden.fromEverybody()) return err(isHidden)
  const offer = await session.network.offerByHand()
  return offer === undefined ? err(noPath) : ok(linkOf(session, offer))
}

export const takeByHand = async (
  session: Session,
  hidden: Pick<Hidden, 'fromEverybody'>,
  text: string,
): Promise<Result<HandStep, HandProblem>> => {
  if (hidden.fromEverybody()) return err(isHidden)
  const step = await session.network.takeByHand(text)
  if (step === undefined) return err(noCode)
  return ok(step.kind === 'answer' ? { kind: 'answer', text: linkOf(session, step.text) } : step)
}

const linkOf = ({ config }: Session, code: string): string => config.origin + handPath + code

const noCode = failure('no-code', 'That is no code of somebody beside you, or it is too old. Ask for a new one.')
const noPath = failure('no-path', 'This browser cannot connect directly to another one.')
const isHidden = failure(
  'hidden',
  'You hide your IP address, and this would show it to the other person. Switch it off in the settings first.',
)
