// When words are due to disappear: looked at in the moment at which the next are, after every start before anything else, and now and then
// in between, because clocks jump and timers of a sleeping device come late. A clock that was set back brings nothing back, and lets nothing
// stay for longer than it was to be there.
import type { ConversationId } from '../core/ids.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import { StoreError, type Entry } from '../ports/store.ts'
import { untilStored } from './background.ts'
import { erase } from './disappear.ts'
import type { Draft } from './draft.ts'
import type { Session } from './session.ts'

export interface Disappearing {
  /** Erases what became due while nobody looked; from then on each goes in its moment. */
  load(): Promise<void>
  /** Another tab takes over. */
  stop(): void
}

/** Milliseconds until the clock is looked at again at the latest. */
const longestWaitMs = 30_000

type Fading = Entry<'fading'>

export const createDisappearing = (session: Session): Disappearing => {
  const { store, clock, rooms } = session
  const kept = new Map<string, Fading>()
  let cancel = (): void => {}

  const concerns = ({ value: { at, lifetime } }: Fading): boolean => at <= clock.now() || at > clock.now() + lifetime * 1_000
  const concerned = (): readonly ConversationId[] => [...new Set([...kept.values()].filter(concerns).map(({ key: [id] }) => id))]

  const settle = (id: ConversationId): Promise<void> =>
    rooms.enter(id, async (room, draft) => {
      const all = [...kept.values()].filter((fading) => fading.key[0] === id && concerns(fading))
      // Of a conversation that was deleted nothing is left to be erased.
      if (room === undefined) for (const { key } of all) kept.delete(key.join(' '))
      if (room === undefined || all.length === 0) return { value: undefined }
      const now = clock.now()
      for (const fading of all) if (fading.value.at > now) await shorten(draft, fading, now + fading.value.lifetime * 1_000)
      const due = all.filter(({ value }) => value.at <= now)
      return { room: await erase(session, draft, room, due), value: undefined }
    })

  const look = (): void => {
    for (const id of concerned()) untilStored(session, () => settle(id))
    wait()
  }
  const wait = (): void => {
    cancel()
    if (kept.size === 0) return
    const next = Math.min(...[...kept.values()].map(({ value: { at } }) => (at > clock.now() ? at : Infinity)))
    cancel = clock.after(Math.min(longestWaitMs, next - clock.now()), look)
  }

  rooms.onCommit(({ writes }) => {
    const own = writes.filter((write) => write.table === 'fading')
    for (const write of own) {
      if (write.kind === 'put') kept.set(write.key.join(' '), { key: write.key, value: write.value })
      else kept.delete(write.key.join(' '))
    }
    if (own.length > 0) wait()
  })

  return {
    load: async () => {
      for (const fading of await store.read((reader) => reader.list('fading', []), ['fading'])) kept.set(fading.key.join(' '), fading)
      try {
        await Promise.all(concerned().map(settle))
      } catch (error) {
        // A database that fails for a while must not keep everything shut; it is tried again.
        if (!(error instanceof StoreError)) throw error
      }
      look()
    },
    stop: () => {
      kept.clear()
      cancel()
    },
  }
}

const shorten = async (draft: Draft, { key, value }: Fading, at: number): Promise<void> => {
  const [id, message, event] = key
  draft.put('fading', key, { ...value, at })
  const place = [id, timelineBucket(value.hlc), message] as const
  const row = await draft.get('timeline', place)
  if (row?.kind === 'message' && row.fades !== undefined && message === event)
    draft.put('timeline', place, { ...row, fades: { ...row.fades, at } })
}
