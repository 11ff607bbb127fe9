// What a removal by somebody who stayed does, told from the members lane in the plainest way (PROTOCOL section 4): an addition that did not
// know of it is no way back in, what the removed did and said unaware of it does not count, and only those with a right remove anybody. Of
// two who removed each other the one who was here first stays.
import { lanes, type SignedEvent } from '../../../src/core/event/event.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../../src/core/ids.ts'
import type { SimDevice } from '../world/device.ts'
import { conversationRecord, eventsOn } from '../world/logs.ts'
import type { ConversationSeen } from '../world/view.ts'
import type { CreateInvariant } from './invariant.ts'

type Removal = { readonly op: SignedEvent; readonly by: IdentityId; readonly target: IdentityId }

export const createRemovalIsFinal: CreateInvariant = ({ world }) => {
  const name = 'removal is final'

  const check = (device: SimDevice, conversation: ConversationId, seen: ConversationSeen): void => {
    const events = eventsOn(device.disk, conversation)
    const ops = events.filter((event) => event.lane === lanes.members)
    if (!ops.some((op) => op.body.kind === 'remove')) return
    const knows = pasts(ops)
    const owners = ownersIn(ops)
    const isIn = (identity: IdentityId): boolean =>
      conversationRecord(device.disk, conversation)?.people.some((person) => person.identity === identity) === true
    const removals = ops.flatMap((op): readonly Removal[] => {
      const by = owners.get(op.device)
      return op.body.kind === 'remove' && by !== undefined ? [{ op, by, target: op.body.identity }] : []
    })
    const additionsOf = (identity: IdentityId): readonly SignedEvent[] =>
      ops.filter((op) => (op.body.kind === 'add' || op.body.kind === 'create') && op.body.person.identity === identity)
    const nameOf = (identity: IdentityId): string => identity.slice(0, 8)
    const isUnaware = (a: SignedEvent, b: SignedEvent): boolean => !knows(a).has(b.id) && !knows(b).has(a.id)

    const creator = ops.flatMap((op) => (op.body.kind === 'create' ? [op.body.person.identity] : []))[0]
    const hasGone = (identity: IdentityId | undefined): boolean =>
      ops.some((op) => op.body.kind === 'leave' && owners.get(op.device) === identity) || removals.some(({ target }) => target === identity)

    for (const { op, by, target } of removals) {
      const wasPromoted = ops.some((other) => other.body.kind === 'role' && other.body.identity === by)
      // Who inherits a group whose owners have gone has the right, too.
      if (by !== creator && !wasPromoted && !hasGone(creator))
        world.violate(name, `${device.name} holds a removal by ${nameOf(by)}, who had no right to it`)
      const isContested = removals.some((other) => other.target === by && !knows(op).has(other.op.id))
      if (isContested) {
        checkMutual(op, by, target)
        continue
      }
      if (isIn(target) && !additionsOf(target).some((addition) => knows(addition).has(op.id)))
        world.violate(name, `${device.name} shows ${nameOf(target)}, who was removed and not let in again`)
      checkGuests(op, target)
      checkWords(op, target)
    }

    function checkMutual(op: SignedEvent, by: IdentityId, target: IdentityId): void {
      const back = removals.filter((other) => other.by === target && other.target === by && isUnaware(other.op, op))
      const concerning = removals.filter((other) => other.target === by || other.target === target)
      const [since, until] = [additionsOf(by), additionsOf(target)]
      const hasLeft = ops.some((other) => other.body.kind === 'leave' && [by, target].includes(owners.get(other.device)!))
      if (back.length !== 1 || concerning.length !== 2 || since.length !== 1 || until.length !== 1 || hasLeft) return
      if (knows(until[0]!).has(since[0]!.id) && !isIn(by))
        world.violate(name, `on ${device.name} ${nameOf(by)} is out, removed by ${nameOf(target)}, who is junior and was removed by them`)
    }

    /** Those whom the removed let in unaware of the removal, and nobody else did. */
    function checkGuests(op: SignedEvent, target: IdentityId): void {
      for (const guest of ops.flatMap((other) => (other.body.kind === 'add' ? [other.body.person.identity] : []))) {
        const isOnlyTheirs = additionsOf(guest).every(
          (addition) => addition.body.kind === 'add' && owners.get(addition.device) === target && isUnaware(addition, op),
        )
        if (isOnlyTheirs && guest !== target && isIn(guest))
          world.violate(name, `${device.name} shows ${nameOf(guest)}, let in by ${nameOf(target)} after they were removed`)
      }
    }

    function checkWords(op: SignedEvent, target: IdentityId): void {
      const last = op.body.kind === 'remove' ? op.body.last : []
      const shown = new Set<string>(seen.timeline.items.map((item) => item.id))
      for (const event of events) {
        if (event.body.kind !== 'text' || owners.get(event.device) !== target || knows(event).has(op.id)) continue
        const end = last.find((head) => head.lane === lanes.content && head.device === event.device)?.seq ?? 0
        if (event.seq > end && shown.has(event.id))
          world.violate(name, `${device.name} shows '${event.body.text}', said by ${nameOf(target)} unaware of their removal`)
      }
    }
  }

  return {
    name,
    atRest: ({ seenByDevice }) => {
      for (const [device, seen] of seenByDevice)
        for (const [conversation, what] of seen) if (what.summary.standing === 'member') check(device, conversation, what)
    },
  }
}

/** For each event the operations on the members that its author had seen, itself excluded: whatever it names, and what these name. */
const pasts = (ops: readonly SignedEvent[]): ((event: SignedEvent) => ReadonlySet<EventId>) => {
  const opById = new Map(ops.map((op) => [op.id, op]))
  const pastById = new Map<EventId, ReadonlySet<EventId>>()
  const pastOf = (event: SignedEvent): ReadonlySet<EventId> => {
    const known = pastById.get(event.id)
    if (known !== undefined) return known
    const named = [...(event.lane === lanes.members ? [event.prev] : []), ...event.deps.map((dep) => dep.id)]
    const seen = named.flatMap((id) => (id === null ? [] : (opById.get(id) ?? [])))
    const past = new Set(seen.flatMap((op) => [op.id, ...pastOf(op)]))
    pastById.set(event.id, past)
    return past
  }
  return pastOf
}

const ownersIn = (ops: readonly SignedEvent[]): ReadonlyMap<DeviceId, IdentityId> =>
  new Map(
    ops.flatMap(({ body }) => {
      if (body.kind === 'create' || body.kind === 'add') return body.person.devices.map((card) => [card.device, card.identity] as const)
      return body.kind === 'device' ? [[body.device.device, body.device.identity] as const] : []
    }),
  )
