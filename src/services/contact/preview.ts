// What a contact link says before it is used: a name. Nobody is asked over the network, because whoever is behind it says nothing to
// strangers.
import { nameContact } from '../../core/contact/contact-name.ts'
import type { ContactLink } from '../../core/invite/link.ts'
import type { ContactId, IdentityId } from '../../core/ids.ts'
import { err, failure, ok, type Result } from '../../core/result.ts'
import type { InvitePreview, InviteProblem } from '../../ports/commands.ts'
import type { Room } from '../room.ts'
import type { Session } from '../session.ts'

export const previewContact = async (session: Session, { contact, name }: ContactLink): Promise<Result<InvitePreview, InviteProblem>> => {
  if (contact === nameContact(session.me.identity)) return err(ownLink)
  const already = await talkingWith(session, contact)
  return ok({
    kind: 'contact',
    title: name,
    inviter: name,
    confirmed: false,
    ...(already === undefined ? {} : { already: already.conversation.id }),
  })
}

export const ownLink = failure('own-invite', 'That is your own contact link. Give it to others.')

/** The conversation of two with somebody that goes on, or in which they were asked already. */
export const talkingWith = async ({ rooms, me, store }: Session, contact: ContactId): Promise<Room | undefined> => {
  const isThem = (identity: IdentityId): boolean => identity !== me.identity && nameContact(identity) === contact
  const shared = rooms.all().find(({ conversation: { members }, record }) => {
    return members?.as === 'direct' && record.standing !== 'left' && [...members.ownerByDevice.values()].some(isThem)
  })
  if (shared !== undefined) return shared
  const asked = await store.read((reader) => reader.list('contact', ['asked']))
  const ids = asked.flatMap(({ key, value }) => (value.kind === 'asked' && value.contact === contact ? [key[1]] : []))
  return rooms.all().find(({ conversation: { id }, record }) => record.standing === 'asking' && ids.includes(id))
}
