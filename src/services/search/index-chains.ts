// Keeps the search index behind what was said. The index follows the content chains, so that no message costs a write more: once enough
// is new, it becomes a segment; what is not in it yet is read from the chains themselves by whoever searches. Whatever was here before
// the index, or comes in while it rests, is caught up with in the same way.
import { lanes } from '../../core/event/event.ts'
import type { ConversationId } from '../../core/ids.ts'
import { createBucketing, type Bucketing } from '../../core/search/segment.ts'
import type { Write } from '../../ports/store.ts'
import { untilStored } from '../background.ts'
import type { Room } from '../room.ts'
import type { Session } from '../session.ts'
import { documentToKeep, eventsBeyond, readHave, type Document, type Ends } from './documents.ts'
import { addSegment, mergeOnce } from './write-segment.ts'

/** Events that are worth a segment, and of which one is made while people write. */
const worthwhile = 512
/** Events taken at once while catching up: some tenths of a second, in which whoever begins to write would wait. */
const atOnce = 1_024
/** Rest after the last commit before anything is indexed, so that nothing that somebody waits for waits for this. */
const restMs = 3_000
/**
 * Where there is always somebody who writes, one segment is made after so long all the same: what the index lacks is read anew by whoever
 * searches.
 */
const mostRestMs = 60_000
const keyBytes = 32

export const startIndexing = (session: Session): void => {
  const { store, clock, rooms } = session
  const haveByConversation = new Map<ConversationId, Ends>()
  let bucketing: Bucketing | undefined
  let endRest: (() => void) | undefined
  let restsSince = 0
  let committedAt = -Infinity
  let isBusy = false

  const isQuiet = (): boolean => Math.abs(clock.now() - committedAt) >= restMs
  const pause = (): Promise<void> => new Promise((resolve) => void clock.after(0, resolve))
  const haveOf = async (id: ConversationId): Promise<Ends> => {
    const known = haveByConversation.get(id) ?? (await store.read((reader) => readHave(reader, id), ['search']))
    haveByConversation.set(id, known)
    return known
  }

  const ready = async (): Promise<Bucketing> => {
    if (bucketing) return bucketing
    const kept = await store.read((reader) => reader.get('search', ['key']), ['search'])
    const key = kept?.kind === 'key' ? kept.key : session.random.bytes(keyBytes)
    if (kept === undefined) await store.commit([{ kind: 'put', table: 'search', key: ['key'], value: { kind: 'key', key } }])
    bucketing = createBucketing(key)
    return bucketing
  }

  /** Indexes one portion of so many events; whether there may be more. */
  const advance = async (most: number): Promise<boolean> => {
    const pending = []
    let count = 0
    for (const room of rooms.all()) {
      const ends = contentEndsOf(room)
      const have = await haveOf(room.conversation.id)
      const lacking = lackingIn(ends, have)
      if (lacking > 0) pending.push({ room, ends, have })
      count += lacking
    }
    if (count < worthwhile) return false
    const documents: Document[] = []
    const along: Write[] = []
    let taken = 0
    for (const { room, ends, have } of pending) {
      if (taken >= most) break
      const { id, members, contentHeads } = room.conversation
      const beyond = await store.read((reader) => eventsBeyond(reader, id, ends, have, most - taken), ['events'])
      const heads = lackingIn(ends, beyond.ends) === 0 ? contentHeads.map((head) => head.id) : []
      taken += beyond.events.length
      documents.push(...beyond.events.flatMap((event) => documentToKeep(event, (device) => members?.ownerByDevice.get(device)) ?? []))
      along.push({ kind: 'put', table: 'search', key: ['have', id], value: { kind: 'have', have: [...beyond.ends], heads } })
      haveByConversation.set(id, beyond.ends)
    }
    await addSegment(
      session,
      await ready(),
      documents.toSorted((a, b) => a.message.hlc - b.message.hlc),
      along,
    )
    return true
  }

  const work = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    try {
      if (!isQuiet()) {
        await advance(worthwhile)
        // Perhaps nobody says another word that would call for what is left.
        rest()
      }
      while (isQuiet() && (await advance(atOnce))) await pause()
      while (isQuiet() && (await mergeOnce(session, pause))) await pause()
    } catch (failure) {
      // What was not written is looked for again from what is on the disk.
      haveByConversation.clear()
      throw failure
    } finally {
      isBusy = false
    }
  }
  const rest = (): void => {
    if (endRest === undefined) restsSince = clock.now()
    else if (clock.now() - restsSince > mostRestMs - restMs) return
    endRest?.()
    endRest = clock.after(restMs, () => {
      endRest = undefined
      untilStored(session, work)
    })
  }
  rooms.onCommit(() => {
    committedAt = clock.now()
    rest()
  })
  rest()
}

const contentEndsOf = ({ conversation: { chains } }: Room): Ends =>
  new Map([...chains.values()].flatMap(({ lane, device, seq }) => (lane === lanes.content ? [[device, seq] as const] : [])))

const lackingIn = (ends: Ends, have: Ends): number =>
  [...ends].reduce((sum, [device, seq]) => sum + Math.max(0, seq - (have.get(device) ?? 0)), 0)
