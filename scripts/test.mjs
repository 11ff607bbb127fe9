/**
 * `npm test`: types, lint, unit, property, contract, simulation, component and end-to-end, one after the other.
 *
 * The last line is `N passed, N failed` over all of them; types, lint and the simulator's run of 500 seeds count as one each. A skipped
 * test, a part that ends without a result and a part that is out of time count as failed, so that green means that all of it ran.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage } from './lib/build-page.mjs'
import { checks } from './lib/checks.mjs'
import { ensureChromium } from './lib/chromium.mjs'
import { ensureFirefox } from './lib/firefox.mjs'
import { isInterrupted, programOf, ready, run } from './lib/ready.mjs'
import { command, Stop } from './lib/stop.mjs'

/** All parts together, in milliseconds: the promise is 30 minutes on 2 cores, with a minute left for cleaning up. */
const longestMs = 29 * 60_000

await command(async () => {
  const node = ready()
  ensureChromium()
  ensureFirefox()
  const deadline = AbortSignal.timeout(longestMs)
  const results = mkdtempSync(join(tmpdir(), 'parley-test-'))
  const { types, lint } = checks()

  const one = async (/** @type {string[]} */ words) =>
    (await run(node, words, { deadline })) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const project = async (/** @type {string} */ name) => {
    const file = join(results, `${name}.json`)
    const words = [programOf('vitest'), 'run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    return countOf(file, await run(node, words, { deadline }))
  }
  /** @type {[string, () => Promise<{ passed: number, failed: number }>][]} */
  const parts = [
    ['types', () => one(types)],
    ['lint', () => one(lint)],
    ['unit, property and contract', () => project('node')],
    ['simulation', () => one(['test/sim/main.ts', '--seeds', '500', '--from', '1'])],
    ['components and contracts in Chromium', () => project('browser')],
    ['page', () => buildPage(node).then(() => ({ passed: 1, failed: 0 }))],
    ['end to end', () => project('e2e')],
  ]

  const total = { passed: 0, failed: 0 }
  try {
    for (const [index, [name, part]] of parts.entries()) {
      console.log(`\n[${index + 1}/${parts.length}] ${name}`)
      const from = performance.now()
      const { passed, failed } = deadline.aborted ? { passed: 0, failed: 1 } : await part().catch(failure)
      if (isInterrupted()) throw new Stop('Stopped before the end.')
      total.passed += passed
      total.failed += failed
      console.log(
        `[${index + 1}/${parts.length}] ${name}: ${passed} passed, ${failed} failed, ${((performance.now() - from) / 1000).toFixed(1)} s`,
      )
    }
  } finally {
    rmSync(results, { recursive: true, force: true })
  }
  if (deadline.aborted) console.log(`\nOut of time after ${longestMs / 60_000} minutes.`)
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 ? 0 : 1
})

/** @param {Error} error */
function failure(error) {
  console.error(error.message)
  return { passed: 0, failed: 1 }
}

/**
 * Reads a vitest report. A file that could not be loaded has no tests in it, and an error outside of any test fails none: each counts
 * as one failure, so that the count and the exit code always agree.
 * @param {string} file @param {number} code
 */
function countOf(file, code) {
  /** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1 }
  }
  const tests = report.testResults.flatMap((suite) => suite.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  const unloaded = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failed = tests.length - passed + unloaded
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed }
}
