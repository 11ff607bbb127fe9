// One's name: given at the beginning, changed at will, told in every conversation.
import { cleanName } from '../core/names.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { authorMembersOp } from './author.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

export const renameProfile = async (session: Session, typed: string): Promise<Result<void, CommandProblem>> => {
  const name = cleanName(typed)
  if (name === '') return problem('bad-name')
  const profile = { ...session.profile(), name }
  await session.store.commit([{ kind: 'put', table: 'profile', key: ['me'], value: profile }])
  session.setProfile(profile)
  for (const { conversation, record } of session.rooms.all()) {
    if (record.standing !== 'member' && record.standing !== 'inviting') continue
    await session.rooms.enter(conversation.id, async (room, draft) =>
      room === undefined ? { value: undefined } : { room: await authorMembersOp(session, draft, room, { kind: 'profile', name }), value: undefined },
    )
  }
  return ok(undefined)
}
