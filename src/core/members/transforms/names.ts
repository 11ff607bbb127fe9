// What people call themselves: the last name that they gave, in the order of the log.
import type { DeviceId, IdentityId } from '../../ids.ts'
import type { VerifiedEvent } from '../../event/event.ts'
import { pastOfOp, saw, type MembersLog } from '../log.ts'

/** The conversation's own name: the last that it was given. */
export const resolveTitle = (first: string, ops: readonly VerifiedEvent[]): string =>
  ops.reduce((title, op) => (op.body.kind === 'name' ? op.body.name : title), first)

/**
 * What somebody calls themselves counts over the names by which those let them in of whom they knew then, whatever clock these had: otherwise
 * they could not take a name again whose host's clock is years ahead, and would try for ever.
 */
export const resolveNames = (
  log: MembersLog,
  ops: readonly VerifiedEvent[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
): ReadonlyMap<IdentityId, string> => {
  const names = new Map<IdentityId, string>()
  const ownByIdentity = new Map<IdentityId, VerifiedEvent>()
  for (const op of ops) {
    const { body } = op
    if (body.kind === 'create' || body.kind === 'add') {
      const own = ownByIdentity.get(body.person.identity)
      if (own === undefined || !saw(pastOfOp(log, own), op)) names.set(body.person.identity, body.person.name)
    }
    const author = ownerByDevice.get(op.device)
    if (body.kind === 'profile' && author !== undefined) {
      names.set(author, body.name)
      ownByIdentity.set(author, op)
    }
  }
  return names
}
