// What every store promises (src/ports/store.ts), run by the memory store in Node and by the real one in a real browser.
import { afterEach, describe, expect, test } from 'vitest'
import { StoreError, type Key } from '../../src/ports/store.ts'
import { put, remove, type LooseReader, type LooseStore } from './loose-store.ts'
import { see, type Seen } from './seen.ts'

/** One place where records are kept, and every way to come at it. */
export interface StoreWorld {
  /** Names of two tables. */
  readonly tables: readonly [string, string]
  /** One more store on the same records, as in another tab. */
  open(): Promise<LooseStore>
  /** Spoils one record behind the store's back. */
  damage(table: string, key: Key): Promise<void>
  /** Closes what is open and removes everything. */
  dispose(): Promise<void>
}

export const storeContract = (name: string, createWorld: () => Promise<StoreWorld>): void => {
  describe(`store contract: ${name}`, () => {
    let world: StoreWorld
    let seens: Seen<unknown>[] = []
    const begin = async () => {
      world = await createWorld()
      return { store: await world.open(), table: world.tables[0], other: world.tables[1] }
    }
    const seeing = <T>(seen: Seen<T>): Seen<T> => {
      seens.push(seen)
      return seen
    }
    afterEach(async () => {
      for (const seen of seens) seen.stop()
      seens = []
      await world.dispose()
    })
    const keysOf = (entries: readonly { readonly key: Key }[]) => entries.map(({ key }) => key)

    describe('records', () => {
      test('a committed record is read back, and a deleted one is not', async () => {
        const { store, table } = await begin()
        await store.commit([put(table, ['alice'], { name: 'Alice' })])
        expect(await store.read((reader) => reader.get(table, ['alice']))).toEqual({ name: 'Alice' })
        await store.commit([remove(table, ['alice'])])
        expect(await store.read((reader) => reader.get(table, ['alice']))).toBeUndefined()
      })

      test('deleting what is not there is no failure', async () => {
        const { store, table } = await begin()
        await store.commit([remove(table, ['nobody'])])
        expect(await store.read((reader) => reader.count(table, []))).toBe(0)
      })

      test('a put replaces the whole record', async () => {
        const { store, table } = await begin()
        await store.commit([put(table, ['a'], { one: 1, two: 2 })])
        await store.commit([put(table, ['a'], { two: 3 })])
        expect(await store.read((reader) => reader.get(table, ['a']))).toEqual({ two: 3 })
      })

      test('writes of one commit happen in their order', async () => {
        const { store, table } = await begin()
        await store.commit([put(table, ['a'], 1), remove(table, ['a']), put(table, ['a'], 2), put(table, ['b'], 1), remove(table, ['b'])])
        expect(await store.read((reader) => reader.list(table, []))).toEqual([{ key: ['a'], value: 2 }])
      })

      test('commits that are not waited for happen in the order of their calls', async () => {
        const { store, table } = await begin()
        const numbers = Array.from({ length: 20 }, (_, number) => number)
        await Promise.all(numbers.map((number) => store.commit([put(table, ['last'], number), put(table, ['all', number], number)])))
        expect(await store.read((reader) => reader.get(table, ['last']))).toBe(19)
        expect(await store.read((reader) => reader.count(table, ['all']))).toBe(20)
      })

      test('every plain value comes back as it went in', async () => {
        const { store, table } = await begin()
        const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
        const record = {
          text: 'Zoë 🦆 \u0000 \u202e',
          numbers: [0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, 1_795_000_000_000],
          nothing: null,
          yes: true,
          bytes,
          empty: { list: [], map: {}, bytes: new Uint8Array(0) },
          ['__proto__']: { polluted: true },
          deep: { deeper: [{ deepest: bytes }] },
        }
        for (const value of [record, 'text', 7, false, null, bytes, []]) {
          await store.commit([put(table, ['value'], value)])
          expect(await store.read((reader) => reader.get(table, ['value']))).toStrictEqual(value)
        }
      })

      test('a value that is not plain data is refused, and nothing of its commit is written', async () => {
        const { store, table } = await begin()
        for (const value of [undefined, { a: undefined }, new Map(), new Date(0), () => 0, [Symbol('s')], { big: 1n }, new Set([1])]) {
          await expect(store.commit([put(table, ['before'], 1), put(table, ['bad'], value)])).rejects.toThrow(TypeError)
        }
        expect(await store.read((reader) => reader.count(table, []))).toBe(0)
      })

      test('a key that has no order is refused, and nothing of its commit is written', async () => {
        const { store, table } = await begin()
        await expect(store.commit([put(table, ['before'], 1), put(table, [Number.NaN], 1)])).rejects.toThrow(TypeError)
        expect(await store.read((reader) => reader.count(table, []))).toBe(0)
      })

      test('what is stored and what is read belong to nobody else', async () => {
        const { store, table } = await begin()
        const given = { list: [1], bytes: new Uint8Array([1, 2, 3]) }
        const key = ['a', 1]
        const committed = store.commit([put(table, key, given)])
        given.list.push(2)
        given.bytes[0] = 9
        key[1] = 2
        await committed
        const read = () => store.read((reader) => reader.get(table, ['a', 1])) as Promise<typeof given>
        const first = await read()
        expect(first).toEqual({ list: [1], bytes: new Uint8Array([1, 2, 3]) })
        first.list.push(3)
        first.bytes[1] = 9
        const [entry] = (await store.read((reader) => reader.list(table, []))) as { key: (string | number)[]; value: typeof given }[]
        expect(entry!.value).toEqual({ list: [1], bytes: new Uint8Array([1, 2, 3]) })
        entry!.value.bytes[2] = 9
        entry!.key[0] = 'b'
        expect(await read()).toEqual({ list: [1], bytes: new Uint8Array([1, 2, 3]) })
        expect(keysOf(await store.read((reader) => reader.list(table, [])))).toEqual([['a', 1]])
      })
    })

    describe('lists', () => {
      // By code unit, not by code point: the duck is a surrogate pair (d83e...), so it comes before e000.
      const numbersFirst: Key[] = [[-5], [2], [2, 'a'], [10], ['B'], ['a'], ['a', -1], ['a', 2], ['a', 10], ['a', 10, 'x'], ['a', '']]
      const inOrder: Key[] = [...numbersFirst, ['a', 'b'], ['aa'], ['b', 0], ['\u{1f986}'], ['\ue000'], ['\uffff', 'last']]

      const filled = async () => {
        const begun = await begin()
        const shuffled = inOrder.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? 1 : -1))
        await begun.store.commit(shuffled.map((key) => put(begun.table, key, key)))
        await begun.store.commit([put(begun.other, ['a', 5], 'elsewhere')])
        return begun
      }

      test('keys are in order part by part: numbers by value and before strings, strings by code unit, short before long', async () => {
        const { store, table } = await filled()
        const entries = await store.read((reader) => reader.list(table, []))
        expect(keysOf(entries)).toEqual(inOrder)
        expect(entries.map(({ value }) => value)).toEqual(inOrder)
      })

      test('a prefix means whole parts, and the key that equals it is in', async () => {
        const { store, table } = await filled()
        const list = (prefix: Key) => store.read((reader) => reader.list(table, prefix))
        expect(keysOf(await list(['a']))).toEqual([['a'], ['a', -1], ['a', 2], ['a', 10], ['a', 10, 'x'], ['a', ''], ['a', 'b']])
        expect(keysOf(await list(['a', 10]))).toEqual([
          ['a', 10],
          ['a', 10, 'x'],
        ])
        expect(keysOf(await list([2]))).toEqual([[2], [2, 'a']])
        expect(keysOf(await list(['nobody']))).toEqual([])
      })

      test('reverse, limit and after work together', async () => {
        const { store, table } = await filled()
        const list = async (options: Parameters<Parameters<Parameters<LooseStore['read']>[0]>[0]['list']>[2]) =>
          keysOf(await store.read((reader) => reader.list(table, ['a'], options)))
        expect(await list({ limit: 2 })).toEqual([['a'], ['a', -1]])
        expect(await list({ limit: 0 })).toEqual([])
        expect(await list({ reverse: true, limit: 2 })).toEqual([
          ['a', 'b'],
          ['a', ''],
        ])
        expect(await list({ after: ['a', 2], limit: 2 })).toEqual([
          ['a', 10],
          ['a', 10, 'x'],
        ])
        expect(await list({ after: ['a', 2], reverse: true })).toEqual([['a', -1], ['a']])
      })

      test('after may name a key that is not there, or one outside of the prefix', async () => {
        const { store, table } = await filled()
        const list = async (after: Key, reverse: boolean) =>
          keysOf(await store.read((reader) => reader.list(table, ['a', 10], { after, reverse })))
        const all = [
          ['a', 10],
          ['a', 10, 'x'],
        ]
        expect(await list(['a', 3], false)).toEqual(all)
        expect(await list(['a', 3], true)).toEqual([])
        expect(await list(['a', 10, 'a'], false)).toEqual([['a', 10, 'x']])
        expect(await list(['a', 10, 'a'], true)).toEqual([['a', 10]])
        expect(await list(['b'], false)).toEqual([])
        expect(await list(['b'], true)).toEqual(all.toReversed())
        expect(await list([1], false)).toEqual(all)
      })

      test('keys agree with list', async () => {
        const { store, table } = await filled()
        const orders = [{}, { reverse: true }, { after: ['a', 2] }, { after: ['a', 2], reverse: true }, { after: ['b'] }]
        for (const prefix of [[], ['a'], ['a', 10], [2], ['nobody']] satisfies Key[])
          for (const order of orders) {
            const [keys, entries] = await store.read((reader) =>
              Promise.all([reader.keys(table, prefix, order), reader.list(table, prefix, order)]),
            )
            expect(keys).toEqual(keysOf(entries))
          }
      })

      test('count agrees with list', async () => {
        const { store, table } = await filled()
        for (const prefix of [[], ['a'], ['a', 10], [2], ['nobody']] satisfies Key[]) {
          const [count, entries] = await store.read(async (reader) => [await reader.count(table, prefix), await reader.list(table, prefix)])
          expect(count).toBe(entries.length)
        }
      })
    })

    describe('commits and reads', () => {
      test('one read sees one committed state, whatever is committed meanwhile', async () => {
        const { store, table, other } = await begin()
        await store.commit([put(table, ['a'], 1), put(other, ['a'], 1)])
        let later: Promise<void> | undefined
        const seen = await store.read(async (reader) => {
          const first = await reader.get(table, ['a'])
          later = store.commit([put(table, ['a'], 2), put(other, ['a'], 2)])
          const again = await reader.get(table, ['a'])
          return [first, again, await reader.get(other, ['a'])]
        })
        expect(seen).toEqual([1, 1, 1])
        await later
        expect(await store.read((reader) => reader.get(table, ['a']))).toBe(2)
      })

      test('a read that began after a commit was called sees it', async () => {
        const { store, table } = await begin()
        const committed = store.commit([put(table, ['a'], 1)])
        expect(await store.read((reader) => reader.get(table, ['a']))).toBe(1)
        await committed
      })

      test('reads inside one read may run side by side', async () => {
        const { store, table } = await begin()
        await store.commit([put(table, ['a'], 1), put(table, ['b'], 2)])
        const seen = await store.read((reader) =>
          Promise.all([reader.get(table, ['a']), reader.get(table, ['b']), reader.count(table, [])]),
        )
        expect(seen).toEqual([1, 2, 2])
      })

      test('what a read throws comes out of it, and the store goes on', async () => {
        const { store, table } = await begin()
        await expect(
          store.read(async (reader) => {
            await reader.get(table, ['a'])
            throw new RangeError('a bug above')
          }),
        ).rejects.toThrow(RangeError)
        await store.commit([put(table, ['a'], 1)])
        expect(await store.read((reader) => reader.get(table, ['a']))).toBe(1)
      })

      test('a reader that is used after its read fails loudly', async () => {
        const { store, table } = await begin()
        const reader = await store.read(async (inside) => {
          await inside.get(table, ['a'])
          return inside
        })
        await expect(reader.get(table, ['a'])).rejects.toThrow('after its read')
      })

      test('an empty commit is no failure', async () => {
        const { store, table } = await begin()
        await store.commit([])
        expect(await store.read((reader) => reader.count(table, []))).toBe(0)
      })

      test('relaxed commits are seen like strict ones', async () => {
        const { store, table } = await begin()
        await store.commit([put(table, ['a'], 1)], 'relaxed')
        await store.commit([put(table, ['b'], 2)], 'strict')
        expect(await store.read((reader) => reader.list(table, []))).toEqual([
          { key: ['a'], value: 1 },
          { key: ['b'], value: 2 },
        ])
      })

      test('a commit of a thousand records over two tables is whole', async () => {
        const { store, table, other } = await begin()
        const numbers = Array.from({ length: 500 }, (_, number) => number)
        await store.commit(numbers.flatMap((number) => [put(table, ['n', number], { number }), put(other, [number], number)]))
        expect(await store.read((reader) => Promise.all([reader.count(table, ['n']), reader.count(other, [])]))).toEqual([500, 500])
      })
    })

    describe('watches', () => {
      test('the present value comes soon, but not within the call', async () => {
        const { store, table } = await begin()
        await store.commit([put(table, ['a'], 1)])
        const seen = seeing(see(store.watch((reader) => reader.get(table, ['a']))))
        expect(seen.values).toEqual([])
        await seen.first((value) => value === 1)
        expect(seen.values).toEqual([1])
      })

      test('a change, an addition in the range and a removal are told', async () => {
        const { store, table } = await begin()
        const record = seeing(see(store.watch((reader) => reader.get(table, ['list', 1]))))
        const list = seeing(see(store.watch((reader) => reader.list(table, ['list']))))
        const count = seeing(see(store.watch((reader) => reader.count(table, ['list']))))
        await Promise.all([
          record.first((value) => value === undefined),
          list.first((entries) => entries.length === 0),
          count.first((n) => n === 0),
        ])
        await store.commit([put(table, ['list', 1], 'one')])
        await Promise.all([
          record.first((value) => value === 'one'),
          list.first(([entry]) => entry?.value === 'one'),
          count.first((n) => n === 1),
        ])
        await store.commit([put(table, ['list', 1], 'uno')])
        await Promise.all([record.first((value) => value === 'uno'), list.first(([entry]) => entry?.value === 'uno')])
        await store.commit([put(table, ['list', 2], 'two')])
        await Promise.all([list.first((entries) => entries.length === 2), count.first((n) => n === 2)])
        await store.commit([remove(table, ['list', 1])])
        await list.first((entries) => entries.length === 1 && entries[0]!.value === 'two')
        await record.newest((value) => value === undefined)
      })

      test('the newest of a list is told although only a few are asked for', async () => {
        const { store, table } = await begin()
        await store.commit([1, 2, 3].map((number) => put(table, ['t', number], number)))
        const newest = seeing(see(store.watch((reader) => reader.list(table, ['t'], { reverse: true, limit: 2 }))))
        await newest.first((entries) => entries.length === 2)
        await store.commit([put(table, ['t', 4], 4)])
        expect((await newest.first((entries) => entries[0]?.value === 4)).map(({ value }) => value)).toEqual([4, 3])
        await store.commit([remove(table, ['t', 4]), remove(table, ['t', 3])])
        expect((await newest.first((entries) => entries[0]?.value === 2)).map(({ value }) => value)).toEqual([2, 1])
      })

      test.each(['prompt', 'calm'] as const)(
        'the last call of a %s one after a burst is of the newest state, and none goes back in time',
        async (pace) => {
          const { store, table } = await begin()
          const seen = seeing(see(store.watch((reader) => reader.get(table, ['n']), pace)))
          await Promise.all(Array.from({ length: 50 }, (_, number) => store.commit([put(table, ['n'], number)], 'relaxed')))
          await seen.first((value) => value === 49)
          const numbers = seen.values.filter((value) => typeof value === 'number')
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
        },
      )

      test.each(['prompt', 'calm'] as const)('a commit that happens while a %s one reads is told too', async (pace) => {
        const { store, table } = await begin()
        let committed: Promise<void> | undefined
        const look = async (reader: LooseReader) => {
          const value = await reader.get(table, ['a'])
          committed ??= store.commit([put(table, ['a'], 'meanwhile')])
          // Long enough for a store in memory to commit.
          for (let more = 0; more < 20; more += 1) await reader.get(table, ['b'])
          return value
        }
        const seen = seeing(see(store.watch(look, pace)))
        await seen.newest((value) => value === 'meanwhile')
        expect(seen.values[0]).toBeUndefined()
      })

      test('what it looks at may depend on what it sees', async () => {
        const { store, table, other } = await begin()
        await store.commit([put(table, ['which'], 'a'), put(other, ['a'], 1), put(other, ['b'], 1)])
        const seen = seeing(see(store.watch(async (reader) => reader.get(other, [(await reader.get(table, ['which'])) as string]))))
        await seen.first((value) => value === 1)
        await store.commit([put(table, ['which'], 'b'), put(other, ['b'], 2)])
        await seen.first((value) => value === 2)
        await store.commit([put(other, ['b'], 3)])
        await seen.first((value) => value === 3)
      })

      test('it may look at a table that it did not look at before', async () => {
        const { store, table, other } = await begin()
        await store.commit([put(table, ['more'], false), put(other, ['a'], 'more')])
        const look = async (reader: LooseReader) => ((await reader.get(table, ['more'])) === true ? reader.get(other, ['a']) : 'no more')
        const seen = seeing(see(store.watch(look)))
        await seen.newest((value) => value === 'no more')
        await store.commit([put(table, ['more'], true)])
        await seen.newest((value) => value === 'more')
        await store.commit([put(other, ['a'], 'even more')])
        await seen.newest((value) => value === 'even more')
      })

      test('after the end of a subscription nothing is told, and the others go on', async () => {
        const { store, table } = await begin()
        const live = store.watch((reader) => reader.get(table, ['a']))
        const ended = see(live)
        const going = seeing(see(live))
        await Promise.all([ended.first(() => true), going.first(() => true)])
        ended.stop()
        ended.stop()
        await store.commit([put(table, ['a'], 1)])
        await going.first((value) => value === 1)
        expect(ended.values).toEqual([undefined])
      })

      test('a subscription that ends before the first value is told nothing', async () => {
        const { store, table } = await begin()
        const live = store.watch((reader) => reader.count(table, []))
        const ended = see(live)
        ended.stop()
        await seeing(see(live)).first(() => true)
        expect(ended.values).toEqual([])
      })

      test('another tab is told, and reads what was committed here', async () => {
        const { store, table } = await begin()
        const elsewhere = await world.open()
        const seen = seeing(see(elsewhere.watch((reader) => reader.get(table, ['a']))))
        await seen.first((value) => value === undefined)
        await store.commit([put(table, ['a'], 'from here')])
        await seen.first((value) => value === 'from here')
        expect(await elsewhere.read((reader) => reader.get(table, ['a']))).toBe('from here')
      })
    })

    describe('damage', () => {
      test('a damaged record counts as absent and is counted; the rest is read', async () => {
        const { store, table } = await begin()
        await store.commit([1, 2, 3, 4].map((number) => put(table, ['n', number], number)))
        await store.close()
        await world.damage(table, ['n', 2])
        const reopened = await world.open()
        expect(reopened.damaged()).toBe(0)
        expect(await reopened.read((reader) => reader.get(table, ['n', 2]))).toBeUndefined()
        expect(reopened.damaged()).toBe(1)
        const list = async (options: object) =>
          (await reopened.read((reader) => reader.list(table, ['n'], options))).map(({ value }) => value)
        expect(await list({})).toEqual([1, 3, 4])
        expect(await list({ limit: 2 })).toEqual([1, 3])
        expect(await list({ reverse: true, limit: 3 })).toEqual([4, 3, 1])
        expect(reopened.damaged()).toBe(1)
        await reopened.commit([put(table, ['n', 2], 'mended')])
        expect(await list({})).toEqual([1, 'mended', 3, 4])
      })
    })

    describe('ends', () => {
      test('records are there again after closing and opening', async () => {
        const { store, table } = await begin()
        await store.commit([put(table, ['a'], 1)])
        await store.close()
        const again = await world.open()
        expect(await again.read((reader) => reader.get(table, ['a']))).toBe(1)
      })

      test('a closed store refuses with a StoreError, tells nothing, and may be closed again', async () => {
        const { store, table } = await begin()
        const seen = see(store.watch((reader) => reader.get(table, ['a'])))
        await seen.first(() => true)
        await store.close()
        await store.close()
        await expect(store.commit([put(table, ['a'], 1)])).rejects.toMatchObject({ name: 'StoreError', failure: 'closed' })
        await expect(store.read((reader) => reader.get(table, ['a']))).rejects.toBeInstanceOf(StoreError)
        const again = await world.open()
        await again.commit([put(table, ['a'], 2)])
        await seeing(see(again.watch((reader) => reader.get(table, ['a'])))).first((value) => value === 2)
        expect(seen.values).toEqual([undefined])
      })

      test('a destroyed store is empty when it is opened again, and other tabs find theirs closed', async () => {
        const { store, table } = await begin()
        const elsewhere = await world.open()
        await store.commit([put(table, ['a'], 1)])
        await elsewhere.read((reader) => reader.get(table, ['a']))
        await store.destroy()
        await expect(elsewhere.commit([put(table, ['b'], 1)])).rejects.toMatchObject({ failure: 'closed' })
        const again = await world.open()
        expect(await again.read((reader) => reader.count(table, []))).toBe(0)
      })
    })
  })
}
