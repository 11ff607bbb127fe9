// Whom one asks to talk: the person of a contact link, or somebody who is in a group too. With whom one talks already nobody asks again.
import { nameContact } from '../../core/contact/contact-name.ts'
import type { ConversationId, IdentityId } from '../../core/ids.ts'
import { err, ok, type Result } from '../../core/result.ts'
import type { CommandProblem, InviteProblem } from '../../ports/commands.ts'
import { readInvite } from '../join.ts'
import type { Nodes } from '../nodes.ts'
import { problem } from '../problems.ts'
import type { Session } from '../session.ts'
import type { Asking } from './ask.ts'
import { ownLink, talkingWith } from './preview.ts'

export const askContact = async (
  session: Session,
  asking: Pick<Asking, 'ask'>,
  nodes: Pick<Nodes, 'invited'>,
  text: string,
  words: string,
): Promise<Result<ConversationId, InviteProblem | CommandProblem>> => {
  const link = readInvite(session, text)
  if (!link.ok) return link
  // An invite is joined, not asked.
  if (link.value.kind !== 'contact') return problem('not-allowed')
  const { contact, name, secret, node } = link.value
  if (contact === nameContact(session.me.identity)) return err(ownLink)
  const already = await talkingWith(session, contact)
  if (already !== undefined) return ok(already.conversation.id)
  await nodes.invited(node)
  return asking.ask(contact, name, { kind: 'link', secret }, words)
}

export const askMember = async (
  session: Session,
  asking: Pick<Asking, 'ask'>,
  group: ConversationId,
  identity: IdentityId,
  words: string,
): Promise<Result<ConversationId, CommandProblem>> => {
  const member = session.rooms.get(group)?.conversation.members?.people.get(identity)
  if (member === undefined || identity === session.me.identity) return problem('no-such-conversation')
  const contact = nameContact(identity)
  const already = await talkingWith(session, contact)
  if (already !== undefined) return ok(already.conversation.id)
  return asking.ask(contact, member.name, { kind: 'group', conversation: group, identity }, words)
}
