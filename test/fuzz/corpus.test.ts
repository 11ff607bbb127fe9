import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { inputOf, runInputs, tryOne } from './run.ts'
import { targets, type Target } from './targets.ts'
import { createDice } from '../sim/world/dice.ts'

const corpus = readCorpus()

/** How functions are called here that make sense of what others wrote. */
const looksLikeDecoder =
  /^(decode|read|parse|unpad|answer)[A-Z]|^openSealed$|From(Wire|Bytes)?$|Header$|Reader$|^(pathOf|subnetOf|createClientAddress)$/

/** Names that the files of a folder export as values. */
const exportsIn = (folder: string): readonly string[] =>
  readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = readFileSync(new URL(`../../${folder}/${file}`, import.meta.url), 'utf8')
      return [...source.matchAll(/^export (?:const|(?:async )?function\*?) (\w+)/gm)].map(([, name]) => name!)
    })

describe('the fuzzer', () => {
  test('finds nothing in what once broke a promise', () => {
    expect(corpus.length).toBeGreaterThan(0)
    for (const { file, target, bytes } of corpus) expect([file, tryOne(target, bytes).why]).toEqual([file, undefined])
  })

  test.each(targets)('finds nothing in a few hundred inputs of $name, gets past its door, and has something refused', ({ name }) => {
    const { failures, reached } = runInputs({ seed: 7, target: name, from: 0, count: 400 })
    expect(failures.map(({ input, why }) => `${input}: ${why}`)).toEqual([])
    expect(Object.keys(reached).length).toBeGreaterThan(1)
  })

  test('has events that come to every end', () => {
    const { reached } = runInputs({ seed: 8, target: 'event', from: 0, count: 1_000 })
    for (const end of ['taken', 'early', 'fork', 'known', 'refused']) expect([end, reached[end] ?? 0]).not.toEqual([end, 0])
  })

  test('makes the same input of the same number', () => {
    for (const input of [0, 1, 99]) expect(inputOf(3, targets[0]!, input)).toEqual(inputOf(3, targets[0]!, input))
  })

  test('knows every decoder of the core and of the node', () => {
    const exported = ['src/core', 'bootstrap-node'].flatMap(exportsIn)
    const decoders = exported.filter((name) => looksLikeDecoder.test(name))
    // The pattern finds what it is meant to find.
    expect(decoders.length).toBeGreaterThan(20)
    const covered = targets.flatMap(({ covers }) => covers)
    expect(decoders.filter((name) => !covered.includes(name))).toEqual([])
    // What is named is there: a decoder that was renamed is not forgotten.
    expect(covered.filter((name) => !exported.includes(name))).toEqual([])
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
    // Let go before it is done: it had it all the same.
    const brief = () => String(new Float64Array(12 * 1024 * 1024).fill(bytes.length).length)
    expect(tryOne(broken(brief), bytes).why).toContain('bytes')
  })
})
