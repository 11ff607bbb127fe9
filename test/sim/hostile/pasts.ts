// False pasts: events that name themselves, each other, what never was, or what was somewhere else.
import { lanes, type Dep, type EventFields } from '../../../src/core/event/event.ts'
import { eventId } from '../../../src/core/ids.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { maxDeps } from '../../../src/core/limits.ts'
import { marker } from '../world/oracle.ts'
import type { Liar, Place } from './liar.ts'
import type { CreateVice } from './vice.ts'

const falsePast = (liar: Liar, place: Place): Partial<EventFields> => {
  const { dice } = liar
  const ends = [...liar.chains(place).values()]
  const { device } = liar.profile()!
  const own = liar.chains(place).get(chainKey(lanes.content, device))
  const nothing = (): Dep => ({ lane: lanes.content, device, seq: dice.between(1, 2 ** 40), id: eventId(dice.bytes(32)) })
  const pasts: readonly (() => Partial<EventFields>)[] = [
    () => ({ deps: Array.from({ length: maxDeps }, nothing) }),
    // Itself, as far as it can know its own name.
    () => ({ deps: [{ lane: lanes.content, device, seq: (own?.seq ?? 0) + 1, id: eventId(dice.bytes(32)) }] }),
    () => ({ deps: ends.slice(0, maxDeps).map(({ lane, device: other, seq, id }) => ({ lane, device: other, seq: seq + 1, id })) }),
    () => ({
      deps: ends.slice(0, maxDeps).map(({ lane, device: other, seq }) => ({ lane, device: other, seq, id: eventId(dice.bytes(32)) })),
    }),
    () => ({ deps: ends.slice(0, maxDeps).map(({ lane, seq, id }) => ({ lane, device, seq, id })) }),
    () => ({ prev: eventId(dice.bytes(32)) }),
    () => ({ seq: (own?.seq ?? 0) + dice.between(2, 2 ** 40) }),
  ]
  return dice.pick(pasts)!()
}

export const createFalsePasts: CreateVice = (liar) => {
  let count = 0
  return {
    attack: async () => {
      const place = liar.somewhere()
      if (place === undefined) return
      const body = { kind: 'text', text: `${marker} from nowhere ${++count} by ${liar.device.name}`, replyTo: null } as const
      const event = await liar.author(place, body, falsePast(liar, place))
      if (event !== undefined) liar.tell(place, liar.audience(place), [event])
    },
  }
}
