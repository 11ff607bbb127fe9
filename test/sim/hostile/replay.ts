// Replaying: frames and gossip of one's own and of others once more, later, to others, after a restart, and into other conversations.
import { decodeLinkMessage, encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import type { CreateVice } from './vice.ts'

/** Frames that are kept to be said again. */
const maxKept = 300

export const createReplaying: CreateVice = (liar) => {
  const kept: Uint8Array[] = []
  const keep = (bytes: Uint8Array): void => {
    if (kept.length < maxKept) kept.push(Uint8Array.from(bytes))
    else kept[liar.dice.between(0, maxKept - 1)] = Uint8Array.from(bytes)
  }
  return {
    wrap: (network) => ({
      ...network,
      listen: (listener) =>
        network.listen((event) => {
          if (event.kind === 'frame' || event.kind === 'gossip') keep(event.bytes)
          listener(event)
        }),
      send: (to, frame) => {
        keep(frame)
        return network.send(to, frame)
      },
      publish: async (topic, bytes) => {
        const handedTo = await network.publish(topic, bytes)
        if (liar.dice.happens(0.3)) await network.publish(topic, bytes)
        return handedTo
      },
    }),
    attack: async () => {
      for (let i = 0; i < 10; i++) {
        const [frame, to] = [liar.dice.pick(kept), liar.dice.pick(liar.linked())]
        if (frame === undefined || to === undefined) return
        const message = decodeLinkMessage(frame)
        const elsewhere = liar.somewhere()
        const isMoved = message.ok && 'conversation' in message.value && elsewhere !== undefined && liar.dice.happens(0.4)
        liar.send(to, isMoved ? encodeLinkMessage({ ...message.value, conversation: elsewhere.id }) : frame)
      }
    },
  }
}
