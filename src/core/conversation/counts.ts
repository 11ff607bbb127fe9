// Whether an event counts for what is shown. It was its author's right in their own past, so it stays in the log of everybody; but a
// removal that they had not seen may have overtaken it.
import { lanes, type SignedEvent } from '../event/event.ts'
import { pastOf } from '../members/log.ts'
import { isCutOff } from '../members/transforms/void.ts'
import type { Conversation } from './conversation.ts'

export const isVoidIn = ({ members, log }: Conversation, event: SignedEvent): boolean => {
  if (members === undefined) return false
  if (event.lane === lanes.members) return members.voidOps.has(event.id)
  const cutoffs = members.cutoffsByDevice.get(event.device)
  return cutoffs !== undefined && isCutOff(cutoffs, pastOf(log, event), event.seq)
}
