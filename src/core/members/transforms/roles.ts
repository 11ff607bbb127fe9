// Roles, policy and timer by the log: the last word of those who had the right to it. A group whose owners have all gone is owned by the most
// senior of the highest rank left, so that it can always be looked after.
import type { IdentityId } from '../../ids.ts'
import type { EventFields, VerifiedEvent } from '../../event/event.ts'
import { opsSeen, pastOf, pastOfOp, saw, type MembersLog } from '../log.ts'
import type { Member, Members } from '../members.ts'
import type { Removal } from './removals.ts'
import { defaultPolicy, roles, type Policy, type Role } from '../role.ts'

export const resolveRoles = (
  log: MembersLog,
  ops: readonly VerifiedEvent[],
  removalsByTarget: ReadonlyMap<IdentityId, readonly Removal[]>,
): ReadonlyMap<IdentityId, Role> => {
  const comesBack = (op: VerifiedEvent, identity: IdentityId): boolean =>
    removalsByTarget.get(identity)?.some((removal) => saw(pastOfOp(log, op), removal.op)) === true
  const byIdentity = new Map<IdentityId, Role>()
  for (const op of ops) {
    if (op.body.kind === 'role') byIdentity.set(op.body.identity, op.body.role)
    // Whoever is let in again begins as everybody does; whom two let in at the same moment was not away.
    if (op.body.kind === 'add' && comesBack(op, op.body.person.identity)) byIdentity.delete(op.body.person.identity)
  }
  return byIdentity
}

export const resolvePolicy = (ops: readonly VerifiedEvent[]): Policy =>
  ops.reduce((policy, op) => (op.body.kind === 'policy' ? op.body.policy : policy), defaultPolicy)

/** What the author of an operation knew of who may do what. */
export const policyBefore = (log: MembersLog, op: EventFields): Policy => resolvePolicy(opsSeen(log, pastOf(log, op)))

/** Seconds after which what is said disappears: nobody begins with a time. */
export const resolveTimer = (ops: readonly VerifiedEvent[]): number =>
  ops.reduce((timer, op) => (op.body.kind === 'timer' ? op.body.seconds : timer), 0)

/** Seconds between two messages of one person: nobody is held back in the beginning. */
export const resolveSlow = (ops: readonly VerifiedEvent[]): number =>
  ops.reduce((slow, op) => (op.body.kind === 'slow' ? op.body.seconds : slow), 0)

export const resolveApproval = (ops: readonly VerifiedEvent[]): boolean =>
  ops.reduce((on, op) => (op.body.kind === 'approval' ? op.body.on : on), false)

/** People with at least one owner among them, and whether that one only stands in. */
export const withOwner = (people: ReadonlyMap<IdentityId, Member>): Pick<Members, 'people' | 'isInherited'> => {
  const members = [...people.values()]
  if (members.length === 0 || members.some((member) => member.role === 'owner')) return { people, isInherited: false }
  const [heir] = members.toSorted(
    (a, b) => roles.indexOf(b.role) - roles.indexOf(a.role) || a.since.hlc - b.since.hlc || (a.since.id < b.since.id ? -1 : 1),
  )
  return { people: heir === undefined ? people : new Map(people).set(heir.identity, { ...heir, role: 'owner' }), isInherited: true }
}
