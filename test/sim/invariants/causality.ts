// A message that was written after others had been seen never stands before one of them, on any device. This is said of honest authors alone:
// a clock that is absurdly ahead is not followed, so that only the liar's own words stand out of order (core/event/clock). What is absurd each
// device judges by a clock of its own: a lie at the edge is followed by whoever is ahead and not by whoever is behind, and what the one writes
// then stands after all that the other will ever write. Nothing is said of those few; ordering by depth instead of clocks would mend it.
import { hlcPerMs } from '../../../src/core/event/clock.ts'
import { msPerDay } from '../../../src/core/time.ts'
import { eventsOn } from '../world/logs.ts'
import { epochMs } from '../world/ports.ts'
import type { CreateInvariant } from './invariant.ts'

/** Beyond it only those are who followed a lie: no clock of these worlds is two years off. */
const honestHlc = (epochMs + 2 * 365 * msPerDay) * hlcPerMs

export const createCausality: CreateInvariant = ({ world, oracle }) => {
  const name = 'causality'
  return {
    name,
    atRest: ({ seenByDevice }) => {
      const honestTexts = new Set(oracle.said.flatMap(({ author, text }) => (author.isHostile ? [] : [text])))
      for (const [device, seen] of seenByDevice) {
        for (const [conversation, { timeline }] of seen) {
          const placeById = new Map(timeline.items.map((item, place) => [item.id as string, place]))
          const placeByText = new Map<string, number>()
          for (const event of eventsOn(device.disk, conversation)) {
            if (event.body.kind !== 'text' && event.body.kind !== 'edit') continue
            // What an edit says was seen where its message stands.
            const place = placeById.get(event.body.kind === 'edit' ? event.body.target.id : event.id)
            if (place !== undefined && event.hlc <= honestHlc) placeByText.set(event.body.text, place)
          }
          for (const said of oracle.said) {
            if (said.conversation !== conversation || said.author.isHostile) continue
            const place = placeByText.get(said.text)
            const wrong =
              place === undefined
                ? undefined
                : said.afterTexts.find((text) => honestTexts.has(text) && (placeByText.get(text) ?? -1) > place)
            if (wrong !== undefined)
              world.violate(name, `on ${device.name} '${said.text}' stands before '${wrong}', which its author had seen`)
          }
        }
      }
    },
  }
}
