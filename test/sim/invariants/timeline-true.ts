// What people see is what was said: each message with its author's last edit, or gone when its author took it back, and with the last word
// of everybody on each reaction. Computed here from the events on the disk, without the services' rows.
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
      const isDeleted = own.some((remark) => remark.body.kind === 'delete')
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
