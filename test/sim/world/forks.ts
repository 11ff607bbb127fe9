// Who told different people different things, read off the honest disks: two events by one device in one place of its chain, one of which
// may be held by nobody and only be named by the one after it, or be kept as a proof alone.
import { lanes, type SignedEvent } from '../../../src/core/event/event.ts'
import type { ConversationId, DeviceId } from '../../../src/core/ids.ts'
import { chainKey, type ChainKey } from '../../../src/core/log/chains.ts'
import type { Tables } from '../../../src/ports/tables.ts'
import { eventsOn, rowsOf } from './logs.ts'
import type { World } from './world.ts'

export interface Forks {
  /** The first place in which a chain is not the same on all honest disks. */
  readonly fromByChain: ReadonlyMap<ChainKey, number>
  /** Also those of whose other tale nothing is left but the proof: a newcomer's floor may lie where the tales part. */
  readonly devices: ReadonlySet<DeviceId>
  /**
   * Operations on the members were told in two ways. Who has a right to what then depends on which of them one was told first, and what
   * follows from the other cannot be judged: such a conversation falls apart, each half with the proof in its hands.
   */
  readonly inMembers: boolean
}

export const forksOf = ({ devices }: Pick<World, 'devices'>, conversation: ConversationId): Forks => {
  const idByPlace = new Map<string, string>()
  const fromByChain = new Map<ChainKey, number>()
  const forked: Pick<SignedEvent, 'lane' | 'device'>[] = []
  for (const device of devices) {
    if (device.isHostile) continue
    for (const { key } of rowsOf(device.disk, 'forks', [conversation])) {
      const [, lane, liar] = key as Tables['forks']['key']
      forked.push({ lane, device: liar })
    }
    for (const event of eventsOn(device.disk, conversation)) {
      for (const [seq, id] of [
        [event.seq - 1, event.prev],
        [event.seq, event.id],
      ] as const) {
        if (id === null) continue
        const place = `${event.lane} ${event.device} ${seq}`
        const known = idByPlace.get(place)
        if (known === undefined) idByPlace.set(place, id)
        if (known === undefined || known === id) continue
        const key = chainKey(event.lane, event.device)
        fromByChain.set(key, Math.min(seq, fromByChain.get(key) ?? Infinity))
        forked.push(event)
      }
    }
  }
  return {
    fromByChain,
    devices: new Set(forked.map(({ device }) => device)),
    inMembers: forked.some(({ lane }) => lane === lanes.members),
  }
}
