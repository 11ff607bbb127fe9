// Events that wait for something that nobody brings: a member said it, told one person of it, and is gone. Whoever named it must not wait
// for ever, so after a while what is held is taken as it is.
import { takeIn } from '../core/conversation/conversation.ts'
import type { ConversationId } from '../core/ids.ts'
import { absorb } from './absorb.ts'
import { untilStored } from './background.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

/** Longer than a sync with several members takes: sync asks four times, up to 32 s apart. */
const patienceMs = 60_000

export const startLosingPatience = (session: Session): void => {
  const waiting = new Set<ConversationId>()
  session.rooms.onCommit(({ after }) => {
    const { id } = after.conversation
    if (waiting.has(id) || !isStuck(after)) return
    waiting.add(id)
    session.clock.after(patienceMs, () => {
      waiting.delete(id)
      untilStored(session, () => loosen(session, id))
    })
  })
}

const loosen = (session: Session, id: ConversationId): Promise<void> =>
  session.rooms.enter(id, async (room, draft) => {
    if (room === undefined || !isStuck(room)) return { value: undefined }
    const { room: after } = await absorb(session, draft, room, [...room.early.values()], 'impatient')
    return { room: after, value: undefined }
  })

/** Something could be taken if it did not have to wait. */
const isStuck = ({ conversation, early }: Room): boolean =>
  [...early.values()].some((event) => takeIn(conversation, event, 'impatient').kind !== 'early')
