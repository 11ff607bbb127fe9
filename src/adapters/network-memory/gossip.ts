// Gossip over a memory network: a message goes from device to device along direct links between those who take part in its topic, as
// with gossipsub, and is lost, doubled and overtaken on the way as the faults say. On one link it keeps its order unless overtaken.
import type { DeviceId, Tag } from '../../core/ids.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Connection, End } from './end.ts'
import { drawn, happens, type Dice, type Faults } from './faults.ts'

export interface GossipDeps {
  readonly clock: Clock
  readonly dice: Dice
  readonly faultsBetween: (from: DeviceId, to: DeviceId) => Faults
}

/** Sends a message on its way; the number of devices that the publisher itself handed it to. */
export type Spread = (publisher: End, topic: Tag, bytes: Uint8Array) => number

interface Message {
  readonly topic: Tag
  readonly from: DeviceId
  readonly bytes: Uint8Array
  readonly reached: Set<End>
}

interface Pipe {
  readonly waiting: (() => void)[]
  lastAt: number
}

export const createGossip = ({ clock, dice, faultsBetween }: GossipDeps): Spread => {
  const pipesByConnection = new WeakMap<Connection, Map<End, Pipe>>()

  /** In order along one link; nothing arrives on a link that has died meanwhile. */
  const carry = (connection: Connection, to: End, delayMs: number, arrive: () => void): void => {
    const pipes = pipesByConnection.get(connection) ?? new Map<End, Pipe>()
    pipesByConnection.set(connection, pipes)
    const pipe = pipes.get(to) ?? { waiting: [], lastAt: 0 }
    pipes.set(to, pipe)
    pipe.lastAt = Math.max(pipe.lastAt, clock.now() + delayMs)
    pipe.waiting.push(arrive)
    clock.after(pipe.lastAt - clock.now(), () => {
      const next = pipe.waiting.shift()
      if (connection.isAlive()) next?.()
    })
  }

  const pass = (by: End, message: Message): number => {
    const links = linksIn(by, message.topic).filter((link) => !message.reached.has(link.other(by)))
    for (const link of links) {
      const to = link.other(by)
      const faults = faultsBetween(by.device, to.device)
      // Every draw is made every time, so that one fault more or less shifts no other.
      const latency = drawn(dice, faults.latencyMs)
      const [isLost, isDoubled, isLate] = [faults.gossipLoss, faults.gossipDuplicate, faults.gossipReorder].map((chance) =>
        happens(dice, chance),
      )
      const extra = latency * drawn(dice, [1, 9]) + 1
      const arrive = (): void => {
        if (!to.alive || to.topics.get(message.topic)?.has(message.from) !== true) return
        to.emit({ kind: 'gossip', topic: message.topic, from: message.from, bytes: message.bytes })
        pass(to, message)
      }
      if (isLost) continue
      message.reached.add(to)
      if (isLate) clock.after(latency + extra, () => (link.isAlive() ? arrive() : undefined))
      else carry(link, to, latency, arrive)
      if (isDoubled) clock.after(latency + 2 * extra, () => (link.isAlive() ? arrive() : undefined))
    }
    return links.length
  }

  return (publisher, topic, bytes) => pass(publisher, { topic, from: publisher.device, bytes, reached: new Set([publisher]) })
}

/** Never over a relayed link: gossip on those dies with the relay. */
const linksIn = (end: End, topic: Tag): readonly Connection[] =>
  [...end.connectionByDevice.values()].filter(
    (connection) =>
      connection.path === 'direct' && connection.isAlive() && connection.other(end).alive && connection.other(end).topics.has(topic),
  )
