// The search benchmark as it runs at the address of the real page, over its database: the real store under the real vault key, the real
// segments, the real query. What it writes into the conversations that are there is left for the page.
import { createIndexedDbStore } from '../../src/adapters/store-indexeddb/indexeddb-store.ts'
import { createWebCryptoKeyVault } from '../../src/adapters/key-vault-webcrypto/webcrypto-key-vault.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import { hlcPerMs } from '../../src/core/event/clock.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../src/core/ids.ts'
import { createBucketing } from '../../src/core/search/segment.ts'
import { marks, wordsOf } from '../../src/core/search/terms.ts'
import { timelineBucket } from '../../src/core/timeline/bucket.ts'
import { nothingSaid, type MessageRow } from '../../src/core/timeline/row.ts'
import type { SearchWish } from '../../src/ports/queries.ts'
import type { Entry, Key, Store, StoreReader, Write } from '../../src/ports/store.ts'
import { readSearch } from '../../src/services/queries/search.ts'
import { createKnownParts } from '../../src/services/search/known-parts.ts'
import { addSegment, mergeOnce, readManifest } from '../../src/services/search/write-segment.ts'
import { figureOf, type Figure } from './store-page.ts'

export interface FindingFigures {
  readonly messages: number
  readonly segments: number
  readonly fillSeconds: number
  /** Raw: what was read for a wish, read again from the database in one go and not deciphered. */
  readonly kinds: readonly { readonly kind: string; readonly times: Figure; readonly raw: Figure; readonly found: number }[]
  readonly all: Figure
  readonly allRaw: Figure
}

const vocabularySize = 60_000
const people = 200
const atOnce = 4_096
const wishesOfAKind = 40
/** What a page shows of what was found. */
const pageOfHits = 30

export const measure = async (messages: number): Promise<FindingFigures> => {
  const random = createSystemRandom()
  const vaultKey = await createWebCryptoKeyVault({ name: 'parley-vault', random }).unlock()
  if (typeof vaultKey === 'string') throw new Error(vaultKey)
  const options = { name: 'parley', vaultKey, random }
  const filled = await createIndexedDbStore(options)
  const dice = createDice(7)
  const vocabulary = Array.from({ length: vocabularySize }, () => word(dice))
  const groups = (await filled.read((reader) => reader.list('conversations', []))).toSorted((a, b) =>
    a.value.title < b.value.title ? -1 : 1,
  )
  const conversations = groups.map(({ key: [conversation] }) => conversation)
  const began = performance.now()
  await fill(filled, messages, { vocabulary, dice, conversations })
  await setTaken(filled, groups)
  for (const [n, group] of groups.entries()) await endWith(filled, group, messages + n)
  const fillSeconds = Math.round((performance.now() - began) / 1_000)
  await filled.close()
  // A page that is opened again: nothing that was written is still at hand.
  const store = await createIndexedDbStore(options)
  const bare = await openBare(options.name)
  // One read over everything, as the page does at its start, is no part of a wish.
  await find(store, { text: 'warm' })
  const kinds = []
  const [every, everyRaw]: [number[], number[]] = [[], []]
  for (const [kind, wish] of Object.entries(wishes)) {
    const [times, raw]: [number[], number[]] = [[], []]
    let found = 0
    for (let i = 0; i < wishesOfAKind; i += 1) {
      const looks: Look[] = []
      const wanted = wish({ vocabulary, dice, conversations })
      const from = performance.now()
      found += await find(store, wanted, looks)
      const between = performance.now()
      await readBare(bare, looks)
      times.push(between - from)
      raw.push(performance.now() - between)
    }
    every.push(...times)
    everyRaw.push(...raw)
    kinds.push({ kind, times: figureOf(times), raw: figureOf(raw), found: Math.round(found / wishesOfAKind) })
  }
  const { segments } = await readManifest(store)
  bare.close()
  await store.close()
  const [all, allRaw] = [figureOf(every), figureOf(everyRaw)]
  return { messages, segments: segments.length, fillSeconds, kinds, all, allRaw }
}

/** One key, or all that begin with it. */
interface Look {
  readonly table: string
  readonly key: Key
  readonly isWhole: boolean
}

/** As one tab holds them from search to search. */
const parts = createKnownParts()
const find = async (store: Store, wish: SearchWish, looks: Look[] = []): Promise<number> =>
  (
    await store.read(
      (reader) => readSearch(watched(reader, looks), wish, pageOfHits, parts),
      ['profile', 'people', 'conversations', 'chains', 'events', 'fading', 'search', 'timeline'],
    )
  ).hits.length

const watched = (reader: StoreReader, looks: Look[]): StoreReader => ({
  ...reader,
  get: (table, key) => {
    looks.push({ table, key, isWhole: true })
    return reader.get(table, key)
  },
  list: (table, prefix, options) => {
    looks.push({ table, key: prefix, isWhole: false })
    return reader.list(table, prefix, options)
  },
})

const openBare = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')))
  })

const readBare = async (bare: IDBDatabase, looks: readonly Look[]): Promise<void> => {
  const transaction = bare.transaction([...new Set(looks.map(({ table }) => table))])
  const requests = looks.map(({ table, key, isWhole }): IDBRequest => {
    const rows = transaction.objectStore(table)
    if (isWhole) return rows.get(key as IDBValidKey)
    return rows.getAll(key.length === 0 ? undefined : IDBKeyRange.bound(key, [...key, []]))
  })
  await Promise.all(
    requests.map(
      (request) =>
        new Promise<void>((resolve, reject) => {
          request.addEventListener('success', () => resolve())
          request.addEventListener('error', () => reject(request.error ?? new Error('failed')))
        }),
    ),
  )
}

type Dice = () => number

