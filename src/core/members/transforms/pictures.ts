// Pictures of people and of the conversation: the last that was given, in the order of the log. An empty one takes it back.
import type { VerifiedEvent } from '../../event/event.ts'
import type { DeviceId, IdentityId } from '../../ids.ts'
import type { Member, Members } from '../members.ts'

/** `counting` are those of the operations that count; of oneself one may say what one likes, as with names. */
export const resolvePictures = (
  ops: readonly VerifiedEvent[],
  counting: readonly VerifiedEvent[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
  members: Members,
): Members => {
  const ofGroup = counting.findLast(({ body }) => body.kind === 'picture' && body.of === 'group')?.body
  const people = new Map(members.people)
  for (const { body, device } of ops) {
    const author = people.get(ownerByDevice.get(device) as IdentityId)
    if (body.kind === 'picture' && body.of === 'self' && author) people.set(author.identity, withPicture(author, body.picture))
  }
  const pictured = { ...members, people }
  return ofGroup?.kind === 'picture' ? withPicture(pictured, ofGroup.picture) : pictured
}

/** The same with a picture, or with none. */
export const withPicture = <T extends Member | Members>(of: T, given: Uint8Array): T => {
  const { picture: _, ...rest } = of
  return (given.length === 0 ? rest : { ...rest, picture: given }) as T
}
