// Everyone who belongs to a conversation holds the same of it, as far as it is for them, and sees the same: members, messages, order. Of a
// device that told different people different things the chain ends where the tales part, for each with the tale that came first: nobody can
// say which is true, so what it says from there on, and how it stands beside the rest, is not compared.
import type { Head, SignedEvent } from '../../../src/core/event/event.ts'
import type { ConversationId } from '../../../src/core/ids.ts'
import type { ConversationRecord } from '../../../src/ports/tables.ts'
import type { TimelineItem } from '../../../src/ports/queries.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { highestFloor } from '../../../src/core/members/transforms/people.ts'
import type { SimDevice } from '../world/device.ts'
import { areApart, blockedOn, conversationRecord, eventsOn, identityOf } from '../world/logs.ts'
import { forksOf, type Forks } from '../world/forks.ts'
import type { ConversationSeen } from '../world/view.ts'
import type { CreateInvariant } from './invariant.ts'

interface Member {
  readonly device: SimDevice
  readonly seen: ConversationSeen
  readonly record: ConversationRecord
  readonly events: ReadonlyMap<string, SignedEvent>
  /** Where they began: at what the first told them who let them in, also when that does not count any more. */
  readonly floor: readonly Head[]
}

export const createConverged: CreateInvariant = ({ world }) => {
  const name = 'converged'

  const sameMembers = (conversation: ConversationId, members: readonly Member[]): void => {
    const shown = members.map((member) => ({
      member,
      people: member.record.people
        .map((person) => `${person.identity.slice(0, 8)} ${person.name} ${person.role} ${person.devices.length}`)
        .toSorted()
        .join('; '),
    }))
    const [first, ...others] = shown
    for (const other of others) {
      if (other.people !== first!.people) {
        world.violate(
          name,
          `in ${conversation} ${first!.member.device.name} shows [${first!.people}], ${other.member.device.name} [${other.people}]`,
        )
      }
    }
  }

  /**
   * Floors are read off the members' own agreement, which was checked before. What nobody who is still here holds (a member said it and
   * left before anyone heard) cannot be had, nor what follows it in that chain.
   */
  const sameLogs = (conversation: ConversationId, members: readonly Member[], { fromByChain }: Forks): void => {
    const held = new Map<string, SignedEvent>()
    const placeOf = (event: { readonly lane: number; readonly device: string }, seq: number): string =>
      `${event.lane} ${event.device} ${seq}`
    for (const { events } of members) for (const event of events.values()) held.set(placeOf(event, event.seq), event)
    const chains = [...new Map([...held.values()].map((event) => [`${event.lane} ${event.device}`, event])).values()]
    for (const { device, record, events, floor: began } of members) {
      const own = record.people.find((person) => person.identity === identityOf(device.disk))
      if (own === undefined) {
        world.violate(name, `${device.name} says to be a member of ${conversation} and is not in its own list`)
        continue
      }
      for (const chain of chains) {
        const floor = began.find((head) => head.lane === chain.lane && head.device === chain.device)?.seq ?? 0
        for (let seq = floor + 1; ; seq++) {
          const event = held.get(placeOf(chain, seq))
          if (event === undefined || seq >= (fromByChain.get(chainKey(chain.lane, chain.device)) ?? Infinity)) break
          if (events.has(event.id)) continue
          const writer = world.deviceOf(event.device)?.name ?? 'somebody'
          world.violate(name, `${device.name} lacks ${event.body.kind} ${event.lane}/${seq} by ${writer} in ${conversation}`)
          break
        }
      }
    }
  }

  const isByLiar = (item: TimelineItem): boolean =>
    item.kind === 'message' && world.devices.some((device) => device.isHostile && identityOf(device.disk) === item.author.identity)

  const sameTimelines = (conversation: ConversationId, members: readonly Member[], { devices }: Forks): void => {
    const about = Map.groupBy(
      members.flatMap(({ events }) =>
        [...events.values()].flatMap((event) =>
          'target' in event.body && event.body.target !== null ? [{ event, id: event.body.target.id }] : [],
        ),
      ),
      ({ id }): string => id,
    )
    /** A floor that is given by the wall clock may lie between a message and what was said about it by one whose clock was behind. */
    const hasAllAbout = ({ floor }: Member, item: TimelineItem): boolean =>
      about.get(item.id)?.every(({ event }) => !isBelow(floor, event)) !== false
    const ofLiars = new Set<string>(
      members.flatMap(({ events }) => [...events.values()].flatMap((event) => (devices.has(event.device) ? [event.id] : []))),
    )
    const [first, ...others] = members
    if (first === undefined) return
    for (const other of others) {
      const isForBoth = (item: TimelineItem): boolean =>
        isSaid(item) && !ofLiars.has(item.id) && [first, other].every((member) => isAboveFloor(member, item) && hasAllAbout(member, item))
      const [a, b] = common(first.seen.timeline.items.filter(isForBoth), other.seen.timeline.items.filter(isForBoth))
      for (const [i, item] of a.entries()) {
        const [one, two] = [face(item, a, devices.size > 0, isByLiar), face(b[i]!, b, devices.size > 0, isByLiar)]
        if (one === two) continue
        world.violate(name, `in ${conversation} ${first.device.name} sees ${one}, ${other.device.name} sees ${two}`)
        break
      }
    }
  }

  return {
    name,
    atRest: ({ seenByDevice }) => {
      const membersByConversation = new Map<ConversationId, Member[]>()
      for (const [device, seen] of seenByDevice) {
        for (const [conversation, what] of seen) {
          if (what.summary.standing !== 'member' && what.summary.standing !== 'inviting') continue
          const record = conversationRecord(device.disk, conversation)
          if (record === undefined) continue
          const events = new Map(eventsOn(device.disk, conversation).map((event) => [event.id, event]))
          const members = membersByConversation.get(conversation) ?? []
          membersByConversation.set(conversation, members)
          members.push({ device, seen: what, record, events, floor: floorOf(device, record, events) })
        }
      }
      for (const [conversation, members] of membersByConversation) {
        // Two of whom one has blocked the other tell each other nothing more of what they have together.
        const isClosed = members.some(
          ({ record, device }) => record.as === 'direct' && members.some((other) => areApart(device.disk, other.device.disk)),
        )
        if (isClosed) continue
        const forks = forksOf(world, conversation)
        if (forks.inMembers) continue
        sameMembers(conversation, members)
        sameLogs(conversation, members, forks)
        // Whoever blocked somebody sees another timeline than the rest, and what is missing from it is for `hidden` to say.
        sameTimelines(
          conversation,
          members.filter(({ device }) => blockedOn(device.disk).size === 0),
          forks,
        )
      }
    },
  }
}

