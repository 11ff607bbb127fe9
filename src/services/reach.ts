// Whom and what the network should reach, as it follows from the rooms: devices of everybody one talks with, tags of invites that still
// hold, tags of invites that were accepted, topics of groups. Recomputed after commits and as the day turns; told only when it changed.
import { lanes } from '../core/event/event.ts'
import type { ConversationId, DeviceId, IdentityId, Tag } from '../core/ids.ts'
import { chainKey } from '../core/log/chains.ts'
import { memberDevices, type Invite } from '../core/members/members.ts'
import { tagsAt } from '../core/tags.ts'
import type { GossipTopic } from '../ports/network.ts'
import type { Asking } from './contact/ask.ts'
import type { Door } from './contact/door.ts'
import { createFanOut, type Group } from './fan-out.ts'
import type { Hidden } from './hidden.ts'
import type { Joining } from './join.ts'
import type { Links } from './links.ts'
import type { PeopleNotes } from './people-notes.ts'
import { isLarge, otherDevices, type Room } from './room.ts'
import type { Session } from './session.ts'

/** How often the day's names are looked at again; they overlap by an hour. */
const renewMs = 20 * 60_000

export interface Reach {
  /** The group whose gossip goes under a topic. */
  groupOf(topic: Tag): Room | undefined
  linked(device: DeviceId): void
  unlinked(device: DeviceId): void
  refresh(): void
  stop(): void
}

export const createReach = (
  session: Session,
  links: Pick<Links, 'isMissing'>,
  joining: Pick<Joining, 'tags' | 'candidates'>,
  asking: Pick<Asking, 'tags' | 'candidates'>,
  door: Pick<Door, 'tags'>,
  notes: Pick<PeopleNotes, 'isClosed'>,
  hidden: Pick<Hidden, 'from'>,
): Reach => {
  let cancel = () => {}
  let groupByTopic: ReadonlyMap<Tag, ConversationId> = new Map()
  const fanOut = createFanOut({
    clock: session.clock,
    self: () => session.me.device,
    close: (device) => session.network.close(device),
    isMissing: links.isMissing,
    changed: () => refresh(),
  })
  const { network, rooms, clock } = session
  const isCrowd = (room: Room): boolean => isLarge(room, session.me.identity)
  const wanted = onChange<DeviceId>((devices) => network.want(devices))
  const direct = onChange<DeviceId>((devices) => network.allowDirect(devices))
  const announced = onChange<Tag>((tags) => network.announce(tags))
  const sought = onChange<Tag>((tags) => network.seek(tags))
  const subscribed = onChange<GossipTopic>(
    (topics) => network.subscribe(topics),
    ({ tag, authors }) => `${tag} ${authors.join(' ')}`,
  )

  const refresh = () => {
    const now = clock.now()
    const present = rooms.all().filter((room) => room.conversation.members !== undefined && !notes.isClosed(room))
    // Whoever has left lets nobody in any more.
    const isHost = (room: Room): boolean => ['member', 'inviting', 'asking'].includes(room.record.standing)
    const hosted = present.filter(isHost)
    const membersOf = hosted.flatMap((room) => room.conversation.members ?? [])
    const devicesOf = (those: readonly Room[]) => those.flatMap((room) => otherDevices(room, session.me.identity))
    // Whoever shares a conversation may learn this device's addresses. A stranger who found it may not, nor whoever may let it in: their
    // door is closed to a direct path until they did, and looking for one meanwhile takes the time that being let in needs.
    const acquainted = devicesOf(present.filter(({ record }) => record.standing !== 'left'))
    direct(acquainted.filter((device) => !hidden.from(device)))
    const always = [...devicesOf(present.filter((room) => !isCrowd(room))), ...joining.candidates(), ...asking.candidates()]
    wanted([...always, ...fanOut.choose(present.filter(isCrowd).map(choiceOf), new Set(always))])
    announced([
      ...door.tags(),
      ...membersOf.flatMap((members) =>
        [...members.invites.values()]
          .filter(isAnswered(session.me.identity, now))
          .flatMap((invite) => tagsAt(invite.meeting, 'invite', now)),
      ),
    ])
    sought([...joining.tags(), ...asking.tags()])
    const topics = hosted.map((room) => [room.conversation.id, topicsOf(room, now)] as const)
    groupByTopic = new Map(topics.flatMap(([id, ofOne]) => ofOne.map(({ tag }) => [tag, id] as const)))
    subscribed(topics.flatMap(([, ofOne]) => ofOne))
  }

  /** A group as it is chosen from: its other devices, and those that lack something that was said here. */
  const choiceOf = (room: Room): Group => {
    const others = otherDevices(room, session.me.identity)
    const own = chainKey(lanes.content, session.me.device)
    const owing = others.filter((device) => (room.acknowledged.get(device)?.have.get(own) ?? 0) < room.lastSaid)
    return { id: room.conversation.id, others, owing: new Set(owing) }
  }

  const groupOf = (topic: Tag): Room | undefined => {
    const id = groupByTopic.get(topic)
    return id && rooms.get(id)
  }
  const renew = () => {
    refresh()
    cancel = clock.after(renewMs, renew)
  }
  rooms.onCommit(({ before, after }) => {
    const isOther = before?.conversation.members !== after.conversation.members || before?.record.standing !== after.record.standing
    // In a large group, who lacks something that was said here is visited.
    if (isOther || ((before?.acknowledged !== after.acknowledged || before?.lastSaid !== after.lastSaid) && isCrowd(after))) refresh()
  })
  cancel = clock.after(renewMs, renew)
  return {
    refresh,
    groupOf,
    linked: (device) => {
      fanOut.up(device)
      if (rooms.all().some(isCrowd)) refresh()
    },
    unlinked: (device) => {
      fanOut.down(device)
      if (rooms.all().some(isCrowd)) refresh()
    },
    stop: () => cancel(),
  }
}

/** Who made an invite also stays to say that it was used; otherwise whoever comes too late would wait for ever. */
const isAnswered =
  (me: IdentityId, now: number) =>
  (invite: Invite): boolean =>
    now <= invite.expiresAt &&
    // Whoever made it tells those who come by it that it holds no more.
    (invite.by === me || (invite.isWithdrawn !== true && (invite.uses === 'many' || invite.joined === 0)))

/** The topics of a group: whoever was removed from it knows them for ever, so only members speak there. */
const topicsOf = ({ conversation: { members } }: Room, now: number): readonly GossipTopic[] => {
  if (members?.as !== 'group') return []
  const authors = memberDevices(members).map(({ device }) => device)
  return tagsAt(members.meeting, 'topic', now).map((tag) => ({ tag, authors }))
}

const onChange = <T>(tell: (items: readonly T[]) => void, keyOf: (item: T) => string = String): ((items: readonly T[]) => void) => {
  let last = ''
  return (items) => {
    const itemByKey = new Map(items.map((item) => [keyOf(item), item]))
    const key = [...itemByKey.keys()].toSorted().join()
    if (key === last) return
    last = key
    // In their order: whom one wants most is dialled first.
    tell([...itemByKey.values()])
  }
}
