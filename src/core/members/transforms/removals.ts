// Which removals count (PROTOCOL section 4). A removal by somebody who was themselves removed, each unaware of the other, counts only if
// its author is not junior: seniority decides, and two who were let in unaware of each other remove both.
import type { DeviceId, IdentityId } from '../../ids.ts'
import type { Head, VerifiedEvent } from '../../event/event.ts'
import { saw, type MembersLog } from '../log.ts'

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
  const ranks = [...seniority.keys()]
  const bySeniority = removals.toSorted((a, b) => ranks.indexOf(a.by) - ranks.indexOf(b.by))
  const counting: Removal[] = []
  for (const removal of bySeniority) {
    const overruled = counting.some(
      (senior) =>
        senior.target === removal.by &&
        senior.by !== senior.target &&
        areUnaware(log, senior.op, removal.op) &&
        !(removal.target === senior.by && isTie(log, seniority, removal.by, senior.by)),
    )
    if (!overruled) counting.push(removal)
  }
  return counting
}

/** Neither author had seen the other's operation. */
export const areUnaware = (log: MembersLog, a: VerifiedEvent, b: VerifiedEvent): boolean =>
  !saw(log.pastById.get(a.id) ?? new Map(), b) && !saw(log.pastById.get(b.id) ?? new Map(), a)

const isTie = (log: MembersLog, seniority: Seniority, a: IdentityId, b: IdentityId): boolean => {
  const [first, second] = [seniority.get(a), seniority.get(b)]
  return first !== undefined && second !== undefined && first.id !== second.id && areUnaware(log, first, second)
}
