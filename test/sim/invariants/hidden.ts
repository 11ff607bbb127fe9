// Whoever is blocked is heard of no more: nothing that they said is on the screen of whoever blocked them, and their conversation with
// each other says that it is closed.
import { blockedOn } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createHidden: CreateInvariant = ({ world }) => {
  const name = 'blocked is hidden'
  return {
    name,
    atRest: ({ seenByDevice }) => {
      for (const [device, seen] of seenByDevice) {
        const blocked = blockedOn(device.disk)
        if (blocked.size === 0) continue
        for (const { summary, timeline } of seen.values()) {
          if (summary.kind === 'direct') {
            if (summary.peer !== undefined && summary.blocked !== blocked.has(summary.peer))
              world.violate(name, `${device.name} sees ${summary.title} as ${summary.blocked ? 'blocked' : 'not blocked'}`)
            continue
          }
          const heard = timeline.items.find((item) => item.kind === 'message' && blocked.has(item.author.identity))
          if (heard?.kind === 'message') world.violate(name, `${device.name} reads '${heard.text}' by somebody whom they blocked`)
        }
      }
    },
  }
}
