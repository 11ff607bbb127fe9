// Texts that the person here writes again and again. Nobody else learns of them before they are sent.
import { maxTextBytes } from '../core/limits.ts'
import { utf8Length } from '../core/codec/bytes.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { StoreReader } from '../ports/store.ts'
import type { TemplateView } from '../ports/queries.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

/** Texts that are kept at most. */
const mostKept = 100

export const saveTemplate = async ({ store }: Pick<Session, 'store'>, text: string): Promise<Result<void, CommandProblem>> => {
  if (text.trim() === '') return problem('empty')
  const kept = await store.read((reader) => reader.list('templates', []), ['templates'])
  if (utf8Length(text) > maxTextBytes || kept.length >= mostKept) return problem('too-long')
  await store.commit([{ kind: 'put', table: 'templates', key: [(kept.at(-1)?.key[0] ?? 0) + 1], value: { text } }])
  return ok(undefined)
}

export const removeTemplate = async ({ store }: Pick<Session, 'store'>, n: number): Promise<Result<void, CommandProblem>> => {
  await store.commit([{ kind: 'delete', table: 'templates', key: [n] }])
  return ok(undefined)
}

/** In the order in which they were kept. */
export const readTemplates = async (reader: StoreReader): Promise<readonly TemplateView[]> =>
  (await reader.list('templates', [])).map(({ key: [n], value: { text } }) => ({ n, text }))
