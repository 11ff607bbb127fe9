// False times: words that were gone before anybody had them, another's message edited for a second, and what others said handed on without
// its words.
import { withoutWords } from '../../../src/core/event/codec.ts'
import { fadingOf, saltBytes, type Said } from '../../../src/core/event/fading.ts'
import { decodeLinkMessage, encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import type { TimelineRow } from '../../../src/core/timeline/row.ts'
import { rowsOf } from '../world/logs.ts'
import { marker } from '../world/oracle.ts'
import type { CreateVice } from './vice.ts'

export const createFading: CreateVice = (liar) => {
  let count = 0
  const { dice } = liar
  return {
    wrap: (network) => ({
      ...network,
      send: async (to, frame) => {
        const message = decodeLinkMessage(frame)
        if (!message.ok || message.value.kind !== 'events' || !dice.happens(0.2)) return network.send(to, frame)
        return network.send(to, encodeLinkMessage({ ...message.value, events: message.value.events.map(withoutWords) }))
      },
    }),
    attack: async () => {
      const place = liar.somewhere()
      if (place === undefined) return
      const text = `${marker} for a moment ${++count} by ${liar.device.name}`
      const rows = rowsOf(liar.device.disk, 'timeline', [place.id]).map(({ value }) => value as TimelineRow)
      const target = dice.pick(rows.filter(({ kind }) => kind === 'message'))
      const said: Said =
        target !== undefined && dice.happens(0.5)
          ? { kind: 'edit', target: { id: target.id, hlc: target.hlc }, text }
          : { kind: 'text', text, replyTo: null }
      const fading = fadingOf(said, dice.pick([1, 60, 86_400])!, new Uint8Array(saltBytes).fill(count))
      const event = await liar.author(place, said, { fading })
      if (event !== undefined) liar.proclaim(place, [dice.happens(0.5) ? event : withoutWords(event)])
    },
  }
}
