// Gossip among the devices that are directly linked. Gossipsub opens its stream when a connection is identified and keeps the first one;
// when a second connection takes over and the first is closed, it would fall silent for good. So each direct link is looked after: if it
// carries no gossip after a moment, it is identified again, which makes gossipsub open a stream there.
import type { Message } from '@libp2p/gossipsub'
import type { Connection } from '@libp2p/interface'
import { maxGossipBytes } from '../../core/limits.ts'
import type { DeviceId, Tag } from '../../core/ids.ts'
import { peerToDevice } from './device-peer.ts'
import { isTopic, topicScore } from './gossip-options.ts'
import type { Host } from './host.ts'

/** Milliseconds between looks at a direct link that carries no gossip yet. */
const lookMs = 1_000

export interface Gossip {
  subscribe(topics: readonly Tag[]): void
  publish(topic: Tag, bytes: Uint8Array): Promise<number>
  stop(): void
}

/** `direct` gives the connections of direct links at the moment. */
export const createGossip = (
  host: Host,
  direct: () => readonly Connection[],
  receive: (topic: Tag, from: DeviceId, bytes: Uint8Array) => void,
): Gossip => {
  const { pubsub } = host.services
  const subscribed = new Set<string>()
  admitTopicsOnly(pubsub)

  pubsub.addEventListener('message', ({ detail: message }: CustomEvent<Message>) => {
    if (message.type !== 'signed' || !subscribed.has(message.topic) || message.data.length > maxGossipBytes) return
    const from = peerToDevice(message.from)
    if (from !== undefined) receive(message.topic as Tag, from, message.data)
  })

  const identifying = new Set<string>()
  const look = setInterval(() => {
    for (const connection of direct()) {
      const carries = connection.streams.some((stream) => stream.direction === 'outbound' && stream.protocol.startsWith('/meshsub/'))
      if (carries || identifying.has(connection.id) || Date.now() - connection.timeline.open < lookMs) continue
      identifying.add(connection.id)
      host.services.identify
        .identify(connection)
        .catch(() => {})
        .finally(() => identifying.delete(connection.id))
    }
  }, lookMs)

  return {
    subscribe(topics) {
      const next = new Set<string>(topics)
      for (const topic of subscribed) {
        if (next.has(topic)) continue
        subscribed.delete(topic)
        pubsub.unsubscribe(topic)
      }
      for (const topic of next) {
        if (subscribed.has(topic)) continue
        subscribed.add(topic)
        scoreTopic(pubsub, topic)
        pubsub.subscribe(topic)
      }
    },
    async publish(topic, bytes) {
      if (!subscribed.has(topic) || bytes.length > maxGossipBytes) return 0
      try {
        return (await pubsub.publish(topic, bytes)).recipients.length
      } catch {
        // The same bytes twice within two minutes, or a host that is stopping.
        return 0
      }
    },
    stop() {
      clearInterval(look)
    },
  }
}

// The library copies its list of allowed topics once, and forgets what others said about a topic before it was allowed: whoever subscribes
// second would not know who was first. So any well-formed topic may be spoken of, within the byte budget of each peer, and messages are
// taken for subscribed ones alone.
const admitTopicsOnly = (pubsub: object): void => {
  const internals = pubsub as { allowedTopics: { has(topic: string): boolean } | null }
  internals.allowedTopics = { has: isTopic }
}

const scoreTopic = (pubsub: object, topic: string): void => {
  const { opts } = pubsub as { readonly opts?: { readonly scoreParams?: { readonly topics?: Record<string, unknown> } } }
  const topics = opts?.scoreParams?.topics
  if (topics !== undefined) topics[topic] = topicScore
}
