// What is on a device's disk, read past all services: the honest witness for delivery states and for what was committed.
import { decodeEvent, signatureBytes } from '../../../src/core/event/codec.ts'
import type { Lane, SignedEvent } from '../../../src/core/event/event.ts'
import type { ConversationId, DeviceId, IdentityId } from '../../../src/core/ids.ts'
import type { ConversationRecord, EventRecord, JoinRecord, PersonNote, ProfileRecord } from '../../../src/ports/tables.ts'
import type { MemoryDisk, Row } from '../../../src/adapters/store-memory/memory-disk.ts'
import { isAt, placeOf } from '../../../src/adapters/store-memory/memory-disk.ts'
import { beginsWith } from '../../../src/core/record/key.ts'
import type { Key, TableName } from '../../../src/ports/store.ts'

const allRowsOf = (disk: MemoryDisk, table: TableName): readonly Row[] => disk.state().get(table) ?? []

/** The rows of a table whose keys begin with these parts. */
export const rowsOf = (disk: MemoryDisk, table: TableName, prefix: Key): readonly Row[] => {
  const rows = allRowsOf(disk, table)
  // Rows stand in the order of their keys.
  const from = placeOf(rows, prefix)
  let to = from
  while (to < rows.length && beginsWith(rows[to]!.key, prefix)) to++
  return rows.slice(from, to)
}

export const rowAt = (disk: MemoryDisk, table: TableName, key: Key): unknown => {
  const rows = allRowsOf(disk, table)
  const at = placeOf(rows, key)
  return isAt(rows, at, key) ? rows[at]!.value : undefined
}

/** The signed bytes of an event as this disk holds them. */
export const eventBytes = (
  disk: MemoryDisk,
  conversation: ConversationId,
  lane: Lane,
  device: DeviceId,
  seq: number,
): Uint8Array | undefined => (rowAt(disk, 'events', [conversation, lane, device, seq]) as EventRecord | undefined)?.bytes

export const conversationRecord = (disk: MemoryDisk, conversation: ConversationId): ConversationRecord | undefined =>
  rowAt(disk, 'conversations', [conversation]) as ConversationRecord | undefined

export const joinRecord = (disk: MemoryDisk, conversation: ConversationId): JoinRecord | undefined =>
  rowAt(disk, 'joins', [conversation]) as JoinRecord | undefined

/** Whom the person of a device has blocked. */
export const blockedOn = (disk: MemoryDisk): ReadonlySet<IdentityId> =>
  new Set(rowsOf(disk, 'people', []).flatMap(({ key, value }) => ((value as PersonNote).blocked ? [key[0] as IdentityId] : [])))

/** Who a device is; undefined before it has a profile. */
export const identityOf = (disk: MemoryDisk): IdentityId | undefined =>
  (rowsOf(disk, 'profile', [])[0]?.value as ProfileRecord | undefined)?.identity

/** Whether one of the two has blocked the other: what they have for each other is not told any more. */
export const areApart = (a: MemoryDisk, b: MemoryDisk): boolean => {
  const [one, other] = [identityOf(a), identityOf(b)]
  return one !== undefined && other !== undefined && (blockedOn(a).has(other) || blockedOn(b).has(one))
}

/** How far a chain is held. */
export const chainEnd = (disk: MemoryDisk, conversation: ConversationId, lane: Lane, device: DeviceId): number =>
  (rowAt(disk, 'chains', [conversation, lane, device]) as { readonly seq: number } | undefined)?.seq ?? 0

/** All events of a conversation on this disk. Throws when one cannot be read: nothing on a disk may be malformed. */
export const eventsOn = (disk: MemoryDisk, conversation: ConversationId): readonly SignedEvent[] =>
  rowsOf(disk, 'events', [conversation]).map((row) => {
    const record = row.value as EventRecord
    const event = eventByRecord.get(record) ?? decodedOnce(record.bytes)
    if (event === undefined) throw new Error('a committed event cannot be decoded')
    eventByRecord.set(record, event)
    return event
  })

/** What is on a disk never changes, it is only replaced. */
const eventByRecord = new WeakMap<EventRecord, SignedEvent>()

/** Events of all worlds of this thread that the invariants have read; forgotten when they are many. */
const decodedBySignature = new Map<string, SignedEvent>()
const maxDecoded = 20_000

/** The event that these bytes are, undefined for none. The same event is on many disks and in many frames: it is read once. */
export const decodedOnce = (bytes: Uint8Array): SignedEvent | undefined => {
  const name = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(signatureBytes, bytes.length)).toString('latin1')
  const known = decodedBySignature.get(name)
  if (known !== undefined && Buffer.compare(known.bytes, bytes) === 0) return known
  const event = decodeEvent(bytes)
  if (!event.ok) return undefined
  if (decodedBySignature.size >= maxDecoded) decodedBySignature.clear()
  decodedBySignature.set(name, event.value)
  return event.value
}
