// Everything is said under an epoch that was sealed to exactly the devices that its author's own list shows, the latest of these, not
// older than a week.
import { lanes } from '../../../src/core/event/event.ts'
import type { Epoch } from '../../../src/core/epoch/epoch.ts'
import type { ConversationId } from '../../../src/core/ids.ts'
import type { SimDevice } from '../world/device.ts'
import { conversationRecord, decodedOnce, eventBytes, rowAt, rowsOf } from '../world/logs.ts'
import { clockOf } from '../world/ports.ts'
import type { CreateInvariant } from './invariant.ts'

const weekMs = 7 * 86_400_000
/** Between reading the clock and committing, and the clock may have jumped in between. */
const toleranceMs = 5_000

export const createSendRule: CreateInvariant = ({ world }) => {
  const name = 'send rule'
  const check = (device: SimDevice, conversation: ConversationId, seq: number): void => {
    const bytes = eventBytes(device.disk, conversation, lanes.content, device.id()!, seq)
    const under = bytes && decodedOnce(bytes)?.epoch
    const epoch = under ? (rowAt(device.disk, 'epochs', [conversation, under]) as Epoch | undefined) : undefined
    if (epoch === undefined) return world.violate(name, `${device.name} seals under an epoch that is not on its disk`)
    const shown = conversationRecord(device.disk, conversation)?.people.flatMap((person) => person.devices) ?? []
    const named = (devices: readonly string[]): string =>
      devices.map((id) => world.devices.find((other) => other.id() === id)?.name ?? id.slice(0, 8)).join(', ')
    if (!isSame(epoch.devices, shown))
      return world.violate(name, `${device.name} writes to ${named(epoch.devices)}, and shows ${named(shown)} in ${conversation}`)
    const later = rowsOf(device.disk, 'epochs', [conversation])
      .map(({ value }) => value as Epoch)
      .find((other) => isSame(other.devices, shown) && (other.hlc > epoch.hlc || (other.hlc === epoch.hlc && other.id > epoch.id)))
    if (later !== undefined)
      world.violate(name, `${device.name} writes under epoch ${epoch.id.slice(0, 8)} and holds the later ${later.id.slice(0, 8)}`)
    const ageMs = clockOf(world.scheduler, device) - epoch.hlc / 1_024
    if (ageMs > weekMs + toleranceMs && world.scheduler.now() - device.jumpedAt > toleranceMs)
      world.violate(name, `${device.name} writes under an epoch of ${Math.round(ageMs / 86_400_000)} days`)
  }
  return {
    name,
    commit: (device, writes) => {
      for (const write of writes) if (write.kind === 'put' && write.table === 'outbox') check(device, ...write.key)
    },
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.toSorted().join() === b.toSorted().join()
