// Who asks to be let in where newcomers need approval, and who was turned down. Any member whom they reached writes down that they ask; a
// dismissal ends it, and so does letting them in. Whoever wrote it down unaware of that end adds nothing: several may have been asked at once.
import type { DeviceId, IdentityId } from '../../ids.ts'
import type { VerifiedEvent } from '../../event/event.ts'
import { pastOfOp, saw, type MembersLog } from '../log.ts'
import type { Applicant, Members } from '../members.ts'

export const resolveApplicants = (
  log: MembersLog,
  ops: readonly VerifiedEvent[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
): Pick<Members, 'applicants' | 'declined'> => {
  const applicants = new Map<IdentityId, Applicant>()
  const declined = new Map<IdentityId, string>()
  const endByIdentity = new Map<IdentityId, VerifiedEvent>()
  const end = (identity: IdentityId, op: VerifiedEvent): void => {
    applicants.delete(identity)
    declined.delete(identity)
    endByIdentity.set(identity, op)
  }
  for (const op of ops) {
    const { body } = op
    const by = ownerByDevice.get(op.device)
    if (body.kind === 'apply' && by !== undefined) {
      const { identity } = body.person
      const known = endByIdentity.get(identity)
      if (applicants.has(identity) || (known !== undefined && !saw(pastOfOp(log, op), known))) continue
      declined.delete(identity)
      applicants.set(identity, { person: body.person, invite: body.invite, by, at: op.wall })
    } else if (body.kind === 'dismiss') {
      const invite = applicants.get(body.identity)?.invite
      end(body.identity, op)
      if (body.why === 'declined' && invite !== undefined) declined.set(body.identity, invite)
    } else if (body.kind === 'add') end(body.person.identity, op)
  }
  return { applicants, declined }
}
