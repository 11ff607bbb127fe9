/**
 * An empty copy of the house: its floors and its rules, none of its furniture. A test puts one small file in and asks the compiler or
 * the linter what it thinks, in a fraction of a second and without touching the tree that others work in.
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const top = fileURLToPath(new URL('../..', import.meta.url))

export interface HouseCopy extends AsyncDisposable {
  /** Writes one file; `path` is relative to the top, such as `src/core/a.ts`. */
  put(path: string, text: string): Promise<void>
  /** Compiles one floor with `tsc -b`. The answer is what the compiler says: empty when it agrees. */
  compile(floor: string): Promise<string>
  /** Lints one file. The answer is the names of the rules that fired, such as `eslint(no-eval)`. */
  lint(path: string): Promise<string[]>
}

/** Makes a copy in the system's folder for temporary files; disposing removes it. */
export const createHouseCopy = async (): Promise<HouseCopy> => {
  const house = await mkdtemp(join(tmpdir(), 'parley-house-'))
  await copyRules(house)
  return {
    put: async (path, text) => {
      await mkdir(dirname(join(house, path)), { recursive: true })
      await writeFile(join(house, path), text)
    },
    compile: async (floor) => (await tool(house, 'typescript/bin/tsc', '-b', floor, '--pretty', 'false')).trim(),
    lint: async (path) => {
      const report = JSON.parse(await tool(house, 'oxlint/bin/oxlint', '--format', 'json', path)) as { diagnostics: { code: string }[] }
      return report.diagnostics.map(({ code }) => code)
    },
    [Symbol.asyncDispose]: () => rm(house, { recursive: true, force: true }),
  }
}

const copyRules = async (house: string): Promise<void> => {
  await cp(join(top, '.oxlintrc.json'), join(house, '.oxlintrc.json'))
  for (const room of ['src', 'bootstrap-node']) {
    for (const path of await readdir(join(top, room), { recursive: true })) {
      if (/tsconfig[^/]*\.json$/.test(path)) await cp(join(top, room, path), join(house, room, path))
    }
  }
  // Types that a floor names in its configuration. The folder itself is real, because compiled files land in it.
  await mkdir(join(house, 'node_modules'))
  for (const name of ['@types', 'vite', 'undici-types']) await symlink(join(top, 'node_modules', name), join(house, 'node_modules', name))
}

/** Runs a program of node_modules in the copy; what it prints is the answer, whatever its exit code. */
const tool = (house: string, program: string, ...words: string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(top, 'node_modules', program), ...words], { cwd: house }, (_error, out, complaint) =>
      resolve(out + complaint),
    )
  })
