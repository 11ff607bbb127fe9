// What was committed here and others lack goes out: sealed events by gossip or over links, everything else over links. It acts on rows
// that a commit wrote, never on anything before. What it cannot hand over now, sync brings when a link stands.
import { encodeLinkMessage } from '../core/sync/messages.ts'
import type { DeviceId } from '../core/ids.ts'
import { maxDataFrameBytes } from '../core/limits.ts'
import type { Write } from '../ports/store.ts'
import { heldSeq, vectorOf } from '../core/log/chains.ts'
import { isProofFor } from './forks.ts'
import { isFormer, parting } from './former.ts'
import { gossip } from './gossip.ts'
import type { Links } from './links.ts'
import { otherDevices, type Room } from './room.ts'
import type { Session } from './session.ts'

export const startDelivering = (session: Session, links: Links): void => {
  session.rooms.onCommit(({ before, after, writes, handed }) => {
    tellRemoved(session, links, before, after)
    tellForks(session, links, after, writes)
    const own = writes.flatMap((write) => ownEventOf(session, before, write))
    if (own.length === 0) return
    if (own.length > handed.length) pushEvents(session, links, after, own)
    else void spread(session, links, after, handed)
  })
}

/** Whoever was taken out just now, by this commit, hears of it at once. */
const tellRemoved = (session: Session, links: Links, before: Room | undefined, after: Room): void => {
  if (before === undefined || before.conversation.members === after.conversation.members) return
  const { id } = after.conversation
  const known = vectorOf(before.conversation.chains)
  for (const device of linkedMembers(session, links, before)) {
    const told = isFormer(after, device) ? parting(session, id, device, known) : undefined
    if (told !== undefined) links.send(device, encodeLinkMessage({ ...told, conversation: id }))
  }
}

/** Whoever finds out that a device told different people different things gives the two signed events on: each finds it proven at once. */
const tellForks = (session: Session, links: Links, room: Room, writes: readonly Write[]): void => {
  for (const write of writes) {
    if (write.kind !== 'put' || write.table !== 'forks') continue
    const { ours, theirs } = write.value
    pushEvents(session, links, room, [ours, theirs], (device) => isProofFor(room, device, write.value))
  }
}

/** What was there before is written again when its words have disappeared. */
const ownEventOf = (session: Session, before: Room | undefined, write: Write): readonly Uint8Array[] => {
  if (write.kind !== 'put' || write.table !== 'events' || write.key[2] !== session.me.device) return []
  const [, lane, device, seq] = write.key
  return before !== undefined && heldSeq(before.conversation.chains, lane, device) >= seq ? [] : [write.value.bytes]
}

/** Members ops and epochs are sealed for nobody; they go with all that was committed with them, to linked members only, in order. */
const pushEvents = (
  session: Session,
  links: Links,
  room: Room,
  events: readonly Uint8Array[],
  isForThem: (device: DeviceId) => boolean = () => true,
): void => {
  const { id } = room.conversation
  const size = events.reduce((sum, bytes) => sum + bytes.length + 8, 64)
  if (size > maxDataFrameBytes) return
  const frame = encodeLinkMessage({ kind: 'events', conversation: id, events, more: false })
  for (const device of linkedMembers(session, links, room).filter(isForThem)) links.send(device, frame)
}

/** Gossip reaches those with a direct path; the others, and everybody while the mesh is not up, get it over their own link. */
const spread = async (session: Session, links: Links, room: Room, sealed: readonly Uint8Array[]): Promise<void> => {
  const { id, members } = room.conversation
  const linked = linkedMembers(session, links, room)
  const isGroup = members?.as === 'group'
  for (const bytes of sealed) {
    const reached = isGroup ? await gossip(session, room, bytes) : 0
    const direct = linked.filter((device) => links.pathTo(device) === 'direct')
    const left = reached < direct.length || reached === 0 ? linked : linked.filter((device) => !direct.includes(device))
    const frame = encodeLinkMessage({ kind: 'sealed', conversation: id, sealed: bytes })
    for (const device of left) links.send(device, frame)
  }
}

const linkedMembers = (session: Session, links: Links, room: Room): readonly DeviceId[] =>
  otherDevices(room, session.me.identity).filter((device) => links.pathTo(device) !== undefined)
