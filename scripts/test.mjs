/**
 * `npm test`: types, lint, unit, property, contract, simulation, component and end-to-end, one after the other.
 *
 * The last line is `N passed, N failed` over all of them; types, lint and the simulator's run of 40 seeds count as one each. A skipped
 * test, a part that ends without a result and a part that is out of time count as failed, so that green means that all of it ran.
 * What failed stands once more right before the last line, for whoever sees only the end of a long record.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { buildPage } from './lib/build-page.mjs'
import { checks } from './lib/checks.mjs'
import { preferHeadlessShell } from './lib/chromium.mjs'
import { ensureFirefox } from './lib/firefox.mjs'
import { isInterrupted, programOf, ready, run } from './lib/ready.mjs'
import { command, Stop } from './lib/stop.mjs'

/** All parts together, in milliseconds: the promise is 30 minutes on 2 cores, with a minute left for cleaning up. */
const longestMs = 29 * 60_000

await command(async () => {
  const node = ready()
  preferHeadlessShell()
  ensureFirefox()
  const deadline = AbortSignal.timeout(longestMs)
  const results = mkdtempSync(join(tmpdir(), 'parley-test-'))
  const { types, lint } = checks()

  const one = async (/** @type {string[]} */ words) =>
    (await run(node, words, { deadline })) === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: ['It ended with an error.'] }
  const project = async (/** @type {string} */ name) => {
    const file = join(results, `${name}.json`)
    const words = [programOf('vitest'), 'run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    return countOf(file, await run(node, words, { deadline }))
  }
  /** @type {[string, () => Promise<Outcome>][]} */
  const parts = [
    ['types', () => one(types)],
    ['lint', () => one(lint)],
    ['unit, property and contract', () => project('node')],
    ['simulation', () => one(['test/sim/main.ts', '--seeds', '40', '--from', '1'])],
    ['components and contracts in Chromium', () => project('browser')],
    ['page', () => buildPage(node).then(() => ({ passed: 1, failures: [] }))],
    ['end to end', () => project('e2e')],
  ]

  let allPassed = 0
  /** @type {string[]} */
  const allFailures = []
  try {
    for (const [index, [name, part]] of parts.entries()) {
      console.log(`\n[${index + 1}/${parts.length}] ${name}`)
      const from = performance.now()
      const { passed, failures } = deadline.aborted ? { passed: 0, failures: ['There was no time left.'] } : await part().catch(brokenOff)
      if (isInterrupted()) throw new Stop('Stopped before the end.')
      allPassed += passed
      allFailures.push(...failures.map((failure) => `${name}: ${failure}`))
      const seconds = ((performance.now() - from) / 1000).toFixed(1)
      console.log(`[${index + 1}/${parts.length}] ${name}: ${passed} passed, ${failures.length} failed, ${seconds} s`)
    }
  } finally {
    rmSync(results, { recursive: true, force: true })
  }
  if (deadline.aborted) console.log(`\nOut of time after ${longestMs / 60_000} minutes.`)
  if (allFailures.length > 0) console.log(`\nWhat failed:\n${allFailures.join('\n')}`)
  console.log(`\n${allPassed} passed, ${allFailures.length} failed`)
  return allFailures.length === 0 ? 0 : 1
})

/**
 * What came of a part: each failure in words, one or a few lines.
 * @typedef {{ passed: number, failures: string[] }} Outcome
 */

/** @param {Error} error @returns {Outcome} */
function brokenOff(error) {
  console.error(error.message)
  return { passed: 0, failures: [error.message] }
}

/**
 * Reads a vitest report. A file that could not be loaded has no tests in it, and an error outside of any test fails none: each counts
 * as one failure, so that the count and the exit code always agree.
 * @param {string} file @param {number} code @returns {Outcome}
 */
function countOf(file, code) {
  /** @type {{ testResults: { name: string, status: string, message: string, assertionResults: TestResult[] }[] }} */
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failures: ['It ended without a report.'] }
  }
  const tests = report.testResults.flatMap((suite) => suite.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  const failures = [
    ...tests.filter((test) => test.status !== 'passed').map((test) => `${test.fullName} (${test.status})${said(test.failureMessages)}`),
    ...report.testResults
      .filter((suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'))
      .map((suite) => `${suite.name} could not be loaded${said([suite.message])}`),
  ]
  if (failures.length === 0 && code !== 0) failures.push('An error outside of any test.')
  if (failures.length === 0 && passed === 0) failures.push('There was no test.')
  return { passed, failures }
}

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: (string | null)[] | null }} TestResult
 */

/**
 * The beginning of what a test said when it failed: the error and where it was thrown, at most six lines of 300 characters.
 * @param {TestResult['failureMessages']} messages
 */
function said(messages) {
  return (messages ?? [])
    .flatMap((message) => stripVTControlCharacters(message ?? '').split('\n'))
    .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
    .slice(0, 6)
    .map((line) => `\n    ${line.trim().slice(0, 300)}`)
    .join('')
}
