// A device that tells different people different things. Two events in one place of a chain, or one that continues another past than the one
// that is held here: both signatures together prove it to anybody. The proof is kept, the people here are told, and so are the other members.
import { decodeEvent, idOfBytes, withoutWords } from '../core/event/codec.ts'
import type { VerifiedEvent } from '../core/event/event.ts'
import type { DeviceId } from '../core/ids.ts'
import { memberOfDevice, type Member } from '../core/members/members.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import type { TimelineRow } from '../core/timeline/row.ts'
import type { ForkRecord } from '../ports/tables.ts'
import type { Deps } from './deps.ts'
import type { Draft } from './draft.ts'
import type { Room } from './room.ts'

type Proof = Pick<ForkRecord, 'ours' | 'theirs'>

/** Keeps the proof when `event` contradicts the one that is held at `seq` of its chain; true when it does. */
export const keepProof = async (
  { clock }: Pick<Deps, 'clock'>,
  draft: Draft,
  room: Room,
  event: VerifiedEvent,
  seq: number,
): Promise<boolean> => {
  const { conversation: id, lane, device } = event
  const held = await draft.get('events', [id, lane, device, seq])
  if (held === undefined || idOfBytes(held.bytes) === event.id) return false
  const proof: Proof = { ours: withoutWords(held.bytes), theirs: withoutWords(event.bytes) }
  const before = await draft.get('forks', [id, lane, device])
  if (before !== undefined && !isForMore(room, proof, before)) return true
  draft.put('forks', [id, lane, device], { ...proof, at: clock.now() })
  const author = room.conversation.members?.ownerByDevice.get(device)
  if (before !== undefined || author === undefined) return true
  const { id: name, hlc, wall } = event
  const row: TimelineRow = { kind: 'notice', id: name, hlc, wall, author, notice: { kind: 'forked' } }
  draft.put('timeline', [id, timelineBucket(hlc), name], row)
  return true
}

/**
 * All proofs that a device may have, for when it asks in vain or gives what cannot be taken for that reason: whoever holds the longer of two
 * tales would never come by the other one.
 */
export const proofsFor = async ({ store }: Pick<Deps, 'store'>, room: Room, device: DeviceId): Promise<readonly Uint8Array[]> => {
  const forks = await store.read((reader) => reader.list('forks', [room.conversation.id]), ['forks'])
  return forks.flatMap(({ value }) => (isProofFor(room, device, value) ? [value.ours, value.theirs] : []))
}

/** Nothing from before somebody was let in is for them, not even as a proof, and none of it for anybody else. */
export const isProofFor = ({ conversation: { members } }: Room, device: DeviceId, proof: Proof): boolean => {
  const member = members && memberOfDevice(members, device)
  return member !== undefined && isAbove(member, proof)
}

/** Whether there is somebody who may have this proof and was let in too late for the one that is kept: they were lied to as well. */
export const isForMore = ({ conversation: { members } }: Room, proof: Proof, kept: Proof): boolean =>
  [...(members?.people.values() ?? [])].some((member) => isAbove(member, proof) && !isAbove(member, kept))

const isAbove = ({ floor }: Member, { ours, theirs }: Proof): boolean =>
  [ours, theirs].every((bytes) => {
    const event = decodeEvent(bytes)
    if (!event.ok) return false
    const { lane, device, seq } = event.value
    return !floor.some((head) => lane === head.lane && device === head.device && seq <= head.seq)
  })
