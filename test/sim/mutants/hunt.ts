// The hunt for planted bugs: `npm run sim -- --mutants [--only NAME] [--seeds N] [--from K] [--json]`. Each bug lives in a thread of its
// own, and worlds are made until something is violated that is not violated without the bug. Two bugs are hunted at a time.
import { Worker } from 'node:worker_threads'
import type { SeedReport } from '../run-seed.ts'
import type { Violation } from '../world/world.ts'
import { mutants } from './all.ts'
import { planted, type Mutant } from './mutant.ts'

const threads = 2
/** A seed takes about a second, a large one half a minute. A world that computes for so long without an end has one: the bug hangs it. */
const longestSeedMs = 300_000

export interface Hunted {
  readonly mutant: string
  /** The first seed that shows the bug; undefined when none did. */
  readonly seed: number | undefined
  /** What is violated first there. */
  readonly invariant: string | undefined
  readonly story: string | undefined
  readonly seconds: number
}

export interface Hunt {
  /** Seeds that a bug may take. */
  readonly seeds: number
  readonly from: number
}

/** Hunts one bug. `isClean` says whether a seed shows nothing without any bug: one that does proves nothing. */
export const hunt = async (mutant: Mutant, { seeds, from }: Hunt, isClean: (seed: number) => Promise<boolean>): Promise<Hunted> => {
  // Says at once when it does not fit.
  planted(mutant)
  const startedAt = performance.now()
  const seconds = (): number => Math.round((performance.now() - startedAt) / 100) / 10
  let thread = startThread(mutant.name)
  try {
    for (let seed = from; seed < from + seeds; seed++) {
      const [first] = await thread.run(seed)
      if (first === undefined) continue
      if (await isClean(seed)) return { mutant: mutant.name, seed, invariant: first.invariant, story: first.story, seconds: seconds() }
      // A thread that threw is gone.
      await thread.end()
      thread = startThread(mutant.name)
    }
    return { mutant: mutant.name, seed: undefined, invariant: undefined, story: undefined, seconds: seconds() }
  } finally {
    await thread.end()
  }
}

/** The command. Exit code 1 when a bug was not found. */
export const huntAll = async (only: string | undefined, range: Hunt, isJson: boolean): Promise<void> => {
  const hunted = mutants.filter(({ name }) => only === undefined || only.split(',').includes(name))
  if (hunted.length === 0) throw new Error(`there is no planted bug '${only}'; there are ${mutants.map(({ name }) => name).join(', ')}`)
  const startedAt = performance.now()
  const honest = startThread(undefined)
  const isClean = cleanSeeds(honest)
  const results: Hunted[] = []
  const waiting = [...hunted]
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const result = await hunt(mutant, range, isClean)
      results.push(result)
      const { seed, invariant, story, seconds } = result
      const outcome = seed === undefined ? `NOT FOUND in ${range.seeds} seeds` : `seed ${seed}: ${invariant}: ${story?.split('\n')[0]}`
      console.log(`${mutant.name} (${mutant.does}): ${outcome} (${seconds} s)`)
    }
  }
  await Promise.all(Array.from({ length: threads }, work))
  await honest.end()

  const found = results.filter(({ seed }) => seed !== undefined).length
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  console.log(
    isJson
      ? JSON.stringify({ found, total: results.length, seeds: range.seeds, from: range.from, seconds, mutants: results })
      : `${found} of ${results.length} planted bugs found, ${seconds} s`,
  )
  process.exitCode = found === results.length ? 0 : 1
}

/** Each seed is run once without any bug, one after the other. */
export const cleanSeeds = (honest: Thread): ((seed: number) => Promise<boolean>) => {
  const known = new Map<number, Promise<boolean>>()
  let last: Promise<unknown> = Promise.resolve()
  return (seed) => {
    const before = known.get(seed)
    if (before !== undefined) return before
    const isClean = last.then(async () => (await honest.run(seed)).length === 0)
    known.set(seed, isClean)
    last = isClean
    return isClean
  }
}

export interface Thread {
  /** What is violated in a seed's world. One seed at a time. */
  run(seed: number): Promise<readonly Pick<Violation, 'invariant' | 'story'>[]>
  end(): Promise<void>
}

/** A thread with a bug planted, or with none. */
export const startThread = (mutant: string | undefined): Thread => {
  const worker = new Worker(new URL('thread.ts', import.meta.url), { workerData: mutant })
  let told: (violations: Awaited<ReturnType<Thread['run']>>) => void = () => {}
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: SeedReport | 'ready') => (message === 'ready' ? resolve() : told(message.violations)))
    worker.on('error', (error: unknown) => {
      // Before any seed it is the hunt that is broken; a promise that is settled is not touched by this.
      reject(error instanceof Error ? error : new Error(String(error)))
      told([crash(String(error))])
    })
  })
  return {
    run: async (seed) => {
      await ready
      return new Promise((resolve) => {
        const hangs = setTimeout(
          () => void worker.terminate().then(() => told([crash('the world computes without an end')])),
          longestSeedMs,
        )
        told = (violations) => {
          clearTimeout(hangs)
          resolve(violations)
        }
        worker.postMessage(seed)
      })
    },
    end: async () => {
      await worker.terminate()
    },
  }
}

const crash = (story: string): Pick<Violation, 'invariant' | 'story'> => ({ invariant: 'never a crash', story })
