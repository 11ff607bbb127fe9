// All styles of the page's elements, for rules that hold everywhere.
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'

/** What `look` finds in the CSS of each file, with the file's name before it. */
export const inAllStyles = async (look: (css: string) => readonly string[]): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const file of glob('src/ui/**/*.ts', { cwd: new URL('../..', import.meta.url) }))
    for (const css of readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').match(/css`[^`]*`/g) ?? [])
      found.push(...look(css).map((rule) => `${file}: ${rule}`))
  return found
}
