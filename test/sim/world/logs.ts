// What is on a device's disk, read past all services: the honest witness for delivery states and for what was committed.
import { decodeEvent } from '../../../src/core/event/codec.ts'
import type { Lane, SignedEvent } from '../../../src/core/event/event.ts'
import type { ConversationId, DeviceId } from '../../../src/core/ids.ts'
import type { ConversationRecord, EventRecord, JoinRecord } from '../../../src/ports/tables.ts'
import type { MemoryDisk, Row } from '../../../src/adapters/store-memory/memory-disk.ts'
import { isAt, placeOf } from '../../../src/adapters/store-memory/memory-disk.ts'
import type { Key, TableName } from '../../../src/ports/store.ts'

const rowsOf = (disk: MemoryDisk, table: TableName): readonly Row[] => disk.state().get(table) ?? []

const rowAt = (disk: MemoryDisk, table: TableName, key: Key): unknown => {
  const rows = rowsOf(disk, table)
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

/** How far a chain is held. */
export const chainEnd = (disk: MemoryDisk, conversation: ConversationId, lane: Lane, device: DeviceId): number =>
  (rowAt(disk, 'chains', [conversation, lane, device]) as { readonly seq: number } | undefined)?.seq ?? 0

/** All events of a conversation on this disk. Throws when one cannot be read: nothing on a disk may be malformed. */
export const eventsOn = (disk: MemoryDisk, conversation: ConversationId): readonly SignedEvent[] =>
  rowsOf(disk, 'events')
    .filter((row) => row.key[0] === conversation)
    .map((row) => decoded((row.value as EventRecord).bytes))

const decodedByBytes = new WeakMap<Uint8Array, SignedEvent>()
const decoded = (bytes: Uint8Array): SignedEvent => {
  const known = decodedByBytes.get(bytes)
  if (known !== undefined) return known
  const event = decodeEvent(bytes)
  if (!event.ok) throw new Error('a committed event cannot be decoded')
  decodedByBytes.set(bytes, event.value)
  return event.value
}
