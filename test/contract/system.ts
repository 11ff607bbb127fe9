// The machine's own clock and dice, put to their contracts: once in Node and once in a browser.
import { createSystemClock } from '../../src/adapters/system/clock.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import { clockContract } from './clock.contract.ts'
import { randomContract } from './random.contract.ts'

export const systemContracts = (where: string): void => {
  const advance = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  clockContract(`system clock in ${where}`, () => ({ clock: createSystemClock(), advance }))
  randomContract(`system dice in ${where}`, createSystemRandom)
}
