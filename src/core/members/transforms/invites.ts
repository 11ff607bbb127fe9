// Invites by the log: who made them, until when they hold, and how many came by them.
import type { DeviceId, IdentityId } from '../../ids.ts'
import type { VerifiedEvent } from '../../event/event.ts'
import type { Invite } from '../members.ts'

export const resolveInvites = (
  ops: readonly VerifiedEvent[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
): ReadonlyMap<string, Invite> => {
  const invites = new Map<string, Invite>()
  const joinedByInvite = Map.groupBy(ops.flatMap(joinedIn), ([invite]) => invite)
  for (const op of ops) {
    withdraw(invites, op)
    const by = ownerByDevice.get(op.device)
    if (op.body.kind !== 'invite' || by === undefined || invites.has(op.body.invite)) continue
    const { invite, key, meeting, expiresAt, uses } = op.body
    invites.set(invite, {
      invite,
      key,
      meeting,
      expiresAt,
      uses,
      by,
      joined: new Set(joinedByInvite.get(invite)?.map(([, person]) => person)).size,
    })
  }
  return invites
}

/** What is withdrawn before it was given is another's matter. */
const withdraw = (invites: Map<string, Invite>, { body }: VerifiedEvent): void => {
  const known = body.kind === 'withdraw' ? invites.get(body.invite) : undefined
  if (known !== undefined) invites.set(known.invite, { ...known, isWithdrawn: true })
}

const joinedIn = ({ body }: VerifiedEvent): readonly (readonly [invite: string, IdentityId])[] =>
  body.kind === 'add' && body.invite !== null ? [[body.invite, body.person.identity]] : []
