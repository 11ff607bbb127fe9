// One's name and picture: given at the beginning, changed at will, told in every conversation.
import { equalBytes } from '../core/codec/bytes.ts'
import { isPicture } from '../core/members/picture.ts'
import { cleanName } from '../core/names.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { ConversationId } from '../core/ids.ts'
import { authorMembersOp } from './author.ts'
import { untilStored } from './background.ts'
import { problem } from './problems.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

const noPicture = new Uint8Array(0)

export const renameProfile = async (session: Session, typed: string): Promise<Result<void, CommandProblem>> => {
  const name = cleanName(typed)
  if (name === '') return problem('bad-name')
  const profile = { ...session.profile(), name }
  await session.store.commit([{ kind: 'put', table: 'profile', key: ['me'], value: profile }])
  session.setProfile(profile)
  tellName(session)
  return ok(undefined)
}

/** An empty picture takes the present one back. */
export const setPicture = async (session: Session, picture: Uint8Array): Promise<Result<void, CommandProblem>> => {
  if (picture.length > 0 && !isPicture(picture)) return problem('bad-picture')
  const { picture: _, ...rest } = session.profile()
  const profile = picture.length === 0 ? rest : { ...rest, picture }
  await session.store.commit([{ kind: 'put', table: 'profile', key: ['me'], value: profile }])
  session.setProfile(profile)
  tellName(session)
  return ok(undefined)
}

/**
 * Says the present name and picture wherever the members still have others: after it was changed, at the start, and on being let in, since a
 * person may have been renamed while they waited at the door.
 */
export const startTellingName = (session: Session): void => {
  session.rooms.onCommit(({ after }) => {
    if (isToldOtherwise(session, after)) tellNameIn(session, after.conversation.id)
  })
  tellName(session)
}

const tellName = (session: Session): void => {
  for (const room of session.rooms.all()) if (isToldOtherwise(session, room)) tellNameIn(session, room.conversation.id)
}

const tellNameIn = (session: Session, id: ConversationId): void =>
  untilStored(session, () =>
    session.rooms.enter(id, async (room, draft) => {
      if (room === undefined || !isToldOtherwise(session, room)) return { value: undefined }
      const { name, picture = noPicture } = session.profile()
      const named = isNamedOtherwise(session, room) ? await authorMembersOp(session, draft, room, { kind: 'profile', name }) : room
      if (!isPicturedOtherwise(session, named)) return { room: named, value: undefined }
      return { room: await authorMembersOp(session, draft, named, { kind: 'picture', of: 'self', picture }), value: undefined }
    }),
  )

const isToldOtherwise = (session: Session, room: Room): boolean => {
  const { standing } = room.record
  return (standing === 'member' || standing === 'inviting') && (isNamedOtherwise(session, room) || isPicturedOtherwise(session, room))
}

const isNamedOtherwise = (session: Session, { conversation }: Room): boolean => {
  const { name } = session.profile()
  const told = conversation.members?.people.get(session.me.identity)?.name
  return name !== '' && told !== undefined && told !== name
}

const isPicturedOtherwise = (session: Session, { conversation }: Room): boolean => {
  const told = conversation.members?.people.get(session.me.identity)
  return told !== undefined && !equalBytes(told.picture ?? noPicture, session.profile().picture ?? noPicture)
}
