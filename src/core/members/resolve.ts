// The members that a set of operations gives: a function of the set alone, so everyone who holds the same operations computes the same,
// in whatever order they came. Somebody belongs when an operation let them in that had seen every removal of them: so a removal wins
// over an addition that did not know of it, and a re-addition must follow the removal.
import type { DeviceId, IdentityId } from '../ids.ts'
import type { Head, VerifiedEvent } from '../event/event.ts'
import { chainKey, type ChainKey } from '../log/chains.ts'
import type { DeviceCard, PersonCard } from './card.ts'
import { saw, type MembersLog } from './log.ts'
import type { Member, Members } from './members.ts'
import type { Role } from './role.ts'
import { resolveInvites } from './transforms/invites.ts'
import { resolveDevices } from './transforms/devices.ts'
import { resolveNames } from './transforms/names.ts'
import { allRemovals, countingRemovals, type Removal, type Seniority } from './transforms/removals.ts'
import { resolvePolicy, resolveRoles, withOwner } from './transforms/roles.ts'
import { cutoffsOf, voidOps } from './transforms/void.ts'

interface Entry {
  readonly op: VerifiedEvent
  readonly person: PersonCard
  readonly role: Role
  readonly floor: Member['floor']
}

/** `ops` is the whole lane, or the part of it that somebody had seen; in order. `undefined` while it does not begin with a `create`. */
export const resolveMembers = (log: MembersLog, ops: readonly VerifiedEvent[]): Members | undefined => {
  const create = ops.find((op) => op.body.kind === 'create')
  if (create?.body.kind !== 'create') return undefined
  const ownerByDevice = resolveOwners(ops)
  const removals = countingRemovals(log, allRemovals(ops, ownerByDevice), seniorityOf(ops))
  const voided = voidOps(log, ops, removals, ownerByDevice)
  const counting = ops.filter((op) => !voided.has(op.id))
  const nameByIdentity = resolveNames(ops, ownerByDevice)
  return {
    as: create.body.as,
    name: counting.reduce((name, op) => (op.body.kind === 'name' ? op.body.name : name), create.body.name),
    meeting: create.body.meeting,
    policy: resolvePolicy(counting),
    people: withOwner(
      resolvePeople(
        log,
        counting,
        removals.filter((removal) => !voided.has(removal.op.id)),
        nameByIdentity,
      ),
    ),
    invites: resolveInvites(counting, ownerByDevice),
    ownerByDevice,
    nameByIdentity,
    voidOps: voided,
    cutoffsByDevice: cutoffsOf(removals, counting, ownerByDevice),
  }
}

/** Those whom an operation let in that had seen every removal of them. */
const resolvePeople = (
  log: MembersLog,
  ops: readonly VerifiedEvent[],
  removals: readonly Removal[],
  nameByIdentity: ReadonlyMap<IdentityId, string>,
): ReadonlyMap<IdentityId, Member> => {
  const cardsByIdentity = resolveDevices(ops)
  const roleByIdentity = resolveRoles(ops)
  const people = new Map<IdentityId, Member>()
  for (const [identity, entries] of Map.groupBy(ops.flatMap(entryOf), (entry) => entry.person.identity)) {
    const against = removals.filter((removal) => removal.target === identity)
    const all = entries.filter((entry) => against.every((removal) => saw(log.pastById.get(entry.op.id) ?? new Map(), removal.op)))
    const [standing] = all
    if (standing === undefined) continue
    people.set(identity, {
      identity,
      name: nameByIdentity.get(identity) ?? standing.person.name,
      role: roleByIdentity.get(identity) ?? standing.role,
      devices: devicesOf(cardsByIdentity.get(identity)),
      since: { id: standing.op.id, hlc: standing.op.hlc },
      floor: highest(all.map((entry) => entry.floor)),
    })
  }
  return people
}

const seniorityOf = (ops: readonly VerifiedEvent[]): Seniority => {
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
const highest = (floors: readonly Member['floor'][]): Member['floor'] => {
  if (floors.length < 2) return floors[0] ?? []
  const headByChain = new Map<ChainKey, Head>()
  for (const head of floors.flat()) {
    const key = chainKey(head.lane, head.device)
    if (head.seq > (headByChain.get(key)?.seq ?? 0)) headByChain.set(key, head)
  }
  return [...headByChain.values()]
}

const resolveOwners = (ops: readonly VerifiedEvent[]): ReadonlyMap<DeviceId, IdentityId> => {
  const owners = new Map<DeviceId, IdentityId>()
  const own = (card: DeviceCard) => {
    // A certificate is the identity's own word, and a device key that two identities certify stays with the first in the order.
    if (!owners.has(card.device)) owners.set(card.device, card.identity)
  }
  for (const op of ops) {
    if (op.body.kind === 'create' || op.body.kind === 'add') op.body.person.devices.forEach(own)
    if (op.body.kind === 'device') own(op.body.device)
  }
  return owners
}

const devicesOf = (cards: ReadonlyMap<DeviceId, DeviceCard> | undefined): readonly DeviceCard[] =>
  [...(cards?.values() ?? [])].toSorted((a, b) => (a.device < b.device ? -1 : 1))
