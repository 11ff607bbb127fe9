// The list of commands of the leading tab.
import { ok, type Result } from '../core/result.ts'
import type { ConversationId } from '../core/ids.ts'
import type { CommandProblem, Commands } from '../ports/commands.ts'
import { authorMembersOp } from './author.ts'
import { createGroup, inviteInto, inviteSomeone } from './invite.ts'
import type { Joining } from './join.ts'
import type { Presence } from './presence.ts'
import { answering, problem } from './problems.ts'
import { renameProfile } from './profile.ts'
import { markRead } from './read-marks.ts'
import { deleteMessage, editMessage, react, sendMessage } from './send.ts'
import type { Session } from './session.ts'

export const createCommands = (session: Session, joining: Joining, presence: Presence): Commands => ({
  createProfile: (name) => answering(() => renameProfile(session, name)),
  renameProfile: (name) => answering(() => renameProfile(session, name)),
  createGroup: (name) => answering(() => createGroup(session, name)),
  createInvite: (id) => answering(() => (id === undefined ? inviteSomeone(session) : inviteInto(session, id))),
  previewInvite: (link, waitMs) => joining.preview(link, waitMs),
  joinInvite: (link) => answering(() => joining.join(link)),
  sendMessage: (id, text, replyTo) => answering(() => sendMessage(session, id, text, replyTo)),
  editMessage: (id, message, text) => answering(() => editMessage(session, id, message, text)),
  deleteMessage: (id, message) => answering(() => deleteMessage(session, id, message)),
  react: (id, message, emoji) => answering(() => react(session, id, message, emoji)),
  markRead: (id, upTo) => answering(() => markRead(session, id, upTo)),
  saveDraft: (id, text) => answering(() => saveDraft(session, id, text)),
  typing: (id) => Promise.resolve(presence.type(id)),
  leave: (id) => answering(() => leave(session, id)),
  eraseDevice: () => session.erase(),
})

const saveDraft = async (session: Session, id: ConversationId, text: string): Promise<Result<void, CommandProblem>> => {
  await session.store.commit([
    text === '' ? { kind: 'delete', table: 'drafts', key: [id] } : { kind: 'put', table: 'drafts', key: [id], value: { text } },
  ])
  return ok(undefined)
}

const leave = async (session: Session, id: ConversationId): Promise<Result<void, CommandProblem>> =>
  session.rooms.enter<Result<void, CommandProblem>>(id, async (room, draft) => {
    if (room === undefined) return { value: problem('no-such-conversation') }
    return { room: await authorMembersOp(session, draft, room, { kind: 'leave' }), value: ok(undefined) }
  })
