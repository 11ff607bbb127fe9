// Gossip among the devices that are directly linked, from the first topic on. Gossipsub opens its stream when a connection is identified
// and keeps the first one; when a second connection takes over and the first is closed, it would fall silent for good, and it does not
// notice connections that are older than itself. So each direct link is looked after: if it carries no gossip, it is identified again,
// which makes gossipsub open a stream there; less and less often, for the other side may take part in no group at all.
import type { Message } from '@libp2p/gossipsub'
import type { Connection } from '@libp2p/interface'
import { maxGossipBytes } from '../../core/limits.ts'
import type { DeviceId, Tag } from '../../core/ids.ts'
import type { GossipTopic } from '../../ports/network.ts'
import { peerToDevice } from './device-peer.ts'
import type { GossipSubComponents, RunningGossipsub } from './gossipsub.ts'
import type { Host } from './host.ts'

/** Milliseconds between looks at the direct links, and the age at which one should carry gossip. */
const lookMs = 1_000
/** Milliseconds at most between two tries to have gossip on a link. */
const longestPauseMs = 60_000

export interface Gossip {
  subscribe(topics: readonly GossipTopic[]): void
  /** The number of devices that it was given to; none before the code has come. */
  publish(topic: Tag, bytes: Uint8Array): Promise<number>
  stop(): void
}

/** `direct` gives the connections of direct links at the moment. */
export const createGossip = (
  host: Host,
  components: () => GossipSubComponents,
  direct: () => readonly Connection[],
  receive: (topic: Tag, from: DeviceId, bytes: Uint8Array) => void,
): Gossip => {
  let authorsByTopic: ReadonlyMap<string, ReadonlySet<DeviceId>> = new Map()
  const subscribed = new Set<string>()
  let running: RunningGossipsub | undefined
  let isLoading = false
  let isStopped = false

  const isWelcome = (message: Message): boolean => {
    const from = authorOf(message)
    return from !== undefined && message.data.length <= maxGossipBytes && authorsByTopic.get(message.topic)?.has(from) === true
  }
  const load = async (): Promise<void> => {
    isLoading = true
    try {
      const { startGossipsub } = await import('./gossipsub.ts')
      const started = await startGossipsub(components(), isWelcome)
      if (isStopped) return await started.stop()
      running = started
      running.pubsub.addEventListener('message', ({ detail: message }: CustomEvent<Message>) => {
        const from = authorOf(message)
        if (from !== undefined && subscribed.has(message.topic)) receive(message.topic as Tag, from, message.data)
      })
      follow(running)
      lookAt(running)
    } catch {
      // No network, and the file is not kept yet: the next look tries again. Links carry everything meanwhile.
    } finally {
      isLoading = false
    }
  }

  const follow = ({ join, leave }: RunningGossipsub): void => {
    for (const topic of subscribed) {
      if (authorsByTopic.has(topic)) continue
      subscribed.delete(topic)
      leave(topic)
    }
    for (const topic of authorsByTopic.keys()) {
      if (subscribed.has(topic)) continue
      subscribed.add(topic)
      join(topic)
    }
  }

  const tries = new WeakMap<Connection, { at: number; pauseMs: number }>()
  const lookAt = (gossipsub: RunningGossipsub): void => {
    if (gossipsub.pubsub.getTopics().length === 0) return
    for (const connection of direct()) {
      const carries = connection.streams.some((stream) => stream.direction === 'outbound' && stream.protocol.startsWith('/meshsub/'))
      const now = Date.now()
      const { at, pauseMs } = tries.get(connection) ?? { at: connection.timeline.open + lookMs, pauseMs: lookMs }
      if (carries || now < at) continue
      tries.set(connection, { at: now + pauseMs, pauseMs: Math.min(2 * pauseMs, longestPauseMs) })
      host.services.identify.identify(connection).catch(() => {})
    }
  }
  const look = setInterval(() => {
    if (running) lookAt(running)
    else if (authorsByTopic.size > 0 && !isLoading) void load()
  }, lookMs)

  return {
    subscribe(topics) {
      authorsByTopic = new Map(topics.map(({ tag, authors }) => [tag, new Set(authors)]))
      if (running) follow(running)
      else if (authorsByTopic.size > 0 && !isLoading) void load()
    },
    async publish(topic, bytes) {
      if (!running || !subscribed.has(topic) || bytes.length > maxGossipBytes) return 0
      try {
        return (await running.pubsub.publish(topic, bytes)).recipients.length
      } catch {
        // The same bytes twice within two minutes, or a host that is stopping.
        return 0
      }
    },
    stop() {
      isStopped = true
      clearInterval(look)
      void running?.stop()
    },
  }
}

const authorOf = (message: Message): DeviceId | undefined => (message.type === 'signed' ? peerToDevice(message.from) : undefined)
