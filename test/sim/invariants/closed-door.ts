// Whoever left or was removed holds nothing that was said by somebody who knew of it, unless they were let in again in between. What a liar
// says to whoever is out is the liar's to give away.
import { lanes, type SignedEvent, type VerifiedEvent } from '../../../src/core/event/event.ts'
import type { ConversationId, IdentityId } from '../../../src/core/ids.ts'
import { opsSeen, pastOf, restoreLog, saw } from '../../../src/core/members/log.ts'
import { resolveMembers } from '../../../src/core/members/resolve.ts'
import { eventsOn, identityOf } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createClosedDoor: CreateInvariant = ({ world }) => {
  const name = 'closed door'
  return {
    name,
    atRest: ({ seenByDevice }) => {
      const conversations = new Set([...seenByDevice.values()].flatMap((seen) => [...seen.keys()]))
      for (const conversation of conversations) check(conversation)
    },
  }

  function check(conversation: ConversationId): void {
    // The union of all disks: what was done, whoever knows of it.
    const events = new Map(world.devices.flatMap((device) => eventsOn(device.disk, conversation)).map((event) => [event.id, event]))
    const ops = [...events.values()].filter((event) => event.lane === lanes.members)
    if (!ops.some((op) => op.body.kind === 'remove' || op.body.kind === 'leave')) return
    const log = restoreLog(ops.map((op) => op as VerifiedEvent))
    // Who had been removed and did not know it leaves in vain: whoever lets them in again need not have seen that.
    const voidOps = resolveMembers(log, log.ops)?.voidOps
    /** People, by the part of the members lane that an event's author had seen. */
    const peopleByPast = new Map<string, ReadonlySet<IdentityId>>()
    const peopleFor = (event: SignedEvent): ReadonlySet<IdentityId> => {
      const past = pastOf(log, event)
      const key = past.seqs.join()
      const known = peopleByPast.get(key)
      if (known !== undefined) return known
      const people = new Set(resolveMembers(log, opsSeen(log, past))?.people.keys())
      peopleByPast.set(key, people)
      return people
    }
    // A member who means ill may hand anything to anybody.
    if (world.devices.some((device) => device.isHostile && ops.some((op) => op.device === device.id()))) return
    for (const device of world.devices) {
      if (device.isHostile) continue
      const identity = identityOf(device.disk)
      const partings = ops.filter(
        (op) =>
          voidOps?.has(op.id) !== true &&
          ((op.body.kind === 'remove' && op.body.identity === identity) || (op.body.kind === 'leave' && op.device === device.id())),
      )
      if (identity === undefined || partings.length === 0) continue
      for (const event of eventsOn(device.disk, conversation)) {
        if (event.lane !== lanes.content || event.device === device.id() || world.deviceOf(event.device)?.isHostile === true) continue
        const parting = partings.find((op) => saw(pastOf(log, event), op))
        if (parting === undefined || peopleFor(event).has(identity)) continue
        const writer = world.deviceOf(event.device)?.name
        // Once let in again, what lies above the floor of that grant is theirs, by whomever it was written.
        const isBack = ops.some((op) => op.body.kind === 'add' && op.body.person.identity === identity && saw(pastOf(log, op), parting))
        if (!isBack)
          world.violate(name, `${device.name} holds ${event.body.kind} ${event.seq} of ${writer}, who knew of its ${parting.body.kind}`)
      }
    }
  }
}
