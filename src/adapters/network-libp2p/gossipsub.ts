// Gossipsub for a host that runs already: a file of its own, brought with the first group, for two people who talk need none of it.
import { gossipsub, TopicValidatorResult } from '@libp2p/gossipsub'
import type { GossipSub, GossipSubComponents, Message } from '@libp2p/gossipsub'
import { gossipOptions, isTopic, topicScore } from './gossip-options.ts'

export type { GossipSubComponents } from '@libp2p/gossipsub'

export interface RunningGossipsub {
  readonly pubsub: GossipSub
  /** Takes part in a topic, and judges others in it. */
  join(topic: string): void
  leave(topic: string): void
  stop(): Promise<void>
}

/**
 * With the parts of a host. Who is connected already is met only when they are identified once more. What is not welcome goes no further,
 * and is held against nobody: whoever passed it on may not have heard yet that its author was removed.
 */
export const startGossipsub = async (
  components: GossipSubComponents,
  isWelcome: (message: Message) => boolean,
): Promise<RunningGossipsub> => {
  const pubsub = gossipsub(gossipOptions)(components) as GossipSub & { start(): Promise<void>; stop(): Promise<void> }
  admitTopicsOnly(pubsub)
  await pubsub.start()
  return {
    pubsub,
    join(topic) {
      scoreTopic(pubsub, topic)
      pubsub.topicValidators.set(topic, (_, message) => (isWelcome(message) ? TopicValidatorResult.Accept : TopicValidatorResult.Ignore))
      pubsub.subscribe(topic)
    },
    leave(topic) {
      pubsub.unsubscribe(topic)
      pubsub.topicValidators.delete(topic)
    },
    stop: () => pubsub.stop(),
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
