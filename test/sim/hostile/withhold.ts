// Withholding: of what others ask for only a part is given, or nothing; and what came is not acknowledged.
import { decodeLinkMessage, encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import type { CreateVice } from './vice.ts'

export const createWithholding: CreateVice = ({ dice }) => {
  const isSilent = dice.happens(0.5)
  return {
    wrap: (network) => ({
      ...network,
      send: async (to, frame) => {
        const message = decodeLinkMessage(frame)
        if (!message.ok || !('conversation' in message.value)) return network.send(to, frame)
        if (message.value.kind === 'have' && dice.happens(0.5)) return true
        if (message.value.kind !== 'events') return network.send(to, frame)
        if (isSilent) return true
        const events = message.value.events.filter(() => dice.happens(0.6))
        return network.send(to, encodeLinkMessage({ ...message.value, events, more: dice.happens(0.5) }))
      },
    }),
  }
}
