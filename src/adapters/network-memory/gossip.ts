// Gossip over a memory network: a message floods along direct links between devices that take part in its topic, as gossipsub does,
// and is lost, doubled and overtaken on the way as the faults say.
import type { DeviceId, Tag } from '../../core/ids.ts'
import type { Clock } from '../../ports/clock.ts'
import type { End } from './end.ts'
import { drawn, happens, type Dice, type Faults } from './faults.ts'

export interface GossipDeps {
  readonly clock: Clock
  readonly dice: Dice
  readonly faultsBetween: (from: DeviceId, to: DeviceId) => Faults
  /** Whether anything gets from one device to another at the moment. */
  readonly passes: (from: DeviceId, to: DeviceId) => boolean
}

/** Sends it on its way; the number of devices that the publisher itself handed it to. */
export const spread = ({ clock, dice, faultsBetween, passes }: GossipDeps, publisher: End, topic: Tag, bytes: Uint8Array): number => {
  const reached = new Set<End>([publisher])
  let wave: { readonly end: End; readonly afterMs: number }[] = [{ end: publisher, afterMs: 0 }]
  let handedTo = 0
  while (wave.length > 0) {
    const next: typeof wave = []
    for (const { end, afterMs } of wave) {
      for (const neighbour of neighboursIn(end, topic)) {
        if (reached.has(neighbour)) continue
        if (end === publisher) handedTo++
        const faults = faultsBetween(end.device, neighbour.device)
        // Every draw is made every time, so that one fault more or less shifts no other.
        const [isLost, isDoubled, isLate] = [
          happens(dice, faults.gossipLoss),
          happens(dice, faults.gossipDuplicate),
          happens(dice, faults.gossipReorder),
        ]
        const latency = drawn(dice, faults.latencyMs) * (isLate ? 1 + drawn(dice, [1, 9]) : 1)
        if (isLost || !passes(end.device, neighbour.device)) continue
        reached.add(neighbour)
        const arrivesAfterMs = afterMs + latency
        next.push({ end: neighbour, afterMs: arrivesAfterMs })
        for (const delay of isDoubled ? [arrivesAfterMs, arrivesAfterMs * 2 + 1] : [arrivesAfterMs]) {
          clock.after(delay, () => {
            if (neighbour.alive && neighbour.topics.has(topic) && passes(end.device, neighbour.device)) {
              neighbour.emit({ kind: 'gossip', topic, from: publisher.device, bytes })
            }
          })
        }
      }
    }
    wave = next
  }
  return handedTo
}

/** Never over a relayed link: gossip on those dies with the relay. */
const neighboursIn = (end: End, topic: Tag): readonly End[] =>
  [...end.connectionByDevice.values()]
    .filter((connection) => connection.path === 'direct' && connection.isAlive())
    .map((connection) => connection.other(end))
    .filter((other) => other.alive && other.topics.has(topic))
