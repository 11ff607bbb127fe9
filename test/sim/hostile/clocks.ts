// Extreme clocks: events from the end of time, or from its beginning, as far as the form allows it.
import { maxHlc } from '../../../src/core/event/clock.ts'
import { maxWallClockMs } from '../../../src/core/limits.ts'
import { marker } from '../world/oracle.ts'
import type { CreateVice } from './vice.ts'

const yearHlc = 365 * 86_400_000 * 1_024

export const createExtremeClocks: CreateVice = (liar) => {
  let count = 0
  return {
    attack: async () => {
      const place = liar.somewhere()
      if (place === undefined) return
      const present = liar.now() * 1_024
      const change = liar.dice.pick([
        { hlc: 1, wall: 0 },
        { hlc: maxHlc, wall: maxWallClockMs },
        { hlc: maxHlc - liar.dice.between(0, 1_000) },
        { hlc: present + 9 * yearHlc },
        { hlc: present + 11 * yearHlc },
        { hlc: present - yearHlc, wall: maxWallClockMs },
      ])!
      const body = { kind: 'text', text: `${marker} at another time ${++count} by ${liar.device.name}`, replyTo: null } as const
      const event = await liar.author(
        place,
        liar.dice.happens(0.8) ? body : { kind: 'profile', name: `${liar.device.name} ${count}` },
        change,
      )
      if (event !== undefined) liar.proclaim(place, [event])
    },
  }
}
