// Where the time between a keystroke and the other screen goes, from Chromium's own trace of both browsers: nothing is added to the product.
// Tracing itself costs time, so the stages tell shares; the whole is what `rtt` says.
import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession } from 'playwright-core'
import { figureHead, figureOf, figureRow, table, type Figure } from './figures.ts'
import { openSite, talk, type Person } from './people.ts'
import { write } from './rtt.ts'
import { read } from './stopwatch.ts'

export interface PathFigures {
  /** Enter to the begin of the commit: event signed, sealed, records enciphered. */
  readonly author: Figure
  readonly commit: Figure
  /** From one engine through two pages and a data channel into the other engine; opened, verified, judged, folded; records enciphered. */
  readonly wire: Figure
  /** Until it may be seen; the flush to the disk comes after. */
  readonly commitThere: Figure
  /** Read anew, handed to the page, drawn, and the next frame of the screen. */
  readonly show: Figure
}

export const benchPath = async (built: string, count: number): Promise<PathFigures> => {
  const site = await openSite(built)
  try {
    const [alice, bob] = await talk(site)
    await write(alice, bob, 'warm', 15)
    const { length } = (await read(alice.page)).enters
    const [stopAlice, stopBob] = [await trace(alice), await trace(bob)]
    await write(alice, bob, 'p', count)
    await sleep(200)
    const [here, there] = [await stopAlice(), await stopBob()]
    const enters = (await read(alice.page)).enters.slice(length)
    const { articles } = await read(bob.page)
    const keys = here.filter(({ name, type }) => name === 'EventDispatch' && type === 'keydown').slice(-enters.length)
    const stages = keys.map((key, index) => {
      const shown = (articles[`[p${index}]`] ?? Number.NaN) - (enters[index] ?? Number.NaN)
      return stagesOf(key.at, here, there, key.at + shown)
    })
    const stage = (at: number): Figure =>
      figureOf(stages.flatMap((moments) => (moments.every(Number.isFinite) ? [moments[at] ?? Number.NaN] : [])))
    return { author: stage(0), commit: stage(1), wire: stage(2), commitThere: stage(3), show: stage(4) }
  } finally {
    await site.end()
  }
}

/** The lengths of the stages of one message. */
const stagesOf = (key: number, here: readonly Mark[], there: readonly Mark[], shown: number): readonly number[] => {
  const begin = first(here, key, isPutOfEvent)
  const end = first(here, begin, ({ name }) => name === 'IDBTransaction::onComplete')
  const beginThere = first(there, end, isPutOfEvent)
  const endThere = first(there, beginThere, ({ name, type }) => name === 'IDBRequest::SendResult' && type === keyResult)
  const moments = [key, begin, end, beginThere, endThere, shown]
  return moments.slice(1).map((moment, index) => moment - (moments[index] ?? Number.NaN))
}

/** Chromium's number for a request that is answered by a key: a put. */
const keyResult = 5
const isPutOfEvent = ({ name, table }: Mark): boolean => name === 'IDBObjectStore::putRequestSetup' && table === 'events'

/** When something first happened in an engine after a moment. */
const first = (marks: readonly Mark[], moment: number, is: (mark: Mark) => boolean): number =>
  marks.find((mark) => mark.isEngine && mark.at > moment && is(mark))?.at ?? Number.NaN

interface Mark {
  readonly name: string
  /** Milliseconds of the machine's steady clock, the same for all processes. */
  readonly at: number
  readonly isEngine: boolean
  readonly type: string | number | undefined
  readonly table: string | undefined
}

/** What Chromium writes, as far as it is looked at. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  /** Microseconds. */
  readonly ts: number
  readonly pid: number
  readonly tid: number
  readonly args?: {
    readonly name?: string
    readonly type?: number
    readonly store_name?: string
    readonly data?: { readonly type?: string }
  }
}

const trace = async ({ context, page }: Person): Promise<() => Promise<readonly Mark[]>> => {
  const session = await context.newCDPSession(page)
  const includedCategories = ['devtools.timeline', 'IndexedDB']
  await session.send('Tracing.start', { transferMode: 'ReturnAsStream', traceConfig: { includedCategories, excludedCategories: ['*'] } })
  return async () => {
    const complete = new Promise<string>((resolve) => session.once('Tracing.tracingComplete', ({ stream }) => resolve(stream ?? '')))
    await session.send('Tracing.end')
    const { traceEvents } = JSON.parse(await readAll(session, await complete)) as { readonly traceEvents: readonly TraceEvent[] }
    const workers = new Set(
      traceEvents.flatMap(({ name, args, pid, tid }) =>
        name === 'thread_name' && args?.name?.startsWith('DedicatedWorker') === true ? [`${pid} ${tid}`] : [],
      ),
    )
    return traceEvents
      .filter(({ ph }) => ph === 'X')
      .map(({ name, ts, pid, tid, args }) => ({
        name,
        at: ts / 1000,
        isEngine: workers.has(`${pid} ${tid}`),
        type: args?.data?.type ?? args?.type,
        table: args?.store_name,
      }))
      .toSorted((a, b) => a.at - b.at)
  }
}

const readAll = async (session: CDPSession, handle: string): Promise<string> => {
  let text = ''
  while (true) {
    const { data, eof, base64Encoded } = await session.send('IO.read', { handle, size: 1 << 20 })
    text += base64Encoded === true ? Buffer.from(data, 'base64').toString() : data
    if (eof) return text
  }
}

const names: Readonly<Record<keyof PathFigures, string>> = {
  author: 'Enter to the commit: signed, sealed',
  commit: 'commit, flushed to the disk',
  wire: 'through both pages and the wire; opened, verified, judged',
  commitThere: 'commit there',
  show: 'read, drawn, next frame',
}

export const showPath = (figures: PathFigures): string =>
  table([figureHead, ...(Object.keys(names) as (keyof PathFigures)[]).map((name) => figureRow(names[name], figures[name]))])
