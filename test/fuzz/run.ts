// Runs inputs of a seed, one after the other, and counts. An input is a function of the seed and its number: a failure can be had again
// without the file. Slow and hungry ones are tried three times more, since a busy machine is slow without a reason.
import { getHeapStatistics } from 'node:v8'
import { createDice } from '../sim/world/dice.ts'
import { targets, type Target } from './targets.ts'

/** What a stranger's bytes may cost (SECURITY): milliseconds of this thread's work, whatever else the machine does, and bytes. */
const mostMs = 50
const mostBytes = 32 * 1024 * 1024
/** From here on an input is measured again: now and then memory is tidied up or code made ready, and that is not the input's. */
const noteworthyMs = 3
const noteworthyBytes = 1024 * 1024

export interface Failure {
  readonly target: string
  readonly seed: number
  readonly input: number
  readonly why: string
  readonly bytes: Uint8Array
}

export interface Report {
  readonly inputs: number
  /** How far inputs came, by decoder: `event: { refused: 9, taken: 1 }`. */
  readonly byDecoder: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly failures: readonly Failure[]
  readonly slowestMs: number
  readonly peakBytes: number
}

const lots: readonly Target[] = targets.flatMap((target) => Array.from({ length: target.weight }, () => target))

/** The input of a number, and what it is for. */
export const inputOf = (seed: number, input: number): { readonly target: Target; readonly bytes: Uint8Array } => {
  const dice = createDice(`fuzz ${seed} ${input}`)
  const target = lots[dice.between(0, lots.length - 1)]!
  return { target, bytes: target.make(dice) }
}

export const runInputs = (seed: number, from: number, count: number): Report => {
  const byDecoder: Record<string, Record<string, number>> = {}
  const failures: Failure[] = []
  let [slowestMs, peakBytes] = [0, 0]
  for (let input = from; input < from + count; input++) {
    const { target, bytes } = inputOf(seed, input)
    const outcome = tryOne(target, bytes)
    slowestMs = Math.max(slowestMs, outcome.ms)
    peakBytes = Math.max(peakBytes, outcome.heap)
    const counts = (byDecoder[target.name] ??= {})
    counts[outcome.reached] = (counts[outcome.reached] ?? 0) + 1
    if (outcome.why !== undefined) failures.push({ target: target.name, seed, input, why: outcome.why, bytes })
  }
  return { inputs: count, byDecoder, failures, slowestMs, peakBytes }
}

interface Outcome {
  readonly reached: string
  readonly ms: number
  readonly heap: number
  readonly why?: string
}

/** One input through a target; `why` says which promise it broke. */
export const tryOne = (target: Target, bytes: Uint8Array): Outcome => {
  let outcome = measured(target, bytes)
  for (let tries = 0; tries < 4 && (outcome.ms > noteworthyMs || outcome.heap > noteworthyBytes); tries++) {
    const again = measured(target, bytes)
    outcome = { ...again, ms: Math.min(again.ms, outcome.ms), heap: again.heap === 0 ? outcome.heap : Math.min(again.heap, outcome.heap) }
  }
  const isTooMuch = outcome.ms > mostMs || outcome.heap > mostBytes
  return outcome.why === undefined && isTooMuch ? { ...outcome, why: `takes ${outcome.ms} ms and ${outcome.heap} bytes` } : outcome
}

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
  const ms = (user + system) / 1_000
  // A collection in between makes it negative: then nothing is known of this one.
  return { ...outcome, ms, heap: Math.max(0, usedBytes() - before) }
}

const usedBytes = (): number => {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics()
  return heap + external
}
