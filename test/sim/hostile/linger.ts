// Staying after leaving: whoever is out goes on speaking, and lets others in, from the point that they last knew.
import { marker } from '../world/oracle.ts'
import type { Liar, Place } from './liar.ts'
import type { CreateVice } from './vice.ts'

export const createLingering: CreateVice = (liar) => {
  let count = 0
  /** Everybody who is linked: the list of people may be empty for whoever is out. */
  const others = (place: Place): ReturnType<Liar['linked']> => {
    const audience = liar.audience(place)
    return audience.length > 0 ? audience : liar.linked()
  }
  return {
    attack: async () => {
      const place = liar.somewhere(['left'])
      if (place === undefined) return
      const me = liar.profile()!
      const text = `${marker} still here ${++count} by ${liar.device.name}`
      const events = [
        await liar.author(place, { kind: 'text', text, replyTo: null }),
        await liar.author(place, { kind: 'role', identity: me.identity, role: 'owner' }),
        await liar.author(place, { kind: 'name', name: `${marker} mine` }),
      ]
      for (const event of events) if (event !== undefined) liar.tell(place, others(place), [event])
    },
  }
}