const isBelow = (floor: readonly Head[], event: SignedEvent): boolean =>
  floor.some((head) => head.lane === event.lane && head.device === event.device && head.seq >= event.seq)

const floorOf = (device: SimDevice, record: ConversationRecord, events: Member['events']): readonly Head[] => {
  const identity = identityOf(device.disk)
  const own = record.people.find((person) => person.identity === identity)?.floor ?? []
  const given = [...events.values()].flatMap(({ body }) => (body.kind === 'add' && body.person.identity === identity ? [body.floor] : []))
  return highestFloor([own, ...given])
}

/** Whoever left and came back kept what they had before, but heard nothing of what was said about it meanwhile. */
const isAboveFloor = ({ events, floor }: Member, item: TimelineItem): boolean => {
  const event = events.get(item.id)
  return event === undefined || !isBelow(floor, event)
}

/** What waits for somebody to let its author in, or for the right to say it, is on their own device alone. */
const isSaid = (item: TimelineItem): boolean => !item.id.startsWith('unsent')

/** What both show, each in its own order: newcomers show less. */
const common = (a: readonly TimelineItem[], b: readonly TimelineItem[]): readonly [readonly TimelineItem[], readonly TimelineItem[]] => {
  const [inA, inB] = [new Set(a.map((item) => item.id)), new Set(b.map((item) => item.id))]
  return [a.filter((item) => inB.has(item.id)), b.filter((item) => inA.has(item.id))]
}

/** How an item looks to anybody: without what depends on who looks. */
const face = (item: TimelineItem, items: readonly TimelineItem[], hasLiars: boolean, isByLiar: (item: TimelineItem) => boolean): string => {
  const id = item.id.slice(0, 8)
  if (item.kind === 'notice') return `notice ${id}`
  // When an edit of what disappears came, its words may have been over already. A liar's edit of what does not can disappear as well, and
  // comes without its words to whom they like.
  const isSure = (one: TimelineItem): boolean => one.kind === 'message' && one.fades === undefined && !isByLiar(one)
  const quoted = items.find((other) => other.id === item.replyTo?.id)
  const quote = quoted === undefined ? '' : ` on ${quoted.id.slice(0, 8)} ${isSure(quoted) ? item.replyTo?.text : ''}`
  // A liar's may be among them.
  const reactions = hasLiars ? '' : item.reactions.map((reaction) => `${reaction.emoji}${reaction.by.length}`).join(',')
  const said = isSure(item) ? `'${item.text}' edited ${item.edited}` : 'what disappears'
  return `message ${id} ${said} by ${item.author.identity.slice(0, 8)} ${item.author.name} at ${item.at} deleted ${item.deleted} [${reactions}]${quote}`
}
