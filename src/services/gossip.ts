// The topic of a group: what is published there reaches those of its members who are linked directly, and through them the others.
import { tagsAt } from '../core/tags.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

/** Publishes to all of a group; the number of devices that it was handed to. */
export const gossip = async ({ network, clock }: Session, { conversation: { members } }: Room, bytes: Uint8Array): Promise<number> => {
  const [topic] = members === undefined ? [] : tagsAt(members.meeting, 'topic', clock.now())
  return topic === undefined ? 0 : network.publish(topic, bytes)
}
