// Lying in sync: digests of nothing, vectors that claim what one cannot have, and wants that ask for everything again.
import { decodeLinkMessage, encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import type { CreateVice } from './vice.ts'

export const createFalseSync: CreateVice = ({ dice }) => ({
  wrap: (network) => ({
    ...network,
    send: async (to, frame) => {
      const message = decodeLinkMessage(frame)
      if (!message.ok || !('conversation' in message.value) || dice.happens(0.6)) return network.send(to, frame)
      switch (message.value.kind) {
        case 'digest':
          return network.send(to, encodeLinkMessage({ ...message.value, digest: dice.bytes(16), readHlc: dice.between(0, 2 ** 40) }))
        case 'want':
          return network.send(to, encodeLinkMessage({ ...message.value, have: new Map() }))
        case 'have': {
          const have = new Map([...message.value.have].map(([key, seq]) => [key, seq + dice.pick([1, 2, 1_000])!]))
          return network.send(to, encodeLinkMessage({ ...message.value, have }))
        }
        default:
          return network.send(to, frame)
      }
    },
  }),
})
