// No message is shown twice, nor is anything said twice that was typed once.
import type { CreateInvariant } from './invariant.ts'

export const createNothingTwice: CreateInvariant = ({ world }) => {
  const name = 'nothing twice'
  return {
    name,
    atRest: ({ seenByDevice }) => {
      for (const [device, seen] of seenByDevice) {
        for (const [conversation, { timeline }] of seen) {
          const [ids, texts] = [new Set<string>(), new Set<string>()]
          for (const item of timeline.items) {
            if (ids.has(item.id)) world.violate(name, `${device.name} shows ${item.id} twice in ${conversation}`)
            ids.add(item.id)
            if (item.kind !== 'message' || item.deleted || item.edited) continue
            if (texts.has(item.text)) world.violate(name, `${device.name} shows '${item.text}' twice in ${conversation}`)
            texts.add(item.text)
          }
        }
      }
    },
  }
}
