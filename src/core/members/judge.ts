// Whether an author had the right to an event, in the event's own causal past (PROTOCOL section 4). What everyone concluded from the
// same past they conclude for ever: later operations take effect on membership, never on this.
import { equalBytes } from '../codec/bytes.ts'
import type { EventFields, SignedEvent, VerifiedEvent } from '../event/event.ts'
import { lanes } from '../event/event.ts'
import { maxMembers } from '../limits.ts'
import { err, failure, ok, type Failure, type Result } from '../result.ts'
import { nameConversation, nonceOf } from './conversation-name.ts'
import { opsSeen, pastOf, sawAll, sawAllThatWeighs, type MembersLog, type Past } from './log.ts'
import { memberOfDevice, type Invite, type Member, type Members } from './members.ts'
import { resolveMembers } from './resolve.ts'
import { mayApprove, mayDelete, mayGiveRole, mayPin, mayRemove, maySetTimer } from './rights.ts'
import { isAtLeast } from './role.ts'

export type Refusal = Failure<'not-a-member' | 'not-allowed' | 'not-a-beginning'>

const notAMember = failure('not-a-member', 'A message from somebody who does not belong here was dropped.', 'You are not a member here.')
const notAllowed = failure('not-allowed', 'A change by somebody who may not make it was dropped.', 'You may not do that here.')
const notABeginning = failure('not-a-beginning', 'A conversation with a false beginning was dropped.', 'That is not how it began.')

/** `present` are the members by the whole log. */
export const judge = (log: MembersLog, present: Members | undefined, event: VerifiedEvent): Result<void, Refusal> => {
  if (event.body.kind === 'create') return isBeginning(log, event) ? ok(undefined) : err(notABeginning)
  const seen = byItsPast(log, present, event)
  if (seen === undefined) return err(notAMember)
  return may(seen.members, seen.author, event) ? ok(undefined) : err(notAllowed)
}

/**
 * Whether what an event says counts, in its own causal past. Who may pin may also write, and an older page, which knows no pins, takes
 * one as it takes any kind that it does not know: so a pin by somebody who may not is held by everybody and counts for nobody.
 */
export const maySay = (log: MembersLog, present: Members, event: SignedEvent): boolean => {
  if (event.body.kind !== 'pin') return true
  const seen = byItsPast(log, present, event)
  return seen !== undefined && mayPin(seen.members, seen.author)
}

/** Whether a call to everybody counts: by those who look after a group, in its own causal past. */
export const mayCallEverybody = (log: MembersLog, present: Members, event: SignedEvent): boolean => {
  const seen = byItsPast(log, present, event)
  return seen !== undefined && (seen.members.as === 'direct' || isAtLeast(seen.author.role, 'moderator'))
}

/** Whether a deletion counts whoever wrote the message: by those who look after a group, in its own causal past. */
export const mayDeleteForAll = (log: MembersLog, present: Members, event: SignedEvent): boolean => {
  const seen = byItsPast(log, present, event)
  return seen !== undefined && mayDelete(seen.members, seen.author)
}

/** The members by what an event's author had seen, and the author among them; undefined when they do not belong. */
const byItsPast = (log: MembersLog, present: Members | undefined, event: SignedEvent) => {
  const past = pastOf(log, event)
  const members = isPresentEnough(log, present, past, event) ? present : membersSeen(log, past)
  const author = members && memberOfDevice(members, event.device)
  return members && author && { members, author }
}

/**
 * Whether an event is judged by the members of the whole log as by those whom its author saw: nearly always. Who has left since, unseen,
 * matters to those whom an operation concerns, to themselves, and to whoever has come to stand in for the last owner.
 */
export const isPresentEnough = (log: MembersLog, present: Members | undefined, past: Past, { body, device }: EventFields): boolean => {
  if (sawAll(log, past)) return true
  const isAboutOthers = body.kind === 'add' || body.kind === 'remove' || body.kind === 'role'
  if (isAboutOthers || present === undefined || present.isInherited) return false
  return memberOfDevice(present, device) !== undefined && sawAllThatWeighs(log, past)
}

/** The members by the part of the log that an author had seen. Many events in a row have one author with one past: it is resolved once. */
const membersSeen = (log: MembersLog, past: Past): Members | undefined => {
  const resolved = resolvedByLog.get(log) ?? []
  const known = resolved.find((other) => other.past.seqs.every((seq, place) => seq === past.seqs[place]))
  if (known !== undefined) return known.members
  const members = resolveMembers(log, opsSeen(log, past))
  resolvedByLog.set(log, [{ past, members }, ...resolved].slice(0, keptPasts))
  return members
}

/** A memory and not a state: a log never changes, and what it gives for a past is always the same. */
const resolvedByLog = new WeakMap<MembersLog, readonly { readonly past: Past; readonly members: Members | undefined }[]>()
/** Authors who write at the same time, each unaware of something. */
const keptPasts = 16

const isBeginning = (log: MembersLog, event: VerifiedEvent): boolean =>
  event.body.kind === 'create' &&
  log.ops.length === 0 &&
  event.seq === 1 &&
  event.deps.length === 0 &&
  event.body.person.devices.some((card) => card.device === event.device) &&
  equalBytes(event.body.nonce, nonceOf(event.device, event.body.meeting)) &&
  event.conversation === nameConversation(event.body.person.identity, event.body.nonce)

const may = (members: Members, author: Member, event: EventFields): boolean => {
  const { body } = event
  const isGroup = members.as === 'group'
  switch (body.kind) {
    case 'leave':
    case 'profile':
    case 'epoch':
    case 'reaction':
      return true
    case 'picture':
      return body.of === 'self' || (isGroup && isAtLeast(author.role, 'member'))
    case 'device':
      return body.device.identity === author.identity
    case 'revoke':
      return members.ownerByDevice.get(body.device) === author.identity
    case 'remove':
      return isGroup && mayRemove(author, members.people.get(body.identity))
    case 'role':
      return isGroup && mayGiveRole(author, members.people.get(body.identity), body.role)
    case 'policy':
    case 'approval':
      return isGroup && author.role === 'owner'
    case 'apply':
      return isGroup
    case 'dismiss':
      return isGroup && (body.why === 'withdrawn' || mayApprove(members, author))
    case 'timer':
      return maySetTimer(members, author)
    case 'name':
      return isGroup && isAtLeast(author.role, 'member')
    case 'slow':
      return isGroup && isAtLeast(author.role, 'moderator')
    case 'invite':
    case 'withdraw':
      return isAtLeast(author.role, members.policy.invite)
    case 'add':
      return isAtLeast(author.role, members.policy.invite) && hasRoom(members) && isNewcomer(members, body)
    default:
      return event.lane === lanes.members || isAtLeast(author.role, members.policy.post)
  }
}

/** Who is in is not let in again: that would give them another floor and take their role away. */
const isNewcomer = ({ people, invites }: Members, { person, invite }: Extract<EventFields['body'], { kind: 'add' }>): boolean => {
  if (people.has(person.identity)) return false
  const known = invite === null ? undefined : invites.get(invite)
  return invite === null || (known !== undefined && isOpen(known))
}

/** An invite for one person lets nobody in once it is known that somebody came by it. */
export const isOpen = ({ isWithdrawn, uses, joined }: Invite): boolean => isWithdrawn !== true && (uses === 'many' || joined === 0)

/** A direct conversation is for two people. */
const hasRoom = (members: Members): boolean => members.people.size < (members.as === 'direct' ? 2 : maxMembers)
