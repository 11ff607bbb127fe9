// Whom one is in a conversation with: the only people to whom anything is said that is not about one conversation.
import type { DeviceId, IdentityId } from '../core/ids.ts'
import type { Session } from './session.ts'

/** Whose device it is, if one is in a conversation with them. */
export const contactWith = (session: Pick<Session, 'rooms' | 'me'>, device: DeviceId): IdentityId | undefined =>
  session.rooms
    .all()
    .filter(({ record }) => record.standing === 'member')
    .map(({ conversation: { members } }) => members?.ownerByDevice.get(device))
    .find((identity) => identity !== undefined && identity !== session.me.identity)
