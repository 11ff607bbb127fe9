// What one gives to those in a conversation that is no text: where one is, and how they can reach one outside of it.
import type { ConversationId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { Place } from '../core/timeline/row.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { contactLinkOf, createContactLink, readContactLink } from './contact/contact-link.ts'
import type { Door } from './contact/door.ts'
import { sayThing } from './send.ts'
import type { Session } from './session.ts'

type Answer = Result<void, CommandProblem>

export const sendPlace = async (session: Session, id: ConversationId, { latitude, longitude, accuracy }: Place): Promise<Answer> =>
  sayThing(session, id, { kind: 'place', latitude, longitude, accuracy })

/** The link that there is, or a new one; `node` is named in that. */
export const sendCard = async (
  session: Session,
  id: ConversationId,
  door: Pick<Door, 'renewed'>,
  node: string | undefined,
): Promise<Answer> => {
  const read = () => session.store.read(readContactLink, ['contact'])
  if ((await read()) === undefined) {
    const made = await createContactLink(session, node)
    if (!made.ok) return made
    await door.renewed()
  }
  const link = await read()
  if (link === undefined) return ok(undefined)
  return sayThing(session, id, { kind: 'card', link: contactLinkOf('', session.profile(), link) })
}
