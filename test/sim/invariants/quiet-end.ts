// Once all is healed and said, the world falls silent: no endless chatter.
import type { CreateInvariant, Invariant } from './invariant.ts'

/** Frames and gossip messages after healing that nobody needs more than, for each device of the world. */
const plentyPerDevice = 3_000

export interface QuietEnd extends Invariant {
  healed(): void
  /** Milliseconds of virtual time since the last thing went out. */
  silentForMs(): number
}

export const createQuietEnd = ({ world }: Parameters<CreateInvariant>[0]): QuietEnd => {
  const name = 'quiet end'
  let isHealed = false
  let sent = 0
  let lastAt = 0
  return {
    name,
    healed: () => {
      isHealed = true
      lastAt = world.scheduler.now()
    },
    silentForMs: () => world.scheduler.now() - lastAt,
    wire: ({ seen }) => {
      if (!isHealed || world.deviceOf(seen.from) === undefined) return
      sent++
      // A liar who never tells what they hold is visited for ever, less and less often, and may go on talking themselves.
      const isWithLiar =
        world.deviceOf(seen.from)?.isHostile === true || (seen.kind === 'frame' && world.deviceOf(seen.to)?.isHostile === true)
      if (!isWithLiar) lastAt = world.scheduler.now()
      if (sent === plentyPerDevice * world.devices.length) world.violate(name, `${sent} frames after healing and still talking`)
    },
  }
}
