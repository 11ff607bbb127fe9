// What people call themselves: the last name that they gave, in the order of the log.
import type { DeviceId, IdentityId } from '../../ids.ts'
import type { VerifiedEvent } from '../../event/event.ts'

/** The conversation's own name: the last that it was given. */
export const resolveTitle = (first: string, ops: readonly VerifiedEvent[]): string =>
  ops.reduce((title, op) => (op.body.kind === 'name' ? op.body.name : title), first)

export const resolveNames = (
  ops: readonly VerifiedEvent[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
): ReadonlyMap<IdentityId, string> => {
  const names = new Map<IdentityId, string>()
  for (const op of ops) {
    if (op.body.kind === 'create' || op.body.kind === 'add') names.set(op.body.person.identity, op.body.person.name)
    const author = ownerByDevice.get(op.device)
    if (op.body.kind === 'profile' && author !== undefined) names.set(author, op.body.name)
  }
  return names
}
