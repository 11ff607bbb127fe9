// Keys that are of no use any more are erased by time alone, whether or not anything comes (PROTOCOL section 5): keys of messages that never
// arrived after 30 days, and all chains of epochs on which nobody has sent for so long. What comes even later comes by sync.
import { isOver } from '../core/epoch/epoch.ts'
import { fade } from '../core/epoch/sender-chain.ts'
import type { ConversationId } from '../core/ids.ts'
import { orDrop } from './background.ts'
import type { Session } from './session.ts'

const everyMs = 6 * 3_600_000
/** A start has other things to do. */
const firstMs = 60_000

/** Looks now and then, for as long as this tab leads. */
export const startFadingKeys = (session: Session): void => {
  const look = (): void => {
    for (const { conversation } of session.rooms.all()) orDrop(fadeKeys(session, conversation.id))
    session.clock.after(everyMs, look)
  }
  session.clock.after(firstMs, look)
}

const fadeKeys = (session: Session, id: ConversationId): Promise<void> =>
  session.rooms.enter(id, async (room, draft) => {
    if (room === undefined) return { value: undefined }
    const now = session.clock.now()
    const over = new Set(room.epochs.filter((epoch) => isOver(epoch, now)).map((epoch) => epoch.id))
    for (const epoch of over) draft.delete('epochs', [id, epoch])
    for (const { key, value } of await session.store.read((reader) => reader.list('senderChains', [id]), ['senderChains'])) {
      const faded = fade(value, now)
      if (over.has(key[1])) draft.delete('senderChains', key)
      else if (faded !== value) draft.put('senderChains', key, faded)
    }
    if (draft.writes().length === 0) return { value: undefined }
    return { room: { ...room, epochs: room.epochs.filter((epoch) => !over.has(epoch.id)) }, value: undefined }
  })
