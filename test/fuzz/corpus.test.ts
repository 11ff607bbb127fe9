import { describe, expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { inputOf, runInputs, tryOne } from './run.ts'
import { targets, type Target } from './targets.ts'
import { createDice } from '../sim/world/dice.ts'

const corpus = readCorpus()

describe('the fuzzer', () => {
  test('finds nothing in what once broke a promise', () => {
    expect(corpus.length).toBeGreaterThan(0)
    for (const { file, target, bytes } of corpus) expect([file, tryOne(target, bytes).why]).toEqual([file, undefined])
  })

  test('finds nothing in a few thousand inputs', () => {
    const { failures, byDecoder } = runInputs(7, 0, 4_000)
    expect(failures.map(({ target, input, why }) => `${target} ${input}: ${why}`)).toEqual([])
    expect(Object.keys(byDecoder).toSorted()).toEqual(targets.map(({ name }) => name).toSorted())
  })

  test('gets past every door, and some of what it makes is refused', () => {
    const { byDecoder } = runInputs(8, 0, 4_000)
    for (const [name, counts] of Object.entries(byDecoder)) expect([name, Object.keys(counts).length > 1]).toEqual([name, true])
    for (const reached of ['taken', 'early', 'fork', 'known', 'refused']) expect(byDecoder['event']?.[reached] ?? 0).toBeGreaterThan(0)
  })

  test('makes the same input of the same number', () => {
    for (const input of [0, 1, 99]) expect(inputOf(3, input).bytes).toEqual(inputOf(3, input).bytes)
  })

  test('sees a decoder that throws, one that is slow and one that is greedy', () => {
    const broken = (run: Target['run']): Target => ({ ...targets[0]!, run })
    const bytes = targets[0]!.make(createDice('any'))
    expect(
      tryOne(
        broken(() => 'read'),
        bytes,
      ).why,
    ).toBeUndefined()
    const throws = () => {
      throw new Error('here')
    }
    expect(tryOne(broken(throws), bytes)).toMatchObject({ reached: 'thrown', why: expect.stringContaining('here') as string })
    const slow = () => {
      for (const from = process.threadCpuUsage(); process.threadCpuUsage(from).user < 60_000;);
      return 'read'
    }
    expect(tryOne(broken(slow), bytes).why).toContain('ms')
    const held: unknown[] = []
    const greedy = () => {
      held.push(new Uint8Array(96 * 1024 * 1024))
      return 'read'
    }
    expect(tryOne(broken(greedy), bytes).why).toContain('bytes')
  })
})
