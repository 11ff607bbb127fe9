// The fuzzer's command: `npm run fuzz -- --inputs N [--from SEED] [--json]`.
// The corpus runs first, then N inputs on two worker threads. Failures are kept as files in corpus/ and told on standard error. The last
// line is one JSON object with `--json`, a sentence without. Exit code 1 when a promise was broken.
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { keep, readCorpus } from './corpus.ts'
import { tryOne, type Failure, type Report } from './run.ts'

const threads = 2
const batch = 2_000
/** Kept of one decoder in one run: the hundredth of a kind says nothing new. */
const mostKept = 5

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    from: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const [inputs, seed] = [Number(values.inputs), Number(values.from)]
if (!Number.isSafeInteger(inputs) || inputs < 0 || !Number.isSafeInteger(seed))
  throw new RangeError('--inputs and --from are whole numbers')

const startedAt = performance.now()
const reports: Report[] = []
let next = 0

const work = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url))
    const give = (): void => {
      const from = next
      next += batch
      worker.postMessage(from < inputs ? { seed, from, count: Math.min(batch, inputs - from) } : 'done')
    }
    worker.on('message', (report: Report) => {
      reports.push(report)
      if (!values.json && reports.length % 50 === 0) console.log(`${reports.length * batch} of ${inputs} inputs`)
      give()
    })
    worker.on('error', reject)
    worker.on('exit', () => resolve())
    give()
  })

const corpus = readCorpus()
const old = corpus.flatMap(({ file, target, bytes }): readonly Failure[] => {
  const { why } = tryOne(target, bytes)
  return why === undefined ? [] : [{ target: target.name, seed: 0, input: 0, why: `${file}: ${why}`, bytes }]
})
await Promise.all(Array.from({ length: threads }, work))

const failures = [...old, ...reports.flatMap((report) => report.failures)]
for (const [target, found] of Map.groupBy(failures, (failure) => failure.target)) {
  for (const failure of found.slice(0, mostKept)) {
    console.error(`${target}, seed ${failure.seed}, input ${failure.input}, kept as ${keep(target, failure.bytes)}\n${failure.why}`)
  }
}

const decoders: Record<string, Record<string, number>> = {}
for (const report of reports) {
  for (const [name, counts] of Object.entries(report.byDecoder)) {
    const sums = (decoders[name] ??= {})
    for (const [reached, count] of Object.entries(counts)) sums[reached] = (sums[reached] ?? 0) + count
  }
}
const most = (of: (report: Report) => number): number => reports.reduce((best, report) => Math.max(best, of(report)), 0)
const seconds = (performance.now() - startedAt) / 1_000
const result = {
  inputs: reports.reduce((sum, report) => sum + report.inputs, 0),
  from: seed,
  corpus: corpus.length,
  thrown: Object.values(decoders).reduce((sum, counts) => sum + (counts['thrown'] ?? 0), 0) + old.length,
  violations: failures.length,
  slowestMs: Math.round(most((report) => report.slowestMs) * 100) / 100,
  peakHeapMb: Math.round(most((report) => report.peakBytes) / 10_486) / 100,
  seconds: Math.round(seconds * 10) / 10,
  decoders,
}
console.log(
  values.json
    ? JSON.stringify(result)
    : `${result.inputs} inputs and ${result.corpus} of the corpus, ${result.violations} violations, slowest ${result.slowestMs} ms, ${result.seconds} s`,
)
process.exitCode = failures.length === 0 ? 0 : 1
