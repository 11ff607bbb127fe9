// Whom and what the network should reach, as it follows from the rooms: devices of everybody one talks with, tags of invites that still
// hold, tags of invites that were accepted, topics of groups. Recomputed after commits and as the day turns; told only when it changed.
import type { DeviceId, IdentityId, Tag } from '../core/ids.ts'
import type { Invite } from '../core/members/members.ts'
import { tagsAt } from '../core/tags.ts'
import type { Joining } from './join.ts'
import type { PeopleNotes } from './people-notes.ts'
import { otherDevices, type Room } from './room.ts'
import type { Session } from './session.ts'

/** How often the day's names are looked at again; they overlap by an hour. */
const renewMs = 20 * 60_000

export interface Reach {
  refresh(): void
  stop(): void
}

export const createReach = (
  session: Session,
  joining: Pick<Joining, 'tags' | 'candidates'>,
  notes: Pick<PeopleNotes, 'isClosed'>,
): Reach => {
  let cancel = () => {}
  const { network, rooms, clock } = session
  const wanted = onChange<DeviceId>((devices) => network.want(devices))
  const announced = onChange<Tag>((tags) => network.announce(tags))
  const sought = onChange<Tag>((tags) => network.seek(tags))
  const subscribed = onChange<Tag>((topics) => network.subscribe(topics))

  const refresh = () => {
    const now = clock.now()
    const present = rooms.all().filter((room) => room.conversation.members !== undefined && !notes.isClosed(room))
    // Whoever has left lets nobody in any more.
    const isHost = (room: Room): boolean => room.record.standing === 'member' || room.record.standing === 'inviting'
    const membersOf = present.filter(isHost).flatMap((room) => room.conversation.members ?? [])
    wanted([...present.flatMap((room) => otherDevices(room, session.me.identity)), ...joining.candidates()])
    announced(
      membersOf.flatMap((members) =>
        [...members.invites.values()]
          .filter(isAnswered(session.me.identity, now))
          .flatMap((invite) => tagsAt(invite.meeting, 'invite', now)),
      ),
    )
    sought(joining.tags())
    subscribed(membersOf.filter((members) => members.as === 'group').flatMap((members) => tagsAt(members.meeting, 'topic', now)))
  }

  const renew = () => {
    refresh()
    cancel = clock.after(renewMs, renew)
  }
  rooms.onCommit(({ before, after }) => {
    if (before?.conversation.members !== after.conversation.members || before?.record.standing !== after.record.standing) refresh()
  })
  cancel = clock.after(renewMs, renew)
  return { refresh, stop: () => cancel() }
}

/** Who made an invite also stays to say that it was used; otherwise whoever comes too late would wait for ever. */
const isAnswered =
  (me: IdentityId, now: number) =>
  (invite: Invite): boolean =>
    now <= invite.expiresAt && (invite.uses === 'many' || invite.joined === 0 || invite.by === me)

const onChange = <T extends string>(tell: (items: readonly T[]) => void): ((items: readonly T[]) => void) => {
  let last = ''
  return (items) => {
    const unique = [...new Set(items)].toSorted()
    if (unique.join() === last) return
    last = unique.join()
    tell(unique)
  }
}
