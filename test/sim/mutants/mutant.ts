// A planted bug: one small change to one source file, as somebody in a hurry would make it. Nothing of it stands in `src`: the change is
// made while a thread of the simulator loads the file.
import { readFileSync } from 'node:fs'

export interface Mutant {
  /** As `--only` takes it. */
  readonly name: string
  /** What a device does that has the bug. */
  readonly does: string
  /** From `src/`. */
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
}

export const fileOf = (mutant: Mutant): URL => new URL(`../../../src/${mutant.file}`, import.meta.url)

/** The source of its file with the bug in it. Throws when the bug does not fit there any more. */
export const planted = (mutant: Mutant): string => {
  const source = readFileSync(fileOf(mutant), 'utf8')
  const count = source.split(mutant.find).length - 1
  if (count !== 1) throw new Error(`'${mutant.name}' fits ${mutant.file} in ${count} places instead of one`)
  // As a function, since `$` in a replacement would mean something.
  return source.replace(mutant.find, () => mutant.replace)
}
