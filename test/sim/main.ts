// The simulator's command: `npm run sim -- --seeds N --from K [--json] [--trace SEED]`, or `--mutants [--only NAME]` for the hunt for
// planted bugs (mutants/hunt.ts).
// Seeds that failed once (seeds.json) always run first. Two worker threads share the rest. The last line is one JSON object with
// `--json`, a sentence without. Exit code 1 when anything was violated.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { huntAll } from './mutants/hunt.ts'
import { runSeed, type SeedReport } from './run-seed.ts'
import { settingOf } from './setting.ts'

const threads = 2
/** Stories told for each seed; the rest is more of the same. */
const storiesPerSeed = 5

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    trace: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

/** Seeds that once failed. */
export const knownSeeds = (): readonly number[] => JSON.parse(readFileSync(new URL('seeds.json', import.meta.url), 'utf8')) as number[]

if (values.trace !== undefined) await tell(Number(values.trace))
else if (values.mutants) await huntAll(values.only, { seeds: Number(values.seeds ?? 2_000), from: Number(values.from) }, values.json)
else await runMany(Number(values.seeds ?? 100), Number(values.from), values.json)

async function runMany(count: number, from: number, isJson: boolean): Promise<void> {
  // The largest worlds first, so that no thread is left alone with one in the end.
  const fresh = Array.from({ length: count }, (_, i) => from + i).toSorted((a, b) => tellingsOf(b) - tellingsOf(a))
  const seeds = [...new Set([...knownSeeds(), ...fresh])]
  const startedAt = performance.now()
  const reports: SeedReport[] = []
  let next = 0
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url))
      const give = (): void => worker.postMessage(seeds[next++] ?? 'done')
      worker.on('message', (report: SeedReport) => {
        reports.push(report)
        for (const { invariant, story } of report.violations.slice(0, storiesPerSeed))
          console.log(`seed ${report.seed}: ${invariant}: ${story}`)
        // Beside the result, so that a run that is stopped still says how far it came.
        if (reports.length % 50 === 0) console.error(`${reports.length} of ${seeds.length} seeds`)
        give()
      })
      worker.on('error', reject)
      worker.on('exit', () => resolve())
      give()
    })
  await Promise.all(Array.from({ length: threads }, work))

  const bad = reports.filter((report) => report.violations.length > 0).toSorted((a, b) => a.seed - b.seed)
  const sum = (of: (report: SeedReport) => number): number => reports.reduce((total, report) => total + of(report), 0)
  const traces = reports.toSorted((a, b) => a.seed - b.seed).map((report) => report.hash)
  const result = {
    seeds: seeds.length,
    from,
    violations: sum((report) => report.violations.length),
    failed: bad.map((report) => ({
      seed: report.seed,
      violations: report.violations.slice(0, storiesPerSeed).map(({ invariant, story }) => `${invariant}: ${story.split('\n')[0]}`),
    })),
    said: sum((report) => report.said),
    deliveries: sum((report) => report.deliveries),
    steps: sum((report) => report.steps),
    virtualHours: Math.round(sum((report) => report.virtualMs) / 36_000) / 100,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    hash: createHash('sha256').update(traces.join()).digest('hex'),
  }
  console.log(
    isJson
      ? JSON.stringify(result)
      : `${result.seeds} seeds, ${bad.length} of them with violations, ${result.deliveries} deliveries of ${result.said} messages, ${result.seconds} s`,
  )
  process.exitCode = bad.length === 0 ? 0 : 1
}

/** About what a seed costs. */
function tellingsOf(seed: number): number {
  const { devices, messages, realCipher } = settingOf(seed)
  return messages * devices ** 2 * (realCipher ? 3 : 1)
}

/** One seed, step by step. */
async function tell(seed: number): Promise<void> {
  const { trace, violations, ...report } = await runSeed(seed, true)
  process.stdout.write(`${trace.join('\n')}\n`)
  for (const { at, invariant, story } of violations) console.log(`${Math.round(at)} ms: ${invariant}: ${story}`)
  console.log(JSON.stringify(report))
  process.exitCode = violations.length === 0 ? 0 : 1
}
