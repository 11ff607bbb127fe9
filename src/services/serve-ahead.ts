// Somebody who was away asks for one frame after the other, and each time both sides would wait for this one's disk. So the frame behind is
// read while they still commit the one before it. It is given only when they ask for just that and nothing has changed here meanwhile: what
// goes out is what would be read now. One frame is kept for each link and conversation, and only while there is more to come.
import type { Conversation } from '../core/conversation/conversation.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { holdSame, mergeVectors, type Vector } from '../core/log/chains.ts'
import type { SyncMessage } from '../core/sync/messages.ts'
import type { Portions } from './portions.ts'
import { serveFrame, type Served } from './serve.ts'
import type { Session } from './session.ts'

export interface Serving {
  /** As `serve`. */
  next(
    id: ConversationId,
    device: DeviceId,
    beyond: Vector,
    isAgain: boolean,
  ): Promise<Extract<SyncMessage, { kind: 'events' }> | undefined>
  /** The link is over: nobody will ask. */
  forget(device: DeviceId): void
}

interface Ahead {
  readonly conversation: Conversation | undefined
  readonly beyond: Vector
  readonly served: Promise<Served | undefined>
}

export const createServing = (session: Pick<Session, 'rooms' | 'store'>, portions: Pick<Portions, 'inTurn' | 'mostGiven'>): Serving => {
  const aheadByDevice = new Map<DeviceId, Map<ConversationId, Ahead>>()
  const conversationOf = (id: ConversationId) => session.rooms.get(id)?.conversation

  const read = (id: ConversationId, device: DeviceId, beyond: Vector, isAgain = false): Promise<Served | undefined> =>
    portions.inTurn(() => serveFrame(session, id, device, beyond, { isAgain, most: portions.mostGiven() }))

  const readAhead = (id: ConversationId, device: DeviceId, beyond: Vector): void => {
    const served = read(id, device, beyond)
    // Whoever asks for it is told; otherwise it is nobody's failure.
    served.catch(() => undefined)
    const ahead = aheadByDevice.get(device) ?? new Map<ConversationId, Ahead>()
    aheadByDevice.set(device, ahead.set(id, { conversation: conversationOf(id), beyond, served }))
  }

  return {
    next: async (id, device, beyond, isAgain) => {
      const ahead = aheadByDevice.get(device)?.get(id)
      aheadByDevice.get(device)?.delete(id)
      const isReady = !isAgain && ahead !== undefined && ahead.conversation === conversationOf(id) && holdSame(ahead.beyond, beyond)
      const served = await (isReady ? ahead.served : read(id, device, beyond, isAgain))
      if (served?.message.more === true && !isAgain) readAhead(id, device, mergeVectors(beyond, served.upTo))
      return served?.message
    },
    forget: (device) => {
      aheadByDevice.delete(device)
    },
  }
}
