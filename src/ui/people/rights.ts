// What the person here may do to somebody of a group: the same rules that everybody judges by, so that no control leads nowhere. Pure.
import { everybodyWord } from '../../core/timeline/mention.ts'
import type { Nameable } from '../conversation/suggestions.ts'
import { mayDelete, mayGiveRole, mayPin, mayRemove, maySetTimer } from '../../core/members/rights.ts'
import { isAtLeast, roles, type Role } from '../../core/members/role.ts'
import type { ConversationView, MemberView } from '../../ports/queries.ts'

const isIn = (view: ConversationView): boolean => view.kind === 'group' && view.standing === 'member'
const meOf = (view: ConversationView): MemberView | undefined => view.members.find((member) => member.isMe)
const ownersOf = (view: ConversationView): readonly MemberView[] => view.members.filter((member) => member.role === 'owner')

/** The roles that may be given to somebody, highest first; none or one of them means that there is nothing to choose. */
export const rolesFor = (view: ConversationView, person: MemberView): readonly Role[] => {
  const me = meOf(view)
  if (!me || !isIn(view)) return []
  // The last owner would be made the owner again, by rank: somebody else has to be one first.
  if (person.isMe && ownersOf(view).length < 2) return []
  return roles.filter((role) => mayGiveRole(me, person, role)).toReversed()
}

export const mayRemovePerson = (view: ConversationView, person: MemberView): boolean => {
  const me = meOf(view)
  return me !== undefined && isIn(view) && !person.isMe && mayRemove(me, person)
}

export const mayHandOver = (view: ConversationView, person: MemberView): boolean => isIn(view) && view.myRole === 'owner' && !person.isMe

export const mayRename = (view: ConversationView): boolean => isIn(view) && isAtLeast(view.myRole, 'member')

export const mayInvite = (view: ConversationView): boolean =>
  view.kind === 'group' ? isIn(view) && isAtLeast(view.myRole, view.policy.invite) : view.standing === 'inviting'

export const maySetPolicy = (view: ConversationView): boolean => isIn(view) && view.myRole === 'owner'

/** Whether the person here may say after which time messages disappear. */
export const maySetTimerHere = (view: ConversationView): boolean =>
  (view.standing === 'member' || view.standing === 'inviting') && maySetTimer({ as: view.kind }, { role: view.myRole })

/** Whether the person here may write in it. */
export const mayWrite = (view: ConversationView): boolean =>
  view.standing !== 'left' && view.standing !== 'asking' && !view.blocked && (!isIn(view) || isAtLeast(view.myRole, view.policy.post))

/** Whether the person here may put messages in front for everybody. */
export const mayPinHere = (view: ConversationView): boolean =>
  mayWrite(view) && mayPin({ as: view.kind, policy: view.policy }, { role: view.myRole })

/** Whether the person here may take away what others said. */
export const mayDeleteHere = (view: ConversationView): boolean =>
  isIn(view) && mayWrite(view) && mayDelete({ as: view.kind }, { role: view.myRole })

/** A group in which only those write who look after it. */
export const isForAnnouncements = ({ kind, policy }: ConversationView): boolean => kind === 'group' && isAtLeast(policy.post, 'moderator')

/**
 * Who is made the owner when the person here leaves: everybody of the highest rank left, of whom it will be the most senior. None while
 * another owner stays, or nobody does.
 */
export const heirsOf = (view: ConversationView): readonly MemberView[] => {
  if (!isIn(view) || view.myRole !== 'owner' || ownersOf(view).length > 1) return []
  const others = view.members.filter((member) => !member.isMe)
  const highest = roles.findLast((role) => others.some((member) => member.role === role))
  return others.filter((member) => member.role === highest)
}

/** Everybody whom one can name by an at sign here: the people, and all of them at once for those who look after a group. */
export const nameable = ({ kind, id, members, myRole }: ConversationView): readonly Nameable[] =>
  kind === 'group' && isAtLeast(myRole, 'moderator') ? [...members, { identity: id, name: everybodyWord.slice(1), isAll: true }] : members
