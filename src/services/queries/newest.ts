// The newest rows of a conversation. Keys say no more of a row's place than the quarter of an hour, so that in which the newest ones begin
// has to be known whole. But where a message stands never changes: of a crowded quarter of an hour only what is new and what is shown is
// read, since ten thousand rows would have to be deciphered after every commit.
import type { ConversationId, EventId } from '../../core/ids.ts'
import { compareOrder } from '../../core/log/chains.ts'
import type { TimelineRow } from '../../core/timeline/row.ts'
import type { Entry, StoreReader, Write } from '../../ports/store.ts'
import type { Tables } from '../../ports/tables.ts'

/** The clocks of messages that were read or written before. */
export interface KnownClocks {
  get(id: EventId): number | undefined
  learn(rows: readonly TimelineRow[]): void
  /** Of what was committed here just now. */
  learnWritten(writes: readonly Write[]): void
}

/** Messages whose clock is remembered, some 100 bytes each: the last quarters of an hour of a few conversations. */
const maxKnown = 32_768
/** Rows of a quarter of an hour beyond which it is crowded. */
const crowd = 256

export const createKnownClocks = (): KnownClocks => {
  const clocks = new Map<EventId, number>()
  const learn = (rows: readonly TimelineRow[]): void => {
    for (const { id, hlc } of rows) clocks.set(id, hlc)
    for (const oldest of clocks.keys()) {
      if (clocks.size <= maxKnown) break
      clocks.delete(oldest)
    }
  }
  return {
    get: (id) => clocks.get(id),
    learn,
    learnWritten: (writes) =>
      learn(writes.flatMap((write) => (write.kind === 'put' && write.table === 'timeline' && isShown(write.value) ? [write.value] : []))),
  }
}

/** What was only spoken of so far stands where others say that it does, and may yet come to stand elsewhere. */
const isShown = (row: TimelineRow): boolean => row.kind !== 'awaited' && row.isVoid !== true

type Row = Entry<'timeline'>
type RowKey = Tables['timeline']['key']

/** Rows that are shown, in their order. */
export const inOrder = (entries: readonly Pick<Row, 'value'>[]): readonly TimelineRow[] =>
  entries
    .map(({ value }) => value)
    .filter(isShown)
    .toSorted(compareOrder)

/** The newest rows that are shown, more than `limit` of them if there are. */
export const newestRows = async (
  reader: StoreReader,
  id: ConversationId,
  limit: number,
  known: KnownClocks,
): Promise<readonly TimelineRow[]> => {
  const found = await reader.list('timeline', [id], { reverse: true, limit: limit + 1 })
  const last = found.at(-1)
  if (found.length <= limit || last === undefined) return inOrder(found)
  const edge = [id, last.key[1]] as const
  const before = { reverse: true, after: last.key } as const
  const rest = await reader.keys('timeline', edge, before)
  const unknown = rest.filter(([, , row]) => known.get(row) === undefined)
  // Most of them are read in one look.
  const isStrange = rest.length <= crowd || unknown.length > rest.length / 2
  const read = [...found, ...(isStrange ? await reader.list('timeline', edge, before) : await readEach(reader, unknown))]
  const shown = inOrder(read)
  if (rest.length > crowd) known.learn(shown)
  if (isStrange) return shown
  const isRead = new Set(read.map(({ key }) => key[2]))
  const others = rest.flatMap((key) => {
    const hlc = isRead.has(key[2]) ? undefined : known.get(key[2])
    return hlc === undefined ? [] : [{ id: key[2], hlc, key }]
  })
  const newest = [...shown.map(({ id: row, hlc }) => ({ id: row, hlc, key: undefined })), ...others]
    .toSorted(compareOrder)
    .slice(-limit - 1)
  const wanted = newest.flatMap(({ key }) => (key === undefined ? [] : [key]))
  return inOrder([...read, ...(await readEach(reader, wanted))])
}

const readEach = async (reader: StoreReader, keys: readonly RowKey[]): Promise<readonly Row[]> => {
  const values = await Promise.all(keys.map((key) => reader.get('timeline', key)))
  return keys.flatMap((key, at) => {
    const value = values[at]
    return value === undefined ? [] : [{ key, value }]
  })
}
