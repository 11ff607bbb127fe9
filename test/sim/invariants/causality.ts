// A message that was written after others had been seen never stands before one of them, on any device. This is said of honest authors alone:
// a clock that is absurdly ahead is not followed, so that only the liar's own words stand out of order (core/event/clock).
import { eventsOn } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

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
            if (place !== undefined) placeByText.set(event.body.text, place)
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