/** mulberry32: the same language and the same messages in every run. */
const createDice = (seed: number): Dice => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const syllables = 'ba co di fen gu hal in jo ka lem mo nar os pe qui ra sun ti ul ven wo xa ye zor the an er st'.split(' ')
const word = (dice: Dice): string =>
  Array.from({ length: 1 + Math.floor(dice() * 4) }, () => syllables[Math.floor(dice() * syllables.length)]).join('')
/** The n-th most frequent word comes with a frequency of about 1/n. */
const zipf = (dice: Dice): number => Math.min(vocabularySize - 1, Math.floor(vocabularySize ** dice()) - 1)
const id = <T extends string>(kind: string, n: number): T => `${kind}${n.toString(16).padStart(9, '0')}`.padEnd(64, '0') as T
const at = (n: number): number => 1_700_000_000_000 + n * 40_000

interface Talk {
  readonly vocabulary: readonly string[]
  readonly dice: Dice
  readonly conversations: readonly ConversationId[]
}

const fill = async (store: Store, messages: number, talk: Talk): Promise<void> => {
  const key = createSystemRandom().bytes(32)
  const bucketing = createBucketing(key)
  await store.commit([
    { kind: 'put', table: 'search', key: ['key'], value: { kind: 'key', key } },
    // Nothing of it is in the chains.
    ...talk.conversations.map((id): Write => ({
      kind: 'put',
      table: 'search',
      key: ['have', id],
      value: { kind: 'have', have: [], heads: [] },
    })),
  ])
  for (let from = 0; from < messages; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, messages - from) }, (_, i) => message(from + i, talk))
    await store.commit(
      rows.map(({ conversation, row }) => rowWrite(conversation, row)),
      'relaxed',
    )
    await addSegment(
      { store },
      bucketing,
      rows.map(({ conversation, row }) => ({
        conversation,
        message: row,
        words: new Set([...wordsOf(row.text), marks.conversation(conversation), marks.author(row.author)]),
      })),
      [],
    )
    while (await mergeOnce({ store }, async () => undefined));
  }
}

/** As if all that is in the chains were in the index; what was filled in is in no chain. */
const setTaken = (store: Store, groups: readonly Entry<'conversations'>[]): Promise<void> =>
  store.commit(
    groups.map(({ key: [id], value: { contentHeads } }): Write => ({
      kind: 'put',
      table: 'search',
      key: ['have', id],
      value: { kind: 'have', have: contentHeads.map(({ device, seq }) => [device, seq]), heads: contentHeads.map((head) => head.id) },
    })),
  )

const rowWrite = (conversation: ConversationId, row: MessageRow): Write => ({
  kind: 'put',
  table: 'timeline',
  key: [conversation, timelineBucket(row.hlc), row.id],
  value: row,
})

/** The last words of a conversation, by which it is known when they are on the screen; all of it is read. */
const endWith = (store: Store, { key, value }: Entry<'conversations'>, n: number): Promise<void> => {
  const row = rowOf(n, `So much for that [${value.title}]`, id<IdentityId>('a', 0))
  const last = { author: row.author, text: row.text, hlc: row.hlc }
  return store.commit([
    rowWrite(key[0], row),
    { kind: 'put', table: 'conversations', key, value: { ...value, at: row.wall, readHlc: row.hlc, unread: 0, last } },
  ])
}

const rowOf = (n: number, text: string, author: IdentityId): MessageRow => ({
  kind: 'message',
  id: id<EventId>('e', n),
  hlc: at(n) * hlcPerMs,
  author,
  device: id<DeviceId>('d', 1),
  seq: n + 1,
  wall: at(n),
  text,
  replyTo: null,
  late: false,
  about: nothingSaid,
})

const message = (n: number, { vocabulary, dice, conversations }: Talk) => {
  const text = Array.from({ length: 3 + Math.floor(dice() * 16) }, () => vocabulary[zipf(dice)]).join(' ')
  const row = rowOf(n, text, id<IdentityId>('a', Math.floor(dice() * people)))
  const conversation = conversations[Math.floor(dice() ** 2 * conversations.length)]
  if (conversation === undefined) throw new Error('there is no conversation')
  return { conversation, row }
}

/** A word between two places in the order of how often they are said. */
const pick = ({ vocabulary, dice }: Talk, from: number, to: number): string => vocabulary[from + Math.floor(dice() * (to - from))] ?? ''
const monthMs = 30 * 86_400_000
const wishes: Readonly<Record<string, (talk: Talk) => SearchWish>> = {
  'a common word': (talk) => ({ text: pick(talk, 0, 50) }),
  'a usual word': (talk) => ({ text: pick(talk, 500, 3_000) }),
  'a rare word': (talk) => ({ text: pick(talk, 30_000, vocabularySize) }),
  'the beginning of a word': (talk) => ({ text: pick(talk, 500, 10_000).slice(0, 3) }),
  'two letters': (talk) => ({ text: pick(talk, 500, 10_000).slice(0, 2) }),
  'two usual words': (talk) => ({ text: `${pick(talk, 100, 1_000)} ${pick(talk, 100, 1_000)}` }),
  'a usual word by one person': (talk) => ({ text: pick(talk, 50, 500), people: [id<IdentityId>('a', Math.floor(talk.dice() * people))] }),
  'a usual word in one conversation': (talk) => {
    const conversation = talk.conversations[Math.floor(talk.conversations.length * 0.75)]
    return { text: pick(talk, 50, 500), ...(conversation === undefined ? {} : { conversation }) }
  },
  'a usual word of one month': (talk) => {
    const after = at(0) + Math.floor(talk.dice() * 12) * monthMs
    return { text: pick(talk, 50, 500), after, before: after + monthMs }
  },
  'what nobody said': (talk) => ({ text: `${pick(talk, 500, 3_000)}qqq` }),
}
