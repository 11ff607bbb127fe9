// The search benchmark as it runs inside the page: the real store, the real segments, the real query.
import { createIndexedDbStore } from '../../src/adapters/store-indexeddb/indexeddb-store.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import { hlcPerMs } from '../../src/core/event/clock.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../src/core/ids.ts'
import { defaultPolicy } from '../../src/core/members/role.ts'
import { createBucketing } from '../../src/core/search/segment.ts'
import { marks, wordsOf } from '../../src/core/search/terms.ts'
import { timelineBucket } from '../../src/core/timeline/bucket.ts'
import { nothingSaid } from '../../src/core/timeline/row.ts'
import type { SearchWish } from '../../src/ports/queries.ts'
import type { Store, Write } from '../../src/ports/store.ts'
import { readSearch } from '../../src/services/queries/search.ts'
import { addSegment, mergeOnce, readManifest } from '../../src/services/search/write-segment.ts'
import { figureOf, type Figure } from './store-page.ts'

export interface SearchFigures {
  readonly messages: number
  readonly segments: number
  readonly fillSeconds: number
  readonly kinds: readonly { readonly kind: string; readonly times: Figure; readonly found: number }[]
  readonly all: Figure
}

const vocabularySize = 60_000
const conversations = 40
const people = 200
const atOnce = 4_096
const wishesOfAKind = 40

export const measure = async (messages: number): Promise<SearchFigures> => {
  const random = createSystemRandom()
  const store = await createIndexedDbStore({ name: `search-${random.bytes(4).join('')}`, vaultKey: random.bytes(32), random })
  const dice = createDice(7)
  const vocabulary = Array.from({ length: vocabularySize }, () => word(dice))
  const began = performance.now()
  await fill(store, messages, vocabulary, dice)
  const fillSeconds = Math.round((performance.now() - began) / 1_000)
  // One read over everything, as the page does at its start, is no part of a wish.
  await find(store, { text: 'warm' })
  const kinds = []
  const every: number[] = []
  for (const [kind, wish] of Object.entries(wishes)) {
    const times: number[] = []
    let found = 0
    for (let i = 0; i < wishesOfAKind; i += 1) {
      const from = performance.now()
      found += await find(store, wish(vocabulary, dice))
      times.push(performance.now() - from)
    }
    every.push(...times)
    kinds.push({ kind, times: figureOf(times), found: Math.round(found / wishesOfAKind) })
  }
  const { segments } = await readManifest(store)
  await store.destroy()
  return { messages, segments: segments.length, fillSeconds, kinds, all: figureOf(every) }
}

const find = async (store: Store, wish: SearchWish): Promise<number> =>
  (
    await store.read(
      (reader) => readSearch(reader, wish, 50),
      ['profile', 'people', 'conversations', 'chains', 'events', 'search', 'timeline'],
    )
  ).hits.length

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

const fill = async (store: Store, messages: number, vocabulary: readonly string[], dice: Dice): Promise<void> => {
  const bucketOf = createBucketing(new Uint8Array(32).fill(9))
  await store.commit([...preparations()], 'relaxed')
  for (let from = 0; from < messages; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, messages - from) }, (_, i) => message(from + i, vocabulary, dice))
    await store.commit(
      rows.map(({ conversation, row }): Write => ({
        kind: 'put',
        table: 'timeline',
        key: [conversation, timelineBucket(row.hlc), row.id],
        value: row,
      })),
      'relaxed',
    )
    await addSegment(
      { store },
      bucketOf,
      rows.map(({ conversation, row }) => ({
        conversation,
        message: row,
        words: new Set([...wordsOf(row.text), marks.conversation(conversation), marks.author(row.author), marks.month(row.wall)]),
      })),
      [],
    )
    while (await mergeOnce({ store }, async () => undefined));
    if (from % (atOnce * 10) === 0) console.log(`${from} of ${messages}`)
  }
}

function* preparations(): Generator<Write> {
  const me = id<IdentityId>('a', 0)
  const seed = new Uint8Array(32)
  yield {
    kind: 'put',
    table: 'profile',
    key: ['me'],
    value: { name: 'Alice', identity: me, identitySeed: seed, deviceSeed: seed, device: id<DeviceId>('d', 0), certificate: seed },
  }
  yield { kind: 'put', table: 'search', key: ['key'], value: { kind: 'key', key: new Uint8Array(32).fill(9) } }
  for (let n = 0; n < conversations; n += 1)
    yield {
      kind: 'put',
      table: 'conversations',
      key: [id<ConversationId>('c', n)],
      value: {
        as: 'group',
        standing: 'member',
        title: `Group ${n}`,
        people: [],
        names: [],
        policy: defaultPolicy,
        membersHeads: [],
        contentHeads: [],
        readHlc: 0,
        unread: 0,
        at: 0,
      },
    }
}

const message = (n: number, vocabulary: readonly string[], dice: Dice) => {
  const text = Array.from({ length: 3 + Math.floor(dice() * 16) }, () => vocabulary[zipf(dice)]).join(' ')
  const row = {
    kind: 'message',
    id: id<EventId>('e', n),
    hlc: at(n) * hlcPerMs,
    author: id<IdentityId>('a', Math.floor(dice() * people)),
    device: id<DeviceId>('d', 1),
    seq: n + 1,
    wall: at(n),
    text,
    replyTo: null,
    late: false,
    about: nothingSaid,
  } as const
  return { conversation: id<ConversationId>('c', Math.floor(dice() ** 2 * conversations)), row }
}

type Make = (vocabulary: readonly string[], dice: Dice) => SearchWish
const pick = (vocabulary: readonly string[], dice: Dice, from: number, to: number): string =>
  vocabulary[from + Math.floor(dice() * (to - from))] ?? ''
const wishes: Readonly<Record<string, Make>> = {
  'a common word': (v, d) => ({ text: pick(v, d, 0, 50) }),
  'a usual word': (v, d) => ({ text: pick(v, d, 500, 3_000) }),
  'a rare word': (v, d) => ({ text: pick(v, d, 30_000, vocabularySize) }),
  'the beginning of a word': (v, d) => ({ text: pick(v, d, 500, 10_000).slice(0, 3) }),
  'two usual words': (v, d) => ({ text: `${pick(v, d, 100, 1_000)} ${pick(v, d, 100, 1_000)}` }),
  'a usual word by one person': (v, d) => ({ text: pick(v, d, 50, 500), person: id<IdentityId>('a', Math.floor(d() * people)) }),
  'a usual word in one conversation': (v, d) => ({ text: pick(v, d, 50, 500), conversation: id<ConversationId>('c', 30) }),
  'what nobody said': (v, d) => ({ text: `${pick(v, d, 500, 3_000)}qqq` }),
}
