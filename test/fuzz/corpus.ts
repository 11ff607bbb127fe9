// Inputs that once broke a promise, as files: `<decoder>.<first digits of the hash>.bin`. They stay for ever.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { targets, type Target } from './targets.ts'

const folder = new URL('corpus/', import.meta.url)

export const readCorpus = (): readonly { readonly file: string; readonly target: Target; readonly bytes: Uint8Array }[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.bin'))
    .map((file) => {
      const target = targets.find(({ name }) => name === file.split('.')[0])
      if (target === undefined) throw new Error(`no decoder for ${file}`)
      return { file, target, bytes: new Uint8Array(readFileSync(new URL(file, folder))) }
    })

/** Keeps an input; says under which name. */
export const keep = (target: string, bytes: Uint8Array): string => {
  mkdirSync(folder, { recursive: true })
  const file = `${target}.${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.bin`
  writeFileSync(new URL(file, folder), bytes)
  return file
}
