// Whoever was removed has to hear of it, also when they come online only later: else they go on writing to nobody. They are told what
// everybody knew who removed them, and nothing that came after. Who holds nothing yet, let in by somebody already removed, writes to nobody
// and never belonged: not even the group's name is for them.
import type { ConversationId, DeviceId, EventId, IdentityId } from '../core/ids.ts'
import { lanes, type VerifiedEvent } from '../core/event/event.ts'
import { chainKey, type Vector } from '../core/log/chains.ts'
import { pastOfOp, saw } from '../core/members/log.ts'
import { memberOfDevice } from '../core/members/members.ts'
import type { SyncMessage } from '../core/sync/messages.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

/** Bytes of operations in one frame. */
const frameBudget = 256 * 1024

/** Whether a device belonged here once and does not any more. */
export const isFormer = ({ conversation: { members } }: Room, device: DeviceId): boolean =>
  members !== undefined && members.ownerByDevice.has(device) && memberOfDevice(members, device) === undefined

/** Somebody, whoever let them in, whoever let those in, and so on: with any of these their own place may have fallen. */
const sponsorsOf = (
  ops: readonly VerifiedEvent[],
  ownerByDevice: ReadonlyMap<DeviceId, IdentityId>,
  identity: IdentityId,
): ReadonlySet<IdentityId> => {
  const sponsors = new Set([identity])
  for (const person of sponsors) {
    for (const op of ops) {
      const sponsor = op.body.kind === 'add' && op.body.person.identity === person ? ownerByDevice.get(op.device) : undefined
      if (sponsor !== undefined) sponsors.add(sponsor)
    }
  }
  return sponsors
}

/** What took somebody out: their removal, or that somebody else came by the invite for one person that they came by. */
const reasonsFor = (ops: readonly VerifiedEvent[], identities: ReadonlySet<IdentityId>): readonly VerifiedEvent[] => {
  const invites = new Set(
    ops.flatMap(({ body }) => (body.kind === 'add' && identities.has(body.person.identity) && body.invite !== null ? [body.invite] : [])),
  )
  const single = ops.flatMap(({ body }) =>
    body.kind === 'invite' && body.uses === 'single' && invites.has(body.invite) ? [body.invite] : [],
  )
  return ops.filter(({ body }) => {
    if (body.kind === 'remove') return identities.has(body.identity)
    return body.kind === 'add' && body.invite !== null && single.includes(body.invite) && !identities.has(body.person.identity)
  })
}

/** The reasons for which a device's owner is out, or those who let them in, with all that their authors had seen of the members lane, as far as the device lacks it. */
export const parting = (session: Session, id: ConversationId, device: DeviceId, beyond: Vector): SyncMessage | undefined => {
  const { log, members } = session.rooms.get(id)?.conversation ?? {}
  const owner = members?.ownerByDevice.get(device)
  if (log === undefined || owner === undefined || !holdsBeginning(log.ops, beyond)) return undefined
  const sponsors = sponsorsOf(log.ops, members?.ownerByDevice ?? new Map(), owner)
  const told = new Set<EventId>()
  for (const reason of reasonsFor(log.ops, sponsors)) {
    const past = pastOfOp(log, reason)
    for (const op of log.ops) if (op.id === reason.id || saw(past, op)) told.add(op.id)
  }
  const lacking = log.ops.filter((op) => told.has(op.id) && op.seq > (beyond.get(chainKey(lanes.members, op.device)) ?? 0))
  return lacking.length === 0 ? undefined : fit(lacking)
}

/** Without it a conversation has no members, and nobody can write into it. */
const holdsBeginning = (ops: readonly VerifiedEvent[], beyond: Vector): boolean =>
  ops.some((op) => op.body.kind === 'create' && op.seq <= (beyond.get(chainKey(lanes.members, op.device)) ?? 0))

const fit = (ops: readonly VerifiedEvent[]): SyncMessage => {
  let size = 0
  const count = ops.findIndex(({ bytes }) => (size += bytes.length + 8) > frameBudget)
  const events = (count === -1 ? ops : ops.slice(0, Math.max(1, count))).map(({ bytes }) => bytes)
  return { kind: 'events', events, more: count !== -1 }
}
