// A message as it is drawn at rest, in a group, with its name, face and time: for drawing messages outside of a timeline.
import type { MessageFrame } from '../../../src/ui/conversation/message.ts'

const nothing = (): void => undefined

export const restingFrame: MessageFrame = {
  first: true,
  last: true,
  named: true,
  overdue: undefined,
  telling: true,
  jumped: false,
  tabbable: false,
  still: false,
  mayVote: true,
  selected: undefined,
  onQuote: nothing,
  onThread: nothing,
  onTakeBack: nothing,
  onReact: nothing,
  onMore: nothing,
}
