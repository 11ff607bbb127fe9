// Operations that do not count after all. Whoever was removed may go on unaware of it, or pretend to: what they did meanwhile, unseen by
// the remover, is void, and so is everything by people who were let in only by that. Of several whom an invite for one person let in, each
// admitted unaware of the others, the first in order came by it, and nobody else.
import type { DeviceId, EventId, IdentityId } from '../../ids.ts'
import type { VerifiedEvent } from '../../event/event.ts'
import { seenUpTo, type MembersLog, type Past } from '../log.ts'
import type { Cutoff } from '../members.ts'
import { areUnaware, type Removal } from './removals.ts'

export const voidOps = (
  log: MembersLog,
  ops: readonly VerifiedEvent[],
  removals: readonly Removal[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
): ReadonlySet<EventId> => {
  const expulsionsByTarget = Map.groupBy(
    removals.filter((removal) => removal.by !== removal.target),
    (removal) => removal.target,
  )
  const weighed = new Set(removals.map((removal) => removal.op.id))
  const voided = new Set<EventId>()
  const entered = new Set<IdentityId>()
  const guestByInvite = new Map([...singleInvites(ops)].map((invite): [string, IdentityId | undefined] => [invite, undefined]))
  const comesTooLate = ({ body }: VerifiedEvent): boolean => {
    if (body.kind !== 'add' || body.invite === null) return false
    const guest = guestByInvite.get(body.invite)
    return guest !== undefined && guest !== body.person.identity
  }
  const authorOf = (op: VerifiedEvent) => ownerByDevice.get(op.device)
  for (const op of ops) {
    const author = authorOf(op)
    const overtaken = author !== undefined && (expulsionsByTarget.get(author) ?? []).some((removal) => areUnaware(log, removal.op, op))
    const isRemoval = op.body.kind === 'remove' && weighed.has(op.id)
    if (op.body.kind === 'create') entered.add(op.body.person.identity)
    // A removal that counts although its author was removed too has been weighed already.
    else if (author === undefined || !entered.has(author) || (overtaken && !isRemoval) || comesTooLate(op)) voided.add(op.id)
    else if (op.body.kind === 'add') {
      entered.add(op.body.person.identity)
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
