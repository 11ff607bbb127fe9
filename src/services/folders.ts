// Folders: conversations under names of the person's own, on this device alone. A conversation can be in several.
import { toHex } from '../core/ids.ts'
import { cleanName } from '../core/names.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem, FolderWish } from '../ports/commands.ts'
import type { Write } from '../ports/store.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

type Kept = Pick<Session, 'store' | 'random'>

export const saveFolder = async ({ store, random }: Kept, wish: FolderWish): Promise<Result<string, CommandProblem>> => {
  const all = await store.read((reader) => reader.list('folders', []))
  const known = all.find(({ key }) => key[0] === wish.id)?.value
  if (wish.id !== undefined && known === undefined) return problem('gone')
  const name = wish.name === undefined ? (known?.name ?? '') : cleanName(wish.name)
  if (name === '') return problem('bad-name')
  const id = wish.id ?? toHex(random.bytes(8))
  const conversations = [...new Set(wish.conversations ?? known?.conversations ?? [])]
  const place = known?.place ?? 1 + Math.max(-1, ...all.map(({ value }) => value.place))
  await store.commit([{ kind: 'put', table: 'folders', key: [id], value: { name, place, conversations } }])
  return ok(id)
}

export const removeFolder = async ({ store }: Kept, id: string): Promise<Result<void, CommandProblem>> => {
  await store.commit([{ kind: 'delete', table: 'folders', key: [id] }])
  return ok(undefined)
}

export const orderFolders = async ({ store }: Kept, ids: readonly string[]): Promise<Result<void, CommandProblem>> => {
  const rank = (id: string): number => (ids.includes(id) ? ids.indexOf(id) : ids.length)
  const all = (await store.read((reader) => reader.list('folders', []))).toSorted(
    (a, b) => rank(a.key[0]) - rank(b.key[0]) || a.value.place - b.value.place,
  )
  await store.commit(all.map(({ key, value }, place): Write => ({ kind: 'put', table: 'folders', key, value: { ...value, place } })))
  return ok(undefined)
}
