// Operations that do not count after all. Whoever was removed may go on unaware of it, or pretend to: what they did meanwhile, unseen by
// the remover, is void, and so is everything by people who were let in, or let in again, only by that. Of several whom an invite for one
// person let in, each admitted unaware of the others, the first in order came by it, and nobody else.
import type { DeviceId, EventId, IdentityId } from '../../ids.ts'
import type { VerifiedEvent } from '../../event/event.ts'
import { pastOfOp, saw, seenUpTo, type MembersLog, type Past } from '../log.ts'
import type { Cutoff } from '../members.ts'
import { areUnaware, type Removal } from './removals.ts'

export const voidOps = (
  log: MembersLog,
  ops: readonly VerifiedEvent[],
  removals: readonly Removal[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
): ReadonlySet<EventId> => {
  const removalsByTarget = Map.groupBy(removals, (removal) => removal.target)
  const removalsOf = (identity: IdentityId) => removalsByTarget.get(identity) ?? []
  const weighed = new Set(removals.map((removal) => removal.op.id))
  const voided = new Set<EventId>()
  const entriesByIdentity = new Map<IdentityId, VerifiedEvent[]>()
  const enter = (identity: IdentityId, op: VerifiedEvent) =>
    entriesByIdentity.set(identity, [...(entriesByIdentity.get(identity) ?? []), op])
  /** Whether somebody had been let in, by an operation that counts, since they last were taken out or left, as far as they knew. */
  const hadEntered = (identity: IdentityId, op: VerifiedEvent): boolean => {
    const known = removalsOf(identity).filter((removal) => !voided.has(removal.op.id) && saw(pastOfOp(log, op), removal.op))
    return entriesByIdentity.get(identity)?.some((entry) => known.every((removal) => saw(pastOfOp(log, entry), removal.op))) === true
  }
  const guestByInvite = new Map([...singleInvites(ops)].map((invite): [string, IdentityId | undefined] => [invite, undefined]))
  const comesTooLate = ({ body }: VerifiedEvent): boolean => {
    if (body.kind !== 'add' || body.invite === null) return false
    const guest = guestByInvite.get(body.invite)
    return guest !== undefined && guest !== body.person.identity
  }
  const authorOf = (op: VerifiedEvent) => ownerByDevice.get(op.device)
  for (const op of ops) {
    const author = authorOf(op)
    const overtaken =
      author !== undefined && removalsOf(author).some(({ by, op: removal }) => by !== author && areUnaware(log, removal, op))
    const isRemoval = op.body.kind === 'remove' && weighed.has(op.id)
    if (op.body.kind === 'create') enter(op.body.person.identity, op)
    // A removal that counts although its author was removed too has been weighed already.
    else if (author === undefined || !hadEntered(author, op) || (overtaken && !isRemoval) || comesTooLate(op)) voided.add(op.id)
    else if (op.body.kind === 'add') {
      enter(op.body.person.identity, op)
      if (op.body.invite !== null && guestByInvite.has(op.body.invite)) guestByInvite.set(op.body.invite, op.body.person.identity)
    }
  }
  return voided
}

const singleInvites = (ops: readonly VerifiedEvent[]): ReadonlySet<string> =>
  new Set(ops.flatMap(({ body }) => (body.kind === 'invite' && body.uses === 'single' ? [body.invite] : [])))

/** Where the content of removed people and revoked devices ends. */
export const cutoffsOf = (
  removals: readonly Removal[],
  ops: readonly VerifiedEvent[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
): ReadonlyMap<DeviceId, readonly Cutoff[]> => {
  const cutoffs = new Map<DeviceId, Cutoff[]>()
  const cut = (device: DeviceId, op: VerifiedEvent, lastSeq: number) =>
    cutoffs.set(device, [...(cutoffs.get(device) ?? []), { by: op.device, seq: op.seq, lastSeq }])
  const devicesByOwner = Map.groupBy(ownerByDevice, ([, owner]) => owner)
  for (const { op, by, target, last } of removals) {
    if (by === target) continue
    for (const [device] of devicesByOwner.get(target) ?? []) cut(device, op, last.find((head) => head.device === device)?.seq ?? 0)
  }
  for (const op of ops) {
    const { body } = op
    if (body.kind === 'revoke') cut(body.device, op, body.last.find((head) => head.device === body.device)?.seq ?? 0)
  }
  return cutoffs
}

/** Whether what a device said counts: not when it lies beyond where a removal, unseen by its author, cut it off. */
export const isCutOff = (cutoffs: readonly Cutoff[], past: Past, seq: number): boolean =>
  cutoffs.some((cutoff) => seq > cutoff.lastSeq && seenUpTo(past, cutoff.by) < cutoff.seq)
