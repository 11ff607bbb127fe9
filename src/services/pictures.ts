// Pictures of people and groups, kept apart from the records that are written with every message.
import type { Members } from '../core/members/members.ts'
import type { ConversationId, IdentityId } from '../core/ids.ts'
import type { Draft } from './draft.ts'
import type { Room } from './room.ts'

/** After the members changed from `before`: whoever is told of in several conversations looks as they said last. */
export const keepPictures = (draft: Draft, before: Members | undefined, { conversation: { id, members } }: Room): void => {
  if (members === undefined) return
  const keep = (of: IdentityId | ConversationId, was: Uint8Array | undefined, is: Uint8Array | undefined): void => {
    if (was === is) return
    if (is === undefined) draft.delete('pictures', [of])
    else draft.put('pictures', [of], { bytes: is })
  }
  keep(id, before?.picture, members.picture)
  if (before?.people === members.people) return
  for (const [identity, { picture }] of members.people) keep(identity, before?.people.get(identity)?.picture, picture)
}
