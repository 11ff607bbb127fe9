// No frame leaves that carries, offers or acknowledges an event which the sender's disk does not hold, nor one that acknowledges what a
// power cut may still take from it.
import { withoutWords } from '../../../src/core/event/codec.ts'
import { lanes } from '../../../src/core/event/event.ts'
import type { ConversationId } from '../../../src/core/ids.ts'
import { deviceOf, laneOf } from '../../../src/core/log/chains.ts'
import type { ForkRecord } from '../../../src/ports/tables.ts'
import type { Run, SimDevice } from '../world/device.ts'
import { chainEnd, decodedOnce, eventBytes, eventsOn, rowAt } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createCommitBeforeTell: CreateInvariant = ({ world }) => {
  const name = 'commit before tell'
  /** Seals that were found on their sender's disk. */
  const checked = new Set<string>()

  const checkSealed = (sender: SimDevice, epoch: string, index: number): void => {
    const key = `${sender.name} ${epoch} ${index}`
    if (checked.has(key)) return
    checked.add(key)
    const conversations = (sender.disk.state().get('conversations') ?? []).map((row) => row.key[0] as ConversationId)
    const isHeld = conversations.some((conversation) =>
      eventsOn(sender.disk, conversation).some(
        (event) => event.lane === lanes.content && event.device === sender.id() && event.epoch === epoch && event.index === index,
      ),
    )
    if (!isHeld)
      world.violate(name, `${sender.name} sealed number ${index} of epoch ${epoch.slice(0, 8)} and has no such event on the disk`)
  }

  /** Places of events that the present run of a device has committed and not flushed yet. */
  const unflushed = new Map<SimDevice, { readonly run: Run | undefined; readonly places: Set<string> }>()
  const unflushedBy = (device: SimDevice): Set<string> => {
    const known = unflushed.get(device)
    // What a crash left in the caches of the machine, the next run finds on the disk and cannot tell from what was flushed.
    const present = known?.run === device.run() ? known : undefined
    const { places } = present ?? { places: new Set<string>() }
    if (present === undefined) unflushed.set(device, { run: device.run(), places })
    return places
  }

  return {
    name,
    commit: (device, writes, durability) => {
      const places = unflushedBy(device)
      if (durability === 'strict') places.clear()
      else for (const write of writes) if (write.kind === 'put' && write.table === 'events') places.add(write.key.join(' '))
    },
    wire: ({ seen, message, sealed }) => {
      const sender = world.deviceOf(seen.from)
      if (sender === undefined || sender.isHostile) return
      if (sealed !== undefined && sealed.header.sender === seen.from) checkSealed(sender, sealed.header.epoch, sealed.header.index)
      if (message?.kind === 'events') {
        for (const bytes of message.events) {
          const event = decodedOnce(bytes)
          if (event === undefined) return world.violate(name, `${sender.name} sends an event that cannot be decoded`)
          const { conversation, lane, device, seq, body } = event
          const held = eventBytes(sender.disk, conversation, lane, device, seq)
          // The other tale of a liar has no place in the log; it is kept as a proof.
          const proof = rowAt(sender.disk, 'forks', [conversation, lane, device]) as ForkRecord | undefined
          // Its words may have disappeared from the disk while the rest was on its way.
          if (
            (held === undefined || !isEqual(withoutWords(held), withoutWords(bytes))) &&
            (proof === undefined || !isEqual(proof.theirs, bytes))
          ) {
            world.violate(
              name,
              `${sender.name} sends ${body.kind} ${lane}/${seq} of ${world.deviceOf(device)?.name} that is not on its disk`,
            )
          }
        }
      }
      if (message?.kind === 'have' || message?.kind === 'want') {
        for (const [key, seq] of message.have) {
          if (chainEnd(sender.disk, message.conversation, laneOf(key), deviceOf(key)) < seq) {
            world.violate(
              name,
              `${sender.name} says to have ${laneOf(key)}/${seq} of ${world.deviceOf(deviceOf(key))?.name}, which is not on its disk`,
            )
          }
          if (unflushedBy(sender).has([message.conversation, laneOf(key), deviceOf(key), seq].join(' ')))
            world.violate(name, `${sender.name} says to have ${laneOf(key)}/${seq}, which a power cut may still take`)
        }
      }
    },
  }
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
