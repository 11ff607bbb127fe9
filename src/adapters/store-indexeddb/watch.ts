// A read that goes on: run, tell, and run again when a commit touched what it looked at. Commits that come while it runs are kept and
// judged afterwards, since only then it is known what it looked at; so a value is told after every run, however busy the database is.
import type { Live } from '../../ports/live.ts'
import { StoreError } from '../../ports/store.ts'
import type { News, NewsDesk } from './news.ts'
import { concerns, createLooks, type Looks, type Spans } from './spans.ts'

export interface Watching {
  readonly onLook?: Looks['add']
  /**
   * The tables of the runs before. A read transaction over all tables would make every commit wait for every watch, and the other way
   * round; so each goes over its own as soon as they are known. If it wants another one this time, it is run again over all.
   */
  readonly tables?: ReadonlySet<string>
}

/** Milliseconds in which a calm watch lets commits pass: a message is followed by others about its keys, its arrival, its being read. */
const restMs = 50

/** A read that takes longer than this (milliseconds) rests: commits that come in a row must not wait for it each time. */
const slowMs = 50
/**
 * For how many times as long as it took, and milliseconds at most: somebody waits for a prompt one, and most of what it took may be its wait for
 * the commits of others.
 */
const rests = { prompt: { times: 1, mostMs: 100 }, calm: { times: 2, mostMs: 1_000 } } as const

export interface WatchOptions<T> {
  readonly pace: 'prompt' | 'calm'
  readonly news: NewsDesk
  readonly read: (watching: Watching) => Promise<T>
  /** Where the store finds the way to end each subscription. */
  readonly endings: Set<() => void>
  readonly isClosed: () => boolean
}

export const createWatch = <T>({ news: desk, read, pace, endings, isClosed }: WatchOptions<T>): Live<T> => ({
  subscribe: (next) => {
    let ended = isClosed()
    let running = false
    let failed = false
    let spans: Spans = new Map()
    let missed: News[] = []
    let tables: ReadonlySet<string> | undefined
    let resting: ReturnType<typeof setTimeout> | undefined
    /** By the clock of `performance.now`. */
    let restsUntil = 0

    const isDue = (news: News) => failed || news === 'anything' || concerns(spans, news)
    const run = async () => {
      running = true
      do {
        missed = []
        failed = false
        // Lets a burst of commits pass, and keeps `next` out of the caller's own call.
        await Promise.resolve()
        if (ended) return
        const looks = createLooks()
        const began = performance.now()
        try {
          const value = await read({ onLook: looks.add, ...(tables === undefined ? {} : { tables }) })
          spans = looks.spans()
          // Also those of former runs: a read that looks somewhere only now and then should not have to be run twice each time.
          tables = new Set([...(tables ?? []), ...spans.keys()])
          if (!ended) next(value)
        } catch (failure) {
          failed = true
          // Storage that fails has no value to show; the next commit tries again. Anything else is a bug: let it be seen.
          if (!(failure instanceof StoreError)) void Promise.reject(failure)
        }
        const took = performance.now() - began
        const { times, mostMs } = rests[pace]
        restsUntil = took < slowMs ? 0 : performance.now() + Math.min(times * took, mostMs)
      } while (!ended && isPrompt() && missed.some(isDue))
      running = false
      if (missed.some(isDue)) rest()
    }
    const isPrompt = () => pace === 'prompt' && performance.now() >= restsUntil
    const rest = () => {
      if (ended) return
      resting ??= setTimeout(
        () => {
          resting = undefined
          void run()
        },
        Math.max(restMs, restsUntil - performance.now()),
      )
    }
    const stopListening = desk.listen((news) => {
      if (running) missed.push(news)
      else if (!isDue(news)) return
      else if (isPrompt()) void run()
      else rest()
    })
    const end = () => {
      ended = true
      clearTimeout(resting)
      stopListening()
      endings.delete(end)
    }
    if (ended) stopListening()
    else {
      endings.add(end)
      void run()
    }
    return end
  },
})
