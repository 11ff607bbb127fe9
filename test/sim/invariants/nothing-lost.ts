// What a person was told is sent stays in their own timeline over any crash, and comes to everyone whom they saw as a member then and
// who still is one.
import { forksOf } from '../world/forks.ts'
import type { SimDevice } from '../world/device.ts'
import { isAtLeast } from '../../../src/core/members/role.ts'
import type { ConversationId, IdentityId } from '../../../src/core/ids.ts'
import { areApart, conversationRecord, eventsOn, identityOf, joinRecord } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createNothingLost: CreateInvariant = ({ world, oracle }) => {
  const name = 'nothing acknowledged is lost'
  return {
    name,
    atRest: ({ seenByDevice }) => {
      // The names under which people are found turn with the day, and a device looks at its clock every 20 minutes.
      const isSane = (device: SimDevice): boolean =>
        Math.abs(device.skewMs) < 3_600_000 && world.scheduler.now() - device.jumpedAt > 21 * 60_000
      const torn = new Map<ConversationId, boolean>()
      // Where operations on the members were told in two ways the conversation has fallen apart, see `forksOf`.
      const isTorn = (conversation: ConversationId): boolean => {
        const known = torn.get(conversation) ?? forksOf(world, conversation).inMembers
        torn.set(conversation, known)
        return known
      }
      const textsByPlace = new Map<string, ReadonlySet<string>>()
      const textsOn = (
        device: (typeof oracle.said)[number]['author'],
        conversation: (typeof oracle.said)[number]['conversation'],
      ): ReadonlySet<string> => {
        const place = `${device.name} ${conversation}`
        const known = textsByPlace.get(place)
        if (known !== undefined) return known
        const texts = new Set(eventsOn(device.disk, conversation).flatMap((event) => (event.body.kind === 'text' ? [event.body.text] : [])))
        textsByPlace.set(place, texts)
        return texts
      }
      for (const { text, author, conversation, toIdentities } of oracle.said) {
        if (author.isHostile || oracle.fading.has(text)) continue
        const own = seenByDevice.get(author)?.get(conversation)
        if (own === undefined) {
          world.violate(name, `${author.name} has no conversation ${conversation} any more, in which '${text}' was sent`)
          continue
        }
        // What somebody said while unaware of their removal does not count, and whoever came back begins at a later point.
        const wasRemoved = (identity: IdentityId | undefined): boolean =>
          oracle.removed.some((removal) => removal.conversation === conversation && removal.identity === identity)
        if (wasRemoved(identityOf(author.disk))) continue
        const isShown = own.timeline.items.some((item) => item.kind === 'message' && (item.text === text || item.edited || item.deleted))
        if (!isShown) world.violate(name, `'${text}' is gone from the timeline of ${author.name} (${own.summary.standing})`)
        // While one is not let in, it waits; whether that may last is another question.
        if (own.summary.standing !== 'member' || isTorn(conversation)) continue
        const isReader = oracle.readers.some(
          (reader) => reader.conversation === conversation && reader.identity === identityOf(author.disk),
        )
        if (isReader || oracle.hushed.some((group) => group.conversation === conversation)) continue
        if (!textsOn(author, conversation).has(text)) {
          world.violate(name, `'${text}' by ${author.name} never became an event`)
          continue
        }
        for (const [device, seen] of seenByDevice) {
          const identity = identityOf(device.disk)
          const isMember = seen.get(conversation)?.summary.standing === 'member'
          if (device === author || identity === undefined || !toIdentities.includes(identity) || !isMember) continue
          // Whoever left and came back begins again at a later point.
          if (wasRemoved(identity) || oracle.left.some((left) => left.device === device && left.conversation === conversation)) continue
          if (own.summary.kind === 'direct' && areApart(author.disk, device.disk)) continue
          if (!textsOn(device, conversation).has(text)) world.violate(name, `'${text}' by ${author.name} never came to ${device.name}`)
        }
      }
      // Whoever accepts another invite to the same conversation asks by that one.
      const asked = new Map(oracle.joined.map((joined) => [`${joined.device.name} ${joined.conversation}`, joined]))
      for (const { device, conversation, by } of asked.values()) {
        // An invite that its maker keeps from all others is nothing that they could let anybody in by.
        if (device.isHostile || by.isHostile) continue
        const standing = seenByDevice.get(device)?.get(conversation)?.summary.standing
        const join = joinRecord(device.disk, conversation)
        if (standing === undefined) world.violate(name, `${device.name} joined ${conversation} and does not see it any more`)
        if (standing !== 'joining' || join === undefined || join.refused !== undefined) continue
        const host = [...seenByDevice].find(([other, seen]) => {
          const there = seen.get(conversation)
          const mayBeFull = there?.summary.kind === 'direct' && (conversationRecord(other.disk, conversation)?.names.length ?? 0) > 1
          return (
            (there?.summary.standing === 'member' || there?.summary.standing === 'inviting') &&
            !mayBeFull &&
            mayInvite(other, conversation) &&
            // The invites of whoever was removed count no more, and nobody stands at their door.
            isMemberOn(other, conversation, by) &&
            isSane(other) &&
            !areApart(device.disk, other.disk)
          )
        })
        if (host !== undefined && isSane(device))
          world.violate(name, `${device.name} still waits to be let into ${conversation}, where ${host[0].name} is`)
      }
    },
  }
}

const isMemberOn = ({ disk }: SimDevice, conversation: ConversationId, member: SimDevice): boolean =>
  conversationRecord(disk, conversation)?.people.some(({ identity }) => identity === identityOf(member.disk)) === true

/** The policy may leave letting people in to those of a higher rank. */
const mayInvite = ({ disk }: SimDevice, conversation: ConversationId): boolean => {
  const record = conversationRecord(disk, conversation)
  const role = record?.people.find(({ identity }) => identity === identityOf(disk))?.role
  return record !== undefined && role !== undefined && isAtLeast(role, record.policy.invite)
}
