// Nobody is let in by an invite that has run out by their host's clock, nor by a single-use one by which the host knows somebody came.
import { decodedOnce, eventsOn } from '../world/logs.ts'
import { clockOf } from '../world/ports.ts'
import type { CreateInvariant } from './invariant.ts'

/** Between looking at the clock and committing. */
const toleranceMs = 5_000

export const createInvitesHold: CreateInvariant = ({ world }) => {
  const name = 'invites hold'
  return {
    name,
    commit: (device, writes) => {
      for (const write of writes) {
        if (write.kind !== 'put' || write.table !== 'events' || write.key[2] !== device.id()) continue
        const event = decodedOnce(write.value.bytes)
        if (event?.body.kind !== 'add' || event.body.invite === null) continue
        const { id, conversation, body } = event
        const ops = eventsOn(device.disk, conversation)
        const invite = ops.flatMap((op) => (op.body.kind === 'invite' && op.body.invite === body.invite ? [op.body] : []))[0]
        if (invite === undefined) {
          world.violate(name, `${device.name} lets ${body.person.name} in by an invite that nobody made`)
          continue
        }
        const isCalm = world.scheduler.now() - device.jumpedAt > toleranceMs
        if (isCalm && clockOf(world.scheduler, device) > invite.expiresAt + toleranceMs)
          world.violate(name, `${device.name} lets ${body.person.name} in by an invite that has run out`)
        const others = ops.filter((op) => op.id !== id && op.body.kind === 'add' && op.body.invite === body.invite)
        if (invite.uses === 'single' && others.length > 0)
          world.violate(name, `${device.name} lets ${body.person.name} in by an invite that was used`)
      }
    },
  }
}
