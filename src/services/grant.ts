// From where on a newcomer gets what was said: the floor of the `add` that lets them in, by the group's policy. What a grant covers comes
// to them by sync, as signed events over an encrypted link, so no old key is needed for it.
import { msPerWeek } from '../core/time.ts'
import { contentEnds } from '../core/conversation/conversation.ts'
import { decodeEvent } from '../core/event/codec.ts'
import type { Head } from '../core/event/event.ts'
import type { ConversationId, IdentityId } from '../core/ids.ts'
import { headOf } from '../core/log/admission.ts'
import { highestFloor } from '../core/members/transforms/people.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

/** Events read at a time on the way back through a chain. */
const pageSize = 100

/**
 * Whoever comes back begins no earlier than the first time: chains are held from where they began, without holes, so what lies below cannot
 * be had any more, whatever the policy is by now. And nobody is promised what has been removed from this device.
 */
export const floorForNewcomer = async (session: Session, room: Room, person: IdentityId): Promise<readonly Head[]> => {
  const former = room.conversation.log.ops.flatMap(({ body }) =>
    body.kind === 'add' && body.person.identity === person ? [body.floor] : [],
  )
  return highestFloor([...former, room.record.freed ?? [], await floorByPolicy(session, room)])
}

const floorByPolicy = async (session: Session, { conversation }: Room): Promise<readonly Head[]> => {
  const { members } = conversation
  // A direct conversation is for its two people from the first word on.
  const history = members?.as === 'group' ? members.policy.history : 'all'
  switch (history) {
    case 'none':
      return contentEnds(conversation)
    case 'all':
      return []
    case 'week': {
      const since = session.clock.now() - msPerWeek
      const own = members?.people.get(session.me.identity)?.floor ?? []
      const floors = await Promise.all(contentEnds(conversation).map((end) => lastBefore(session, conversation.id, own, end, since)))
      return floors.flatMap((head) => head ?? [])
    }
  }
}

/** The newest event of a chain that its author wrote before a time; where there is none, the floor at which this device began itself. */
const lastBefore = async (
  session: Session,
  id: ConversationId,
  own: readonly Head[],
  end: Head,
  since: number,
): Promise<Head | undefined> => {
  const prefix = [id, end.lane, end.device] as const
  let before = end.seq + 1
  for (;;) {
    // Pages follow each other: which one comes next is only known from the last.
    const page = await session.store.read((reader) =>
      reader.list('events', prefix, { reverse: true, limit: pageSize, after: [...prefix, before] }),
    )
    for (const { key, value } of page) {
      before = key[3]
      const event = decodeEvent(value.bytes)
      if (event.ok && event.value.wall < since) return headOf(event.value)
    }
    if (page.length < pageSize) return own.find((head) => head.lane === end.lane && head.device === end.device)
  }
}
