// Runs on a page of the sources at the same address as the real page before: many messages into the one conversation that is there, through
// the real store under the real vault key, as rows of people who talked for months.
import { createIndexedDbStore } from '../../src/adapters/store-indexeddb/indexeddb-store.ts'
import { createWebCryptoKeyVault } from '../../src/adapters/key-vault-webcrypto/webcrypto-key-vault.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import { hlcPerMs } from '../../src/core/event/clock.ts'
import { lanes } from '../../src/core/event/event.ts'
import { eventId, type EventId, type IdentityId } from '../../src/core/ids.ts'
import { timelineBucket } from '../../src/core/timeline/bucket.ts'
import { nothingSaid, type MessageRow } from '../../src/core/timeline/row.ts'
import type { Write } from '../../src/ports/store.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'

/** Milliseconds from one message to the next: some are said in a run, most are not. */
const apart = [20_000, 5_000, 240_000, 60_000, 900_000]
const perCommit = 2_000

/** Writes so many, the last of them a minute old; all are read. */
export const fill = async (messages: number): Promise<void> => {
  const random = createSystemRandom()
  const vaultKey = await createWebCryptoKeyVault({ name: 'parley-vault', random }).unlock()
  if (typeof vaultKey === 'string') throw new Error(vaultKey)
  const store = await createIndexedDbStore({ name: 'parley', vaultKey, random })
  const { profile, conversation, record } = await store.read(async (reader) => {
    const [first] = await reader.list('conversations', [])
    const found = await reader.get('profile', ['me'])
    if (first === undefined || found === undefined) throw new Error('there is no conversation')
    return { profile: found, conversation: first.key[0], record: first.value }
  })
  const rows: MessageRow[] = []
  let wall = Date.now() - 60_000
  for (let n = messages - 1; n >= 0; n -= 1) {
    rows.push(rowOf(n, wall, eventId(random.bytes(32)), profile))
    wall -= apart[n % apart.length] ?? 0
  }
  rows.reverse()
  for (let from = 0; from < messages; from += perCommit) {
    const writes = rows.slice(from, from + perCommit).flatMap((row): readonly Write[] => [
      { kind: 'put', table: 'timeline', key: [conversation, timelineBucket(row.hlc), row.id], value: row },
      {
        kind: 'put',
        table: 'places',
        key: [conversation, row.id],
        value: { lane: lanes.content, device: row.device, seq: row.seq, hlc: row.hlc },
      },
    ])
    await store.commit(writes, 'relaxed')
  }
  const last = rows.at(-1)
  if (last === undefined) return store.close()
  const value = { ...record, at: last.wall, readHlc: last.hlc, unread: 0, last: { author: last.author, text: last.text, hlc: last.hlc } }
  await store.commit([{ kind: 'put', table: 'conversations', key: [conversation], value }])
  await store.close()
}

const texts = [
  'Yes, tomorrow at seven.',
  'I will bring the bread, and whoever comes first opens the windows: it was warm in there last time.',
  'Look at https://example.org/garden, that is the one that I meant.',
  '👍',
  'What about **Thursday**? Then Carol is back, and we need somebody who can `count`.',
  'No.\nOr rather: not before the rain has stopped.',
  'It says that the train leaves at ten past eight, so let us meet at the station at eight and have a coffee before.',
]

const rowOf = (n: number, wall: number, id: EventId, { identity, device }: ProfileRecord): MessageRow => ({
  kind: 'message',
  id,
  hlc: wall * hlcPerMs,
  author: n % 3 === 0 ? identity : (`${n % 2}`.repeat(64) as IdentityId),
  device,
  seq: n + 1,
  wall,
  text: `${texts[n % texts.length] ?? ''} [${n}]`,
  replyTo: null,
  late: false,
  about: n % 9 === 0 ? { ...nothingSaid, reactions: [{ id, hlc: wall * hlcPerMs + 1, by: identity, emoji: '❤️', on: true }] } : nothingSaid,
})
