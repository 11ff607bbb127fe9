// The adversarial corpus: each vector is thrown at a real device, which must drop it for the reason that is written beside it, with every
// row of its database as it was, without a crash, within 32 MB, and hear the next honest word as if nothing had been. A class begins and
// ends with what is like its vectors and good, which must be taken: else nothing would be proved.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { classes } from './classes.ts'
import { records } from './classes/records.ts'
import { setUpReaders, type Readers } from './readers.ts'
import { setStage, type Stage } from './stage.ts'
import type { Vector } from './vector.ts'
import { whatAliceSees } from './view.ts'
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

/** Bytes that are in use more than before; garbage counts until it is too much, and then only what stays. */
const grownSince = async (before: number): Promise<number> => {
  if (usedBytes() - before >= mostBytes) await collectGarbage()
  return usedBytes() - before
}

const throwAndJudge = async (stage: Stage, vector: Vector) => {
  await vector.before?.(stage)
  const thrown = await vector.make(stage)
  await stage.linked(thrown.from)
  const before = await verdictBefore(stage, thrown)
  const hashBefore = stage.hash()
  // Where no row changes, nothing that is seen does.
  const viewBefore = vector.changes && (await whatAliceSees(stage))
  const heardBefore = thrown.from.heard.length
  const bytesBefore = usedBytes()
  await stage.throwAt(thrown)
  const bytes = await grownSince(bytesBefore)
  const after = verdictAfter(thrown, thrown.from.heard.slice(heardBefore))
  const hashAfter = stage.hash()
  const viewAfter = vector.changes && (await whatAliceSees(stage))
  await vector.after?.(stage)
  return { verdict: after ?? before, hashBefore, hashAfter, viewBefore, viewAfter, bytes }
}

test('has at least 300 vectors in 17 classes that change no row, and no name twice', () => {
  const names = [
    ...classes.flatMap(({ name, vectors }) => vectors.map((vector) => `${name}: ${vector.name}`)),
    ...records.map((vector) => `records: ${vector.name}`),
  ]
  const strict = [...classes.flatMap(({ vectors }) => vectors.filter(({ changes }) => changes === undefined)), ...records]
  expect([...classes.map(({ name }) => name), 'records']).toHaveLength(17)
  expect(new Set(names).size).toBe(names.length)
  expect(strict.length).toBeGreaterThanOrEqual(300)
  const counts = [...classes, { name: 'records', vectors: records }].map(
    ({ name, vectors }) => `${String(vectors.length).padStart(5)} ${name}`,
  )
  console.log(
    ['adversarial corpus', ...counts, `${String(names.length).padStart(5)} in all, ${strict.length} of which change no row`].join('\n'),
  )
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
    // Whatever follows from it, such as a new epoch and new keys, is over before the first vector.
    await stage.pass(60_000)
  })

  test.each(vectors)('drops $name', async (vector) => {
    const { verdict, hashBefore, hashAfter, viewBefore, viewAfter, bytes } = await throwAndJudge(stage, vector)
    expect(verdict).toBe(vector.expected)
    if (vector.changes === undefined) expect(hashAfter.state).toBe(hashBefore.state)
    expect(viewAfter?.seen).toEqual(viewBefore?.seen)
    if (vector.changes !== 'keys') expect(viewAfter?.keys).toEqual(viewBefore?.keys)
    expect(hashAfter.proofs - hashBefore.proofs).toBe(vector.proofs ?? 0)
    expect(hashAfter.proofLines - hashBefore.proofLines).toBe(vector.proofs ?? 0)
    expect(bytes).toBeLessThan(mostBytes)
    await stage.honestWordsFlow()
    expect(stage.world.violations).toEqual([])
  })
})

describe('records', () => {
  let readers: Readers
  beforeAll(async () => {
    readers = await setUpReaders()
    await readers.register('name')
  })

  test('takes an honest registration', async () => {
    const before = await readers.state()
    expect(await readers.register('another name')).toMatchObject({ kind: 'register-response', status: 0 })
    expect(await readers.state()).not.toBe(before)
  })

  test.each(records)('drops $name', async (vector) => {
    const before = await readers.state()
    const bytesBefore = usedBytes()
    expect(await readers.read(vector)).toBe(vector.expected)
    expect(await grownSince(bytesBefore)).toBeLessThan(mostBytes)
    expect(await readers.state()).toBe(before)
    expect(before).toContain(Buffer.from(readers.honest.own).toString('hex'))
  })
})
