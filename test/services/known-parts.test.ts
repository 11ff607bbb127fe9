// What is held of the search index: each part is read once, and there is an end to how much is held.
import { expect, test } from 'vitest'
import type { StoreReader } from '../../src/ports/store.ts'
import type { SearchRecord } from '../../src/ports/tables.ts'
import { createKnownParts, type PartKey } from '../../src/services/search/known-parts.ts'

const mebibyte = 1024 * 1024

/** A store of parts of a mebibyte each, and the keys that were asked of it. */
const counted = () => {
  const asked: string[] = []
  const get = async (_: 'search', key: PartKey): Promise<SearchRecord | undefined> => {
    asked.push(key.join(' '))
    return key[1] === 404 ? undefined : { kind: 'times', spans: new Uint8Array(mebibyte) }
  }
  return { asked, reader: { get } as unknown as StoreReader }
}

test('a part is asked for once, also when there is none', async () => {
  const { asked, reader } = counted()
  const known = createKnownParts()
  for (let i = 0; i < 3; i += 1) {
    expect((await known.read(reader, ['times', 1]))?.kind).toBe('times')
    expect(await known.read(reader, ['times', 404])).toBeUndefined()
  }
  expect(asked).toEqual(['times 1', 'times 404'])
})

test('what was not asked for in a long time goes when there is too much', async () => {
  const { asked, reader } = counted()
  const known = createKnownParts()
  for (let n = 0; n < 20; n += 1) {
    // Side by side, as a search does.
    await Promise.all([known.read(reader, ['times', 100 + n]), known.read(reader, ['times', 100 + n])])
    await known.read(reader, ['times', 1])
  }
  expect(asked.filter((key) => key === 'times 1')).toHaveLength(1)
  asked.length = 0
  await known.read(reader, ['times', 119])
  expect(asked).toEqual([])
  await known.read(reader, ['times', 100])
  expect(asked).toEqual(['times 100'])
})
