// Whether an event counts for what is shown. It may stand in the log, so it stays in the log of everybody; but a removal that its author
// had not seen may have overtaken it, or it asks for more than its author may say.
import { lanes, type SignedEvent } from '../event/event.ts'
import { mayCallEverybody, maySay } from '../members/judge.ts'
import { pastOf } from '../members/log.ts'
import { isCutOff } from '../members/transforms/void.ts'
import { callsEverybody } from '../timeline/mention.ts'
import type { Conversation } from './conversation.ts'

export const isVoidIn = ({ members, log }: Conversation, event: SignedEvent): boolean => {
  if (members === undefined) return false
  if (event.lane === lanes.members) return members.voidOps.has(event.id)
  const cutoffs = members.cutoffsByDevice.get(event.device)
  return (cutoffs !== undefined && isCutOff(cutoffs, pastOf(log, event), event.seq)) || !maySay(log, members, event)
}

/** Whether it calls everybody, and its author may. */
export const isCallToAll = ({ members, log }: Conversation, event: SignedEvent): boolean =>
  members !== undefined && event.body.kind === 'text' && callsEverybody(event.body.text) && mayCallEverybody(log, members, event)
