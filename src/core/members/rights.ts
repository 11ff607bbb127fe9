// What a role may do to somebody with another one, or for everybody: the rules that operations are judged by (`judge`), and that a screen follows so that
// it offers nothing which everybody would refuse.
import { isAtLeast, type Policy, type Role } from './role.ts'

interface HasRole {
  readonly role: Role
}

/** Those below, and owners each other. */
export const mayRemove = (author: HasRole, target: HasRole | undefined): boolean =>
  target !== undefined && isAtLeast(author.role, 'moderator') && (author.role === 'owner' || !isAtLeast(target.role, author.role))

/** Owners give any role; moderators decide who may write. */
export const mayGiveRole = (author: HasRole, target: HasRole | undefined, role: Role): boolean => {
  if (target === undefined) return false
  if (author.role === 'owner') return true
  return author.role === 'moderator' && !isAtLeast(target.role, 'moderator') && !isAtLeast(role, 'moderator')
}

/** Who decides whether somebody is let in where newcomers need approval: of those who may invite those who look after the group. */
export const mayApprove = ({ policy }: { readonly policy: Policy }, author: HasRole): boolean =>
  isAtLeast(author.role, policy.invite) && isAtLeast(author.role, 'moderator')

/** Who may put messages in front for everybody: in a direct conversation both. */
export const mayPin = ({ as, policy }: { readonly as: 'direct' | 'group'; readonly policy: Policy }, author: HasRole): boolean =>
  as === 'direct' || (isAtLeast(author.role, policy.post) && isAtLeast(author.role, policy.pin))

/** Who may take away what others said: those who look after a group, from everybody. In a direct conversation each has their own words. */
export const mayDelete = ({ as }: { readonly as: 'direct' | 'group' }, author: HasRole): boolean =>
  as === 'group' && isAtLeast(author.role, 'moderator')

/** Who says after which time messages disappear: in a direct conversation both, in a group those who look after it. */
export const maySetTimer = ({ as }: { readonly as: 'direct' | 'group' }, author: HasRole): boolean =>
  as === 'direct' || isAtLeast(author.role, 'moderator')
