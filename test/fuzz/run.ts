// Runs inputs of a decoder, one after the other, and counts. An input is a function of the seed, the decoder and its number: a failure can
// be had again without the file. Slow and hungry ones are tried a few times more, since a busy machine is slow without a reason.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createDice } from '../sim/world/dice.ts'
import { targetCalled, type Target } from './targets.ts'

/** What a stranger's bytes may cost (SECURITY): milliseconds of this thread's work, whatever else the machine does, and bytes. */
const mostMs = 50
const mostBytes = 32 * 1024 * 1024
/** From here on an input is measured again: now and then memory is tidied up or code made ready, and that is not the input's. */
const noteworthyMs = 3
const noteworthyBytes = 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
/** Buffers are given back in the background; the second time waits for those of the first. */
const tidyUp = (): void => {
  collectGarbage()
  collectGarbage()
}

/** Inputs of one decoder, by number. */
export interface Range {
  readonly seed: number
  readonly target: string
  readonly from: number
  readonly count: number
}

export interface Failure {
  readonly target: string
  readonly seed: number
  readonly input: number
  readonly why: string
  readonly bytes: Uint8Array
}

export interface Report {
  readonly target: string
  readonly inputs: number
  /** How far inputs came: `{ refused: 9, taken: 1 }`. */
  readonly reached: Readonly<Record<string, number>>
  readonly failures: readonly Failure[]
  readonly slowestMs: number
  readonly peakBytes: number
  /** Inputs whose memory is known: that of the others was tidied up in between. */
  readonly weighed: number
}

/** The input of a number. */
export const inputOf = (seed: number, { name, make }: Target, input: number): Uint8Array =>
  make(createDice(`fuzz ${seed} ${name} ${input}`))

export const runInputs = ({ seed, target: name, from, count }: Range): Report => {
  const target = targetCalled(name)
  const reached: Record<string, number> = {}
  const failures: Failure[] = []
  let [slowestMs, peakBytes, weighed] = [0, 0, 0]
  for (let input = from; input < from + count; input++) {
    const bytes = inputOf(seed, target, input)
    const outcome = tryOne(target, bytes)
    slowestMs = Math.max(slowestMs, outcome.ms)
    peakBytes = Math.max(peakBytes, outcome.heap ?? 0)
    weighed += Number(outcome.heap !== undefined)
    reached[outcome.reached] = (reached[outcome.reached] ?? 0) + 1
    if (outcome.why !== undefined) failures.push({ target: name, seed, input, why: outcome.why, bytes })
  }
  return { target: name, inputs: count, reached, failures, slowestMs, peakBytes, weighed }
}

interface Outcome {
  readonly reached: string
  readonly ms: number
  /** Bytes that it took, garbage included; undefined when memory was tidied up meanwhile. */
  readonly heap: number | undefined
  readonly why?: string
}

/** One input through a target; `why` says which promise it broke. */
export const tryOne = (target: Target, bytes: Uint8Array): Outcome => {
  let outcome = measured(target, bytes)
  for (let tries = 0; tries < 4 && isNoteworthy(outcome); tries++) {
    // What a large one left behind would otherwise go while it is weighed again, and make it look light.
    if ((outcome.heap ?? 0) > noteworthyBytes) tidyUp()
    const again = measured(target, bytes)
    outcome = { ...again, ms: Math.min(again.ms, outcome.ms), heap: least(again.heap, outcome.heap) }
  }
  const isTooMuch = outcome.ms > mostMs || (outcome.heap ?? 0) > mostBytes
  return outcome.why === undefined && isTooMuch ? { ...outcome, why: `takes ${outcome.ms} ms and ${outcome.heap} bytes` } : outcome
}

/** Whoever was tidied up after is weighed again as well: a large one is what makes that happen. */
const isNoteworthy = ({ ms, heap }: Outcome): boolean => ms > noteworthyMs || heap === undefined || heap > noteworthyBytes

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

const measured = (target: Target, bytes: Uint8Array): Outcome => {
  const before = usedBytes()
  const from = process.threadCpuUsage()
  let outcome: { reached: string; why?: string }
  try {
    outcome = { reached: target.run(bytes) }
  } catch (error) {
    outcome = { reached: 'thrown', why: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  const { user, system } = process.threadCpuUsage(from)
  const grown = usedBytes() - before
  return { ...outcome, ms: (user + system) / 1_000, heap: grown < 0 ? undefined : grown }
}

const usedBytes = (): number => {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics()
  return heap + external
}
