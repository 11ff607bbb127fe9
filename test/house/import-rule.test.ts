/** The import rule of src/README.md is not a wish: the compiler refuses a floor that looks up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHouseCopy, type HouseCopy } from './copy.ts'

const floors = [
  'src/core',
  'src/ports',
  'src/services',
  'src/adapters/store-memory',
  'src/adapters/store-indexeddb',
  'src/workers',
  'src/ui',
  'src/app',
  'bootstrap-node',
] as const
type Floor = (typeof floors)[number]

const forbidden: [Floor, Floor][] = [
  ['src/core', 'src/ports'],
  ['src/core', 'src/services'],
  ['src/ports', 'src/services'],
  ['src/services', 'src/adapters/store-memory'],
  ['src/services', 'src/ui'],
  ['src/adapters/store-memory', 'src/adapters/store-indexeddb'],
  ['src/adapters/store-indexeddb', 'src/services'],
  ['src/workers', 'src/ui'],
  ['src/ui', 'src/services'],
  ['src/ui', 'src/adapters/store-indexeddb'],
  ['bootstrap-node', 'src/services'],
  ['bootstrap-node', 'src/ports'],
]

const allowed: [Floor, Floor][] = [
  ['src/ports', 'src/core'],
  ['src/services', 'src/core'],
  ['src/services', 'src/ports'],
  ['src/adapters/store-indexeddb', 'src/ports'],
  ['src/workers', 'src/services'],
  ['src/workers', 'src/adapters/store-indexeddb'],
  ['src/ui', 'src/ports'],
  ['src/app', 'src/ui'],
  ['src/app', 'src/adapters/store-indexeddb'],
  ['bootstrap-node', 'src/core'],
]

let house: HouseCopy

beforeAll(async () => {
  house = await createHouseCopy()
  for (const floor of floors) await house.put(`${floor}/thing.ts`, 'export const thing = 1\n')
})

afterAll(() => house[Symbol.asyncDispose]())

/** What the compiler says of `from` when one of its files imports `to`. */
const importing = async (from: Floor, to: Floor): Promise<string> => {
  const up = from.split('/').map(() => '..')
  await house.put(`${from}/looks.ts`, `export { thing } from '${[...up, to, 'thing.ts'].join('/')}'\n`)
  const said = await house.compile(from)
  await house.put(`${from}/looks.ts`, 'export const nothing = 0\n')
  return said
}

describe('the import rule', () => {
  test.each(forbidden)('%s may not import %s', async (from, to) => {
    // TS6307: not in the file list of the project, so not reachable by any reference.
    expect(await importing(from, to)).toMatch(/looks\.ts.*TS6307/)
  })

  test.each(allowed)('%s may import %s', async (from, to) => {
    expect(await importing(from, to)).toBe('')
  })
})

describe('what a floor may touch', () => {
  test.each([
    ['src/core', 'document'],
    ['src/core', 'setTimeout'],
    ['src/core', 'process'],
    ['src/ports', 'indexedDB'],
    ['src/services', 'fetch'],
    ['src/services', 'console'],
    ['src/adapters/store-memory', 'indexedDB'],
    ['src/workers', 'document'],
    ['src/ui', 'process'],
    ['bootstrap-node', 'document'],
  ] satisfies [Floor, string][])('%s has no %s', async (floor, name) => {
    await house.put(`${floor}/touches.ts`, `export const touched = ${name}\n`)
    const said = await house.compile(floor)
    await house.put(`${floor}/touches.ts`, 'export const nothing = 0\n')
    expect(said).toMatch(new RegExp(`touches\\.ts.*Cannot find name '${name}'`))
  })
})
