// The members that a set of operations gives: a function of the set alone, so everyone who holds the same operations computes the same,
// in whatever order they came (PROTOCOL section 4). Each step is a rule with a file of its own in transforms/; `advance` takes the short way
// to the same answer when one plain operation is added.
import type { VerifiedEvent } from '../event/event.ts'
import type { DeviceId, EventId, IdentityId } from '../ids.ts'
import type { MembersLog } from './log.ts'
import type { Members } from './members.ts'
import { resolveApplicants } from './transforms/applicants.ts'
import { resolveOwners } from './transforms/devices.ts'
import { resolveInvites } from './transforms/invites.ts'
import { resolveNames, resolveTitle } from './transforms/names.ts'
import { resolvePictures } from './transforms/pictures.ts'
import { resolvePeople, seniorityOf } from './transforms/people.ts'
import { allRemovals, countingRemovals } from './transforms/removals.ts'
import { resolveApproval, resolvePolicy, resolveSlow, resolveTimer, withOwner } from './transforms/roles.ts'
import { cutoffsOf, voidOps } from './transforms/void.ts'

/** `ops` is the whole lane, or the part of it that somebody had seen; in order. `undefined` while it does not begin with a `create`. */
export const resolveMembers = (log: MembersLog, ops: readonly VerifiedEvent[]): Members | undefined => {
  const create = ops.find((op) => op.body.kind === 'create')
  if (create?.body.kind !== 'create') return undefined

  const ownerByDevice = resolveOwners(ops)
  const { standing, voided } = weigh(log, ops, ownerByDevice)
  const counting = ops.filter((op) => !voided.has(op.id))

  // All else is the last word of what counts.
  const nameByIdentity = resolveNames(log, ops, ownerByDevice)
  const people = resolvePeople(log, counting, standing, nameByIdentity)
  const members: Members = {
    as: create.body.as,
    name: resolveTitle(create.body.name, counting),
    meeting: create.body.meeting,
    policy: resolvePolicy(counting),
    timer: resolveTimer(counting),
    slow: resolveSlow(counting),
    approval: resolveApproval(counting),
    ...resolveApplicants(log, counting, ownerByDevice),
    ...withOwner(people),
    invites: resolveInvites(counting, ownerByDevice),
    ownerByDevice,
    nameByIdentity,
    voidOps: voided,
    cutoffsByDevice: cutoffsOf(standing, counting, ownerByDevice),
  }
  return resolvePictures(ops, counting, ownerByDevice, members)
}

/**
 * Which removals hold although others took out those who made them, and which operations do not count: what those did who were taken out,
 * unaware of it. A removal that thereby falls takes nothing with it, so all is weighed again without it, and so may stand again what only
 * that one had taken. Hardly ever is there any; that two fell and stood in turn for ever would need removals in a ring, and ends too.
 */
const weigh = (log: MembersLog, ops: readonly VerifiedEvent[], ownerByDevice: ReadonlyMap<DeviceId, IdentityId>) => {
  const all = allRemovals(ops, ownerByDevice)
  const seniority = seniorityOf(ops)
  let voided: ReadonlySet<EventId> = new Set()
  for (let round = 1; ; round++) {
    const removals = countingRemovals(
      log,
      all.filter((removal) => !voided.has(removal.op.id)),
      seniority,
    )
    const before = voided
    voided = voidOps(log, ops, removals, ownerByDevice)
    const standing = removals.filter((removal) => !voided.has(removal.op.id))
    if (round === maxRounds || all.every(({ op }) => voided.has(op.id) === before.has(op.id))) return { standing, voided }
  }
}

/** Everybody weighs as often, so that all come to the same. */
const maxRounds = 8
