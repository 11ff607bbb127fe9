// One's name: given at the beginning, changed at will, told in every conversation.
import { cleanName } from '../core/names.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { ConversationId } from '../core/ids.ts'
import { authorMembersOp } from './author.ts'
import { untilStored } from './background.ts'
import { problem } from './problems.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

export const renameProfile = async (session: Session, typed: string): Promise<Result<void, CommandProblem>> => {
  const name = cleanName(typed)
  if (name === '') return problem('bad-name')
  const profile = { ...session.profile(), name }
  await session.store.commit([{ kind: 'put', table: 'profile', key: ['me'], value: profile }])
  session.setProfile(profile)
  tellName(session)
  return ok(undefined)
}

/**
 * Says the present name wherever the members still have another one: after it was changed, at the start, and on being let in, since a
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
      return { room: await authorMembersOp(session, draft, room, { kind: 'profile', name: session.profile().name }), value: undefined }
    }),
  )

const isToldOtherwise = (session: Session, { conversation, record }: Room): boolean => {
  const { name } = session.profile()
  const told = conversation.members?.people.get(session.me.identity)?.name
  return (record.standing === 'member' || record.standing === 'inviting') && name !== '' && told !== undefined && told !== name
}
