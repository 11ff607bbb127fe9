// Whether an event counts for what is shown. It may stand in the log, so it stays in the log of everybody; but a removal that its author
// had not seen may have overtaken it, or it asks for more than its author may say.
import { lanes, type SignedEvent } from '../event/event.ts'
import { mayCallEverybody, mayDeleteForAll, maySay } from '../members/judge.ts'
import { pastOf } from '../members/log.ts'
import { policyBefore } from '../members/transforms/roles.ts'
import { isCutOff } from '../members/transforms/void.ts'
import { markForAll } from '../timeline/fold.ts'
import { callsEverybody } from '../timeline/mention.ts'
import type { TimelineRow } from '../timeline/row.ts'
import type { Conversation } from './conversation.ts'

export const isVoidIn = ({ members, log }: Conversation, event: SignedEvent): boolean => {
  if (members === undefined) return false
  if (event.lane === lanes.members) return members.voidOps.has(event.id)
  const cutoffs = members.cutoffsByDevice.get(event.device)
  return (cutoffs !== undefined && isCutOff(cutoffs, pastOf(log, event), event.seq)) || !maySay(log, members, event)
}

/** Whether an event is somebody's who would edit or delete what another said, and may not: it is kept, and changes nothing. */
export const isIdle = (row: TimelineRow, { id }: SignedEvent): boolean => {
  if (row.kind !== 'message') return false
  const { edits, deletions } = row.about
  return (
    edits.some((edit) => edit.id === id && edit.by !== row.author) ||
    deletions.some((deletion) => deletion.id === id && deletion.by !== row.author && deletion.forAll !== true)
  )
}

/**
 * The row that an event was folded into, with what the log adds to the event's own words: that its author may call everybody, or take away
 * what others said; what held before the rules were changed. By the event's own past, so that all rows converge.
 */
export const withLog = ({ members, log }: Conversation, event: SignedEvent, row: TimelineRow): TimelineRow => {
  if (members === undefined) return row
  switch (event.body.kind) {
    case 'text':
      if (row.kind !== 'message' || !callsEverybody(event.body.text) || !mayCallEverybody(log, members, event)) return row
      return { ...row, callsEverybody: true }
    case 'delete':
      return mayDeleteForAll(log, members, event) ? markForAll(row, event.id) : row
    case 'policy':
      if (row.kind !== 'notice' || row.notice.kind !== 'policy') return row
      return { ...row, notice: { ...row.notice, before: policyBefore(log, event) } }
    default:
      return row
  }
}
