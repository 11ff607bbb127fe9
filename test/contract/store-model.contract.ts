// Random commands against a store and against the simplest model that could be right: an array that is sorted at every look.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Key, KeyPart, ListOptions } from '../../src/ports/store.ts'
import { put, remove, type LooseEntry, type LooseReader, type LooseWrite } from './loose-store.ts'
import type { StoreWorld } from './store.contract.ts'

type Command =
  | { readonly kind: 'commit'; readonly writes: readonly LooseWrite[]; readonly durability: 'strict' | 'relaxed' }
  | { readonly kind: 'get'; readonly table: string; readonly key: Key }
  | { readonly kind: 'list'; readonly table: string; readonly prefix: Key; readonly options: ListOptions }
  | { readonly kind: 'keys'; readonly table: string; readonly prefix: Key; readonly options: Omit<ListOptions, 'limit'> }
  | { readonly kind: 'count'; readonly table: string; readonly prefix: Key }
  | { readonly kind: 'reopen' }

export const storeAgreesWithModel = (name: string, createWorld: () => Promise<StoreWorld>, numRuns: number): void => {
  test(`${name} agrees with a sorted array over random commands`, async () => {
    const world = await createWorld()
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(commands(world.tables), { minLength: 1, maxLength: 30 }), async (run) => {
          let store = await world.open()
          await empty(store, world.tables)
          let model: Model = []
          const answers: unknown[] = []
          const expected: unknown[] = []
          for (const command of run) {
            switch (command.kind) {
              case 'commit':
                await store.commit(command.writes, command.durability)
                model = modelAfter(model, command.writes)
                break
              case 'reopen':
                await store.close()
                store = await world.open()
                break
              default:
                answers.push(await store.read((reader) => ask(reader, command)))
                expected.push(await ask(modelReader(model), command))
            }
          }
          await store.close()
          expect(answers).toEqual(expected)
        }),
        { numRuns, interruptAfterTimeLimit: 15_000 },
      )
    } finally {
      await world.dispose()
    }
  })
}

const commands = ([first, second]: readonly [string, string]): fc.Arbitrary<Command> => {
  const table = fc.constantFrom(first, second)
  const part: fc.Arbitrary<KeyPart> = fc.oneof(
    fc.constantFrom('', 'a', 'aa', 'b', '\ue000', '\u{1f986}'),
    fc.constantFrom(-1, 0, 1.5, 2, 10),
  )
  const key: fc.Arbitrary<Key> = fc.array(part, { minLength: 1, maxLength: 3 })
  const prefix: fc.Arbitrary<Key> = fc.array(part, { maxLength: 2 })
  const value = fc.oneof(
    fc.integer(),
    fc.string(),
    fc.uint8Array({ maxLength: 40 }),
    fc.record({ list: fc.array(fc.boolean()), bytes: fc.uint8Array() }),
  )
  const write: fc.Arbitrary<LooseWrite> = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(table, key, value).map(([t, k, v]) => put(t, k, v)) },
    { weight: 1, arbitrary: fc.tuple(table, key).map(([t, k]) => remove(t, k)) },
  )
  const options: fc.Arbitrary<ListOptions> = fc.record({ reverse: fc.boolean(), limit: fc.nat(5), after: key }, { requiredKeys: [] })
  const order = fc.record({ reverse: fc.boolean(), after: key }, { requiredKeys: [] })
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record<Command & { kind: 'commit' }>({
        kind: fc.constant('commit'),
        writes: fc.array(write, { maxLength: 12 }),
        durability: fc.constantFrom('strict', 'relaxed'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('get' as const), table, key }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('list' as const), table, prefix, options }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('keys' as const), table, prefix, options: order }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('count' as const), table, prefix }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  )
}

const ask = (reader: LooseReader, command: Exclude<Command, { kind: 'commit' | 'reopen' }>): Promise<unknown> => {
  switch (command.kind) {
    case 'get':
      return reader.get(command.table, command.key)
    case 'list':
      return reader.list(command.table, command.prefix, command.options)
    case 'keys':
      return reader.keys(command.table, command.prefix, command.options)
    case 'count':
      return reader.count(command.table, command.prefix)
  }
}

type Model = readonly (LooseEntry & { readonly table: string })[]

const same = (a: Key, b: Key) => a.length === b.length && a.every((part, at) => part === b[at])

/** Numbers before strings, as text that sorts by code unit: not the way in which any adapter does it. */
const rank = (part: KeyPart) => (typeof part === 'number' ? `0${String(Math.round((part + 100) * 1000)).padStart(9, '0')}` : `1${part}`)
const before = (a: Key, b: Key): number => {
  const at = a.findIndex((part, index) => index >= b.length || part !== b[index])
  if (at < 0) return a.length - b.length
  if (at >= b.length) return 1
  return rank(a[at]!) < rank(b[at]!) ? -1 : 1
}

const modelAfter = (model: Model, writes: readonly LooseWrite[]): Model =>
  writes.reduce<Model>((rows, write) => {
    const others = rows.filter((row) => row.table !== write.table || !same(row.key, write.key))
    return write.kind === 'put' ? [...others, { table: write.table, key: write.key, value: write.value }] : others
  }, model)

const modelReader = (model: Model): LooseReader => {
  const list = (table: string, prefix: Key, { reverse = false, limit = Infinity, after }: ListOptions = {}) => {
    const rows = model
      .filter((row) => row.table === table && same(row.key.slice(0, prefix.length), prefix))
      .toSorted((a, b) => before(a.key, b.key) * (reverse ? -1 : 1))
      .filter((row) => after === undefined || before(row.key, after) * (reverse ? -1 : 1) > 0)
    return rows.slice(0, Math.min(limit, rows.length)).map(({ key, value }) => ({ key, value }))
  }
  return {
    get: async (table, key) => model.find((row) => row.table === table && same(row.key, key))?.value,
    list: async (table, prefix, options) => list(table, prefix, options),
    keys: async (table, prefix, options) => list(table, prefix, options).map(({ key }) => key),
    count: async (table, prefix) => list(table, prefix).length,
  }
}

const empty = async (store: Awaited<ReturnType<StoreWorld['open']>>, tables: readonly string[]) => {
  const writes = await store.read(async (reader) => {
    const lists = await Promise.all(tables.map(async (table) => (await reader.list(table, [])).map(({ key }) => remove(table, key))))
    return lists.flat()
  })
  await store.commit(writes, 'relaxed')
}
