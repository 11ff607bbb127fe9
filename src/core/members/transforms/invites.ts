// Invites by the log: who made them, until when they hold, and how many came by them.
import type { DeviceId, IdentityId } from '../../ids.ts'
import type { VerifiedEvent } from '../../event/event.ts'
import type { Invite } from '../members.ts'

export const resolveInvites = (
  ops: readonly VerifiedEvent[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
): ReadonlyMap<string, Invite> => {
  const invites = new Map<string, Invite>()
  for (const op of ops) {
    const by = ownerByDevice.get(op.device)
    if (op.body.kind !== 'invite' || by === undefined || invites.has(op.body.invite)) continue
    const { invite, key, meeting, expiresAt, uses } = op.body
    invites.set(invite, { invite, key, meeting, expiresAt, uses, by, joined: joinedBy(ops, invite) })
  }
  return invites
}

const joinedBy = (ops: readonly VerifiedEvent[], invite: string): number =>
  new Set(ops.flatMap((op) => (op.body.kind === 'add' && op.body.invite === invite ? [op.body.person.identity] : []))).size
