// The members that a set of operations gives: a function of the set alone, so everyone who holds the same operations computes the same,
// in whatever order they came (PROTOCOL section 4). Each step is a rule with a file of its own in transforms/; `advance` takes the short way
// to the same answer when one plain operation is added.
import type { VerifiedEvent } from '../event/event.ts'
import type { MembersLog } from './log.ts'
import type { Members } from './members.ts'
import { resolveOwners } from './transforms/devices.ts'
import { resolveInvites } from './transforms/invites.ts'
import { resolveNames, resolveTitle } from './transforms/names.ts'
import { resolvePictures } from './transforms/pictures.ts'
import { resolvePeople, seniorityOf } from './transforms/people.ts'
import { allRemovals, countingRemovals } from './transforms/removals.ts'
import { resolvePolicy, withOwner } from './transforms/roles.ts'
import { cutoffsOf, voidOps } from './transforms/void.ts'

/** `ops` is the whole lane, or the part of it that somebody had seen; in order. `undefined` while it does not begin with a `create`. */
export const resolveMembers = (log: MembersLog, ops: readonly VerifiedEvent[]): Members | undefined => {
  const create = ops.find((op) => op.body.kind === 'create')
  if (create?.body.kind !== 'create') return undefined

  // Who wrote what, and which removals hold although others took out those who made them.
  const ownerByDevice = resolveOwners(ops)
  const removals = countingRemovals(log, allRemovals(ops, ownerByDevice), seniorityOf(ops))

  // What those who were taken out did meanwhile, unaware of it, does not count; nor do removals that fell with their author.
  const voided = voidOps(log, ops, removals, ownerByDevice)
  const counting = ops.filter((op) => !voided.has(op.id))
  const standing = removals.filter((removal) => !voided.has(removal.op.id))

  // All else is the last word of what counts.
  const nameByIdentity = resolveNames(ops, ownerByDevice)
  const people = resolvePeople(log, counting, standing, nameByIdentity)
  const members: Members = {
    as: create.body.as,
    name: resolveTitle(create.body.name, counting),
    meeting: create.body.meeting,
    policy: resolvePolicy(counting),
    ...withOwner(people),
    invites: resolveInvites(counting, ownerByDevice),
    ownerByDevice,
    nameByIdentity,
    voidOps: voided,
    cutoffsByDevice: cutoffsOf(standing, counting, ownerByDevice),
  }
  return resolvePictures(ops, counting, ownerByDevice, members)
}
