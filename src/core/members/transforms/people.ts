// Who belongs: those whom an operation let in that had seen every removal of them. So a removal wins over an addition that did not know of
// it, and a re-addition must follow the removal.
import type { IdentityId } from '../../ids.ts'
import type { Head, VerifiedEvent } from '../../event/event.ts'
import { chainKey, type ChainKey } from '../../log/chains.ts'
import type { PersonCard } from '../card.ts'
import { pastOfOp, saw, type MembersLog } from '../log.ts'
import type { Member } from '../members.ts'
import type { Role } from '../role.ts'
import { inOrder, resolveDevices } from './devices.ts'
import type { Removal, Seniority } from './removals.ts'
import { resolveRoles } from './roles.ts'

/** An operation that lets somebody in. */
interface Entry {
  readonly op: VerifiedEvent
  readonly person: PersonCard
  readonly role: Role
  readonly floor: Member['floor']
}

export const resolvePeople = (
  log: MembersLog,
  ops: readonly VerifiedEvent[],
  removals: readonly Removal[],
  nameByIdentity: ReadonlyMap<IdentityId, string>,
): ReadonlyMap<IdentityId, Member> => {
  const cardsByIdentity = resolveDevices(ops)
  const removalsByTarget = Map.groupBy(removals, (removal) => removal.target)
  const roleByIdentity = resolveRoles(log, ops, removalsByTarget)
  const people = new Map<IdentityId, Member>()
  for (const [identity, entries] of Map.groupBy(ops.flatMap(entryOf), (entry) => entry.person.identity)) {
    const against = removalsByTarget.get(identity) ?? []
    const all = entries.filter((entry) => against.every((removal) => saw(pastOfOp(log, entry.op), removal.op)))
    const [standing] = all
    if (standing === undefined) continue
    people.set(identity, {
      identity,
      name: nameByIdentity.get(identity) ?? standing.person.name,
      role: roleByIdentity.get(identity) ?? standing.role,
      devices: inOrder(cardsByIdentity.get(identity)?.values() ?? []),
      since: { id: standing.op.id, hlc: standing.op.hlc },
      floor: highestFloor(all.map((entry) => entry.floor)),
    })
  }
  return people
}

/** The first operation that let each person in, in order. */
export const seniorityOf = (ops: readonly VerifiedEvent[]): Seniority => {
  const first = new Map<IdentityId, VerifiedEvent>()
  for (const entry of ops.flatMap(entryOf)) if (!first.has(entry.person.identity)) first.set(entry.person.identity, entry.op)
  return first
}

const entryOf = (op: VerifiedEvent): readonly Entry[] => {
  switch (op.body.kind) {
    case 'create':
      return [{ op, person: op.body.person, role: 'owner', floor: [] }]
    case 'add':
      return [{ op, person: op.body.person, role: 'member', floor: op.body.floor }]
    default:
      return []
  }
}

/**
 * Several may have let somebody in at the same moment, each from the point that they had reached. The newcomer begins at the first of
 * these that arrives, so the highest is what can be promised: nothing that was written for the newcomer lies below any of them.
 */
export const highestFloor = (floors: readonly Member['floor'][]): Member['floor'] => {
  if (floors.length < 2) return floors[0] ?? []
  const headByChain = new Map<ChainKey, Head>()
  for (const head of floors.flat()) {
    const key = chainKey(head.lane, head.device)
    if (head.seq > (headByChain.get(key)?.seq ?? 0)) headByChain.set(key, head)
  }
  return [...headByChain.values()]
}
