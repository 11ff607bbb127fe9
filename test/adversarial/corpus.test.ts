// The adversarial corpus: each vector is thrown at a real device, which must drop it for the reason that is written beside it, with every
// row of its database as it was, without a crash, within 32 MB, and hear the next honest word as if nothing had been. A class begins and
// ends with what is like its vectors and good, which must be taken: else nothing would be proved.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maxControlFrameBytes } from '../../src/core/limits.ts'
import { classes } from './classes.ts'
import { setStage, type Stage } from './stage.ts'
import type { Vector } from './vector.ts'
import { verdictAfter, verdictBefore } from './verdict.ts'

/** What a stranger's bytes may cost, in bytes. */
const mostBytes = 32 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
/** Twice, since the memory of large bytes is given back only after the turn in which they were found to be garbage. */
const collectGarbage = async (): Promise<void> => {
  collect()
  await new Promise((rest) => setImmediate(rest))
  collect()
}
const usedBytes = (): number => {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics()
  return heap + external
}

const throwAndJudge = async (stage: Stage, vector: Vector) => {
  await vector.before?.(stage)
  const thrown = await vector.make(stage)
  const before = await verdictBefore(stage, thrown)
  const hashBefore = stage.hash()
  const heardBefore = thrown.from.heard.length
  await collectGarbage()
  const bytesBefore = usedBytes()
  await stage.throwAt(thrown)
  const frameBytes = thrown.by === 'link' ? thrown.frames.reduce((sum, frame) => sum + frame.length, 0) : thrown.bytes.length
  // What is large on the wire is garbage for a moment; of that only what stays counts.
  if (frameBytes > maxControlFrameBytes) await collectGarbage()
  const bytes = usedBytes() - bytesBefore
  const after = verdictAfter(thrown, thrown.from.heard.slice(heardBefore))
  const hashAfter = stage.hash()
  await vector.after?.(stage)
  return { verdict: after ?? before, hashBefore, hashAfter, bytes }
}

test('has at least 200 vectors, and no name twice', () => {
  const names = classes.flatMap(({ name, vectors }) => vectors.map((vector) => `${name}: ${vector.name}`))
  expect(classes.length).toBeGreaterThanOrEqual(7)
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(200)
  const counts = classes.map(({ name, vectors }) => `${String(vectors.length).padStart(5)} ${name}`)
  console.log(['adversarial corpus', ...counts, `${String(names.length).padStart(5)} in all`].join('\n'))
})

describe.each(classes)('$name', ({ vectors, controls }) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.end())

  test.each(controls)('takes $name', async (control) => {
    const { verdict, hashBefore, hashAfter } = await throwAndJudge(stage, control)
    expect(verdict).toBe(control.expected)
    expect(hashAfter.state).not.toBe(hashBefore.state)
    await stage.honestWordsFlow()
  })

  test.each(vectors)('drops $name', async (vector) => {
    const { verdict, hashBefore, hashAfter, bytes } = await throwAndJudge(stage, vector)
    expect(verdict).toBe(vector.expected)
    expect(hashAfter.state).toBe(hashBefore.state)
    expect(hashAfter.proofs - hashBefore.proofs).toBe(vector.proofs ?? 0)
    expect(hashAfter.proofLines - hashBefore.proofLines).toBe(vector.proofs ?? 0)
    expect(bytes).toBeLessThan(mostBytes)
    await stage.honestWordsFlow()
    expect(stage.world.violations).toEqual([])
  })
})
