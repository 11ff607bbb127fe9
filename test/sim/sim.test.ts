// The simulator proves itself: the same seed is the same world to the last byte, with the quick cipher and with the real one, and its
// eyes are open. The seeds of `npm test` run beside this, through main.ts.
import { describe, expect, test } from 'vitest'
import { runSeed } from './run-seed.ts'

describe('the simulator', () => {
  test.each([7, 19, 36])('world %i comes out the same twice', { timeout: 60_000 }, async (seed) => {
    const [one, two] = [await runSeed(seed), await runSeed(seed)]
    expect(one.steps).toBeGreaterThan(1_000)
    expect(two.hash).toBe(one.hash)
    expect(two).toEqual(one)
  })

  test('different seeds are different worlds', { timeout: 60_000 }, async () => {
    expect((await runSeed(1)).hash).not.toBe((await runSeed(2)).hash)
  })

  test('people talk in these worlds: most of what was said is seen by others', { timeout: 60_000 }, async () => {
    const reports = []
    for (let seed = 101; seed <= 116; seed++) reports.push(await runSeed(seed))
    expect(Math.min(...reports.map(({ said }) => said))).toBeGreaterThan(5)
    // With two of them, what was said can be seen by one other: only there do the two counts compare.
    const ofTwo = reports.filter(({ devices }) => devices === 2)
    expect(ofTwo.length).toBeGreaterThan(2)
    expect(sum(ofTwo.map(({ deliveries }) => deliveries))).toBeGreaterThan(sum(ofTwo.map(({ said }) => said)) / 2)
  })
})

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
