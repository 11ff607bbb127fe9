// Telling different people different things: two signed events in one place of the own chain, each for a part of the audience. Now and then
// they are operations on the members.
import { marker } from '../world/oracle.ts'
import type { CreateVice } from './vice.ts'

export const createEquivocating: CreateVice = (liar) => {
  let count = 0
  return {
    attack: async () => {
      const isOnMembers = liar.dice.happens(0.2)
      const place = liar.somewhere()
      if (place === undefined) return
      const words = ['one thing', 'another thing'].map((what) => `${marker} ${what} ${++count} by ${liar.device.name}`)
      const [one, other] = await Promise.all(
        words.map((text) => liar.author(place, isOnMembers ? { kind: 'profile', name: text } : { kind: 'text', text, replyTo: null })),
      )
      const audience = liar.audience(place)
      if (one === undefined || other === undefined) return
      const half = audience.filter(() => liar.dice.happens(0.5))
      liar.tell(place, half, [other])
      liar.proclaim(place, [one])
    },
  }
}
