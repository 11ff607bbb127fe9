// What leaving means, in one or two sentences that are true: also who looks after the group then.
import type { ConversationView } from '../../ports/queries.ts'
import { shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'
import { heirsOf } from './rights.ts'

export const leavingText = (view: ConversationView): string => {
  if (view.kind !== 'group' || view.standing !== 'member') return t.leaveText
  if (view.members.length === 1) return `${t.leaveText} ${t.leaveLast}`
  const heirs = heirsOf(view)
  const [first] = heirs
  if (!first) return t.leaveText
  return `${t.leaveText} ${heirs.length === 1 ? t.leaveHeir(shownName(first.name, t.someone)) : t.leaveSenior(first.role)}`
}
