// Writes the frozen vectors anew: `node test/core/vectors/make.ts`. Only after a deliberate change of a format.
import { writeFileSync } from 'node:fs'
import { vectors } from './all.ts'

for (const [name, vector] of Object.entries(vectors)) {
  writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify(vector, undefined, 2)}\n`)
}
