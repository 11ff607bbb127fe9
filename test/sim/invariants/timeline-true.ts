// What people see is what was said: each message with its author's last edit, or gone when its author took it back or somebody who looks after
// the group took it away, and with the last word of everybody on each reaction. Computed here from the events on the disk, without the services' rows.
import type { SignedEvent } from '../../../src/core/event/event.ts'
import type { ConversationId } from '../../../src/core/ids.ts'
import type { TimelineItem } from '../../../src/ports/queries.ts'
import type { SimDevice } from '../world/device.ts'
import { blockedOn, eventsOn, identityOf } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createTimelineTrue: CreateInvariant = ({ world }) => {
  const name = 'the timeline is true'

  const check = (device: SimDevice, conversation: ConversationId, items: readonly TimelineItem[]): void => {
    const events = eventsOn(device.disk, conversation)
    const authorOf = (event: SignedEvent): string | undefined => {
      const author = world.deviceOf(event.device)
      return author && identityOf(author.disk)
    }
    // What removed people said unaware of it does not count; that has an invariant of its own.
    const removed = new Set(events.flatMap(({ body }) => (body.kind === 'remove' ? [body.identity as string] : [])))
    const counting = events
      .filter((event) => !removed.has(authorOf(event) ?? ''))
      .toSorted((a, b) => a.hlc - b.hlc || (a.id < b.id ? -1 : 1))
    // What somebody took away before they were removed stays away.
    const deletions = events.flatMap((event) =>
      event.body.kind === 'delete' ? [{ author: authorOf(event), target: event.body.target.id }] : [],
    )
    const { mayCount, mustCount } = whoLooksAfter(events, authorOf)
    const shown = new Map(items.map((item) => [item.id, item]))
    const remarks = Map.groupBy(counting, ({ body }) => ('target' in body ? body.target?.id : undefined))

    for (const event of counting) {
      const { id, body } = event
      // What disappears has an invariant of its own.
      if (body.kind !== 'text' || event.fading !== undefined) continue
      const item = shown.get(id)
      if (item?.kind !== 'message') {
        world.violate(name, `${device.name} holds '${body.text}' and does not show it`)
        continue
      }
      const about = remarks.get(id) ?? []
      const own = about.filter((remark) => authorOf(remark) === authorOf(event))
      const byOthers = about.filter((remark) => remark.body.kind === 'delete' && !own.includes(remark)).map(authorOf)
      // Where it hangs on what somebody knew when, all must only agree (`converged`).
      const mayBeGone = deletions.some(({ author, target }) => target === id && author !== authorOf(event) && mayCount(author))
      const isTakenAway = byOthers.some(mustCount) || (item.deleted && mayBeGone)
      const isDeleted = own.some((remark) => remark.body.kind === 'delete') || isTakenAway
      const texts = own.flatMap((remark) => (remark.body.kind === 'edit' ? [remark.body.text] : []))
      const text = isDeleted ? '' : (texts.at(-1) ?? body.text)
      if (item.text !== text || item.deleted !== isDeleted)
        world.violate(name, `${device.name} shows '${item.text}' where its author last said '${text}'`)
      const reactions = new Map<string, boolean>()
      for (const remark of about)
        if (remark.body.kind === 'reaction') reactions.set(`${authorOf(remark)} ${remark.body.emoji}`, remark.body.on)
      const count = isDeleted ? 0 : [...reactions.values()].filter(Boolean).length
      const shownCount = item.reactions.reduce((sum, { by }) => sum + by.length, 0)
      // Those of removed people may be shown or not.
      if (removed.size === 0 && count !== shownCount)
        world.violate(name, `${device.name} shows ${shownCount} reactions to '${body.text}', where there are ${count}`)
    }
  }

  /** Whose deletions of others' messages may count, and whose must: by whom the group was made and who was ever given a role. */
  const whoLooksAfter = (events: readonly SignedEvent[], authorOf: (event: SignedEvent) => string | undefined) => {
    const create = events.find(({ body }) => body.kind === 'create')
    const isGroup = create?.body.kind === 'create' && create.body.as === 'group'
    const creator = create && authorOf(create)
    const roles = events.flatMap(({ body }) => (body.kind === 'role' ? [body] : []))
    // When an owner is gone somebody else becomes one.
    const isInherited = events.some(({ body }) => body.kind === 'leave' || body.kind === 'remove')
    const raised = new Set<string>(roles.flatMap(({ identity, role }) => (role === 'owner' || role === 'moderator' ? [identity] : [])))
    return {
      mayCount: (author: string | undefined): boolean => isGroup && (isInherited || author === creator || raised.has(author ?? '')),
      mustCount: (author: string | undefined): boolean =>
        isGroup && !isInherited && author === creator && !roles.some(({ identity }) => identity === author),
    }
  }

  return {
    name,
    atRest: ({ seenByDevice }) => {
      for (const [device, seen] of seenByDevice) {
        // What is hidden because its author is blocked has an invariant of its own.
        if (blockedOn(device.disk).size > 0) continue
        for (const [conversation, { timeline }] of seen) check(device, conversation, timeline.items)
      }
    },
  }
}
