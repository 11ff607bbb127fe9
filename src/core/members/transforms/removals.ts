// Which removals count (PROTOCOL section 4). A removal by somebody who was themselves removed, each unaware of the other, counts only if
// its author is not junior: seniority decides, and two who were let in unaware of each other remove both.
import type { DeviceId, IdentityId } from '../../ids.ts'
import type { Head, VerifiedEvent } from '../../event/event.ts'
import { pastOfOp, saw, type MembersLog } from '../log.ts'

export interface Removal {
  readonly op: VerifiedEvent
  readonly by: IdentityId
  readonly target: IdentityId
  readonly last: readonly Head[]
}

/** Everything that takes somebody out, leaving included. */
export const allRemovals = (ops: readonly VerifiedEvent[], ownerByDevice: ReadonlyMap<DeviceId, IdentityId>): readonly Removal[] =>
  ops.flatMap((op): readonly Removal[] => {
    const by = ownerByDevice.get(op.device)
    if (by === undefined) return []
    if (op.body.kind === 'remove') return [{ op, by, target: op.body.identity, last: op.body.last }]
    return op.body.kind === 'leave' ? [{ op, by, target: by, last: [] }] : []
  })

/** The first operation that let each person in, in order: seniority. */
export type Seniority = ReadonlyMap<IdentityId, VerifiedEvent>

export const countingRemovals = (log: MembersLog, removals: readonly Removal[], seniority: Seniority): readonly Removal[] => {
  const rankByIdentity = new Map([...seniority.keys()].map((identity, rank) => [identity, rank]))
  const rankOf = ({ by }: Removal) => rankByIdentity.get(by) ?? -1
  const counting: Removal[] = []
  /** Those of others, which alone can overrule. */
  const expulsionsByTarget = new Map<IdentityId, Removal[]>()
  for (const removal of removals.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const overruled = expulsionsByTarget
      .get(removal.by)
      ?.some(
        (senior) =>
          areUnaware(log, senior.op, removal.op) && !(removal.target === senior.by && isTie(log, seniority, removal.by, senior.by)),
      )
    if (overruled === true) continue
    counting.push(removal)
    if (removal.by !== removal.target) expulsionsByTarget.set(removal.target, [...(expulsionsByTarget.get(removal.target) ?? []), removal])
  }
  return counting
}

/** Neither author had seen the other's operation. */
export const areUnaware = (log: MembersLog, a: VerifiedEvent, b: VerifiedEvent): boolean =>
  !saw(pastOfOp(log, a), b) && !saw(pastOfOp(log, b), a)

const isTie = (log: MembersLog, seniority: Seniority, a: IdentityId, b: IdentityId): boolean => {
  const [first, second] = [seniority.get(a), seniority.get(b)]
  return first !== undefined && second !== undefined && areUnaware(log, first, second)
}
