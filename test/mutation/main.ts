// Mutation testing of the core (Stryker): `npm run mutation -- FOLDER...`, or one file of a folder. Every operator, constant and branch of a folder of src/core is
// changed, one at a time, and the tests in test/core must notice. Says each change that none noticed; the last line is the score.
// Minutes a folder, so it is no part of `npm test`.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'

/** What a name covers where it is more than the folder: the form of events is spread over two. */
const folders: Readonly<Record<string, readonly string[]>> = { codec: ['codec', 'event'] }

/** Which tests of test/core are tried; other folders are held by all of them. Those of what stands on a folder would notice more, and take many times as long. */
const testsByName: Readonly<Record<string, readonly string[]>> = {
  codec: ['codec', 'event'],
  event: ['codec', 'event'],
  members: ['members'],
}

const names = process.argv.slice(2).filter((word) => !word.startsWith('-'))
if (names.length === 0) throw new Error('which folder or file of src/core? As in: npm run mutation -- log')

const tests = names.map((name) => testsByName[name.split('/')[0] ?? ''] ?? ['**'])
// Read by vitest.config.ts, in programs of their own.
process.env['PARLEY_MUTATION_TESTS'] = [...new Set(tests.flat())].join()

const mutate = names.flatMap((name) => folders[name] ?? [name]).map((path) => `src/core/${path}${path.endsWith('.ts') ? '' : '/**/*.ts'}`)
const results = await new Stryker({
  mutate,
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  coverageAnalysis: 'perTest',
  // Constants of a module are made once, before any test; changing them would need a run of everything for each.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 60_000,
  // TypeScript 7 has no interface to rewrite a tsconfig.json with; a copy without one is as good, since types are only taken off.
  tsconfigFile: 'none',
  // Beside the project, so that nothing else of it sees the copies.
  tempDirName: join(tmpdir(), `parley-mutation-${process.pid}`),
  allowConsoleColors: false,
}).runMutationTest()

const counted = results.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
const killed = counted.filter(({ status }) => status === 'Killed' || status === 'Timeout')
const score = Math.round((killed.length / counted.length) * 1_000) / 10
console.log(`${names.join(', ')}: ${killed.length} of ${counted.length} changes noticed, ${score} %`)
