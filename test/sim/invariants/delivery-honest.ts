// Nobody is shown as having a message unless a device of theirs has it on its disk.
import type { IdentityId } from '../../../src/core/ids.ts'
import type { SimDevice } from '../world/device.ts'
import type { DeviceSeen } from '../world/view.ts'
import { chainEnd, eventsOn, identityOf } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createDeliveryHonest: CreateInvariant = ({ world }) => {
  const name = 'delivery is honest'
  const check = (device: SimDevice, seen: DeviceSeen): void => {
    const others = new Map<IdentityId, SimDevice>(
      world.devices.flatMap((other) => {
        const identity = identityOf(other.disk)
        return identity === undefined ? [] : [[identity, other] as const]
      }),
    )
    for (const [conversation, { details, timeline }] of seen) {
      const own = new Map(eventsOn(device.disk, conversation).map((event) => [event.id as string, event]))
      for (const [id, { people, message }] of details) {
        const event = own.get(id)
        for (const { person, state } of people) {
          const other = others.get(person.identity)
          if ((state !== 'delivered' && state !== 'read') || other?.isHostile === true) continue
          const isHeld =
            event !== undefined && other !== undefined && chainEnd(other.disk, conversation, event.lane, event.device) >= event.seq
          if (!isHeld) world.violate(name, `${device.name} shows '${message.text}' as ${state} at ${person.name}, who does not have it`)
        }
      }
      for (const item of timeline.items) {
        if (item.kind !== 'message' || item.delivery === undefined || !details.has(item.id)) continue
        const { state, have, of } = item.delivery
        if ((state === 'delivered' || state === 'read') && (have < of || of === 0)) {
          world.violate(name, `${device.name} shows '${item.text}' as ${state} with ${have} of ${of}`)
        }
      }
    }
  }
  return {
    name,
    looked: check,
    atRest: ({ seenByDevice }) => {
      for (const [device, seen] of seenByDevice) check(device, seen)
    },
  }
}
