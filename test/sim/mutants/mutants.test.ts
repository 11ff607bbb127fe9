// Planted bugs do not rot: each fits the source as it is. Some are hunted here, those that fall soon; the others by
// `npm run sim -- --mutants`.
import { parseSync } from 'vite'
import { afterAll, describe, expect, test } from 'vitest'
import { mutants } from './all.ts'
import { cleanSeeds, hunt, startThread } from './hunt.ts'
import { planted } from './mutant.ts'

test.each(mutants)('$name fits $file, and what comes out is a program', (mutant) => {
  const { errors } = parseSync(mutant.file, planted(mutant))
  expect(errors).toEqual([])
})

test('each bug has a name of its own', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
})

describe('the hunt', () => {
  const honest = startThread(undefined)
  afterAll(() => honest.end())
  const isClean = cleanSeeds(honest)
  const soon = ['tells-before-commit', 'tells-everybody', 'serves-wrong-range']
  const easy = mutants.filter(({ name }) => soon.includes(name))

  test.each(easy)('finds a device that $does', { timeout: 120_000 }, async (mutant) => {
    const { seed, invariant } = await hunt(mutant, { seeds: 20, from: 1 }, isClean)
    expect(seed).toBeDefined()
    expect(invariant).toBeDefined()
  })
})
