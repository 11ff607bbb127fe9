// The fuzzer's command: `npm run fuzz -- --inputs N [--only DECODER,...] [--from SEED] [--json]`.
// The corpus runs first, then N inputs for each decoder, on two worker threads. Failures are kept as files in corpus/ and told on standard
// error. The last line is one JSON object with `--json`, a sentence without. Exit code 1 when a promise was broken.
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { keep, readCorpus } from './corpus.ts'
import { tryOne, type Failure, type Range, type Report } from './run.ts'
import { targetCalled, targets } from './targets.ts'

const threads = 2
const batch = 2_000
/** Kept of one decoder in one run: the hundredth of a kind says nothing new. */
const mostKept = 5

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '10000' },
    only: { type: 'string' },
    from: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const [inputs, seed] = [Number(values.inputs), Number(values.from)]
if (!Number.isSafeInteger(inputs) || inputs < 0 || !Number.isSafeInteger(seed))
  throw new RangeError('--inputs and --from are whole numbers')
const chosen = values.only === undefined ? targets : values.only.split(',').map(targetCalled)

const ranges = function* (): Generator<Range, undefined> {
  for (const { name } of chosen) {
    for (let from = 0; from < inputs; from += batch) yield { seed, target: name, from, count: Math.min(batch, inputs - from) }
  }
}

const startedAt = performance.now()
const reports: Report[] = []
const waiting = ranges()

const work = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url))
    const give = (): void => worker.postMessage(waiting.next().value ?? 'done')
    worker.on('message', (report: Report) => {
      reports.push(report)
      if (!values.json && reports.length % 50 === 0) console.log(`${reports.length * batch} inputs of ${chosen.length * inputs}`)
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

const rounded = (value: number): number => Math.round(value * 100) / 100
const sum = (of: readonly Report[], value: (report: Report) => number): number => of.reduce((total, report) => total + value(report), 0)
const most = (of: readonly Report[], value: (report: Report) => number): number =>
  of.reduce((best, report) => Math.max(best, value(report)), 0)

/** What one decoder did with all of its inputs. */
const figuresOf = (of: readonly Report[]) => {
  const reached: Record<string, number> = {}
  for (const report of of) for (const [word, count] of Object.entries(report.reached)) reached[word] = (reached[word] ?? 0) + count
  return {
    inputs: sum(of, (report) => report.inputs),
    weighed: sum(of, (report) => report.weighed),
    slowestMs: rounded(most(of, (report) => report.slowestMs)),
    peakMb: rounded(most(of, (report) => report.peakBytes) / 1_048_576),
    reached,
  }
}

const result = {
  inputs: sum(reports, (report) => report.inputs),
  from: seed,
  corpus: corpus.length,
  thrown: sum(reports, (report) => report.reached['thrown'] ?? 0) + old.length,
  violations: failures.length,
  slowestMs: rounded(most(reports, (report) => report.slowestMs)),
  peakHeapMb: rounded(most(reports, (report) => report.peakBytes) / 1_048_576),
  seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  decoders: Object.fromEntries([...Map.groupBy(reports, (report) => report.target)].map(([name, of]) => [name, figuresOf(of)])),
}
console.log(
  values.json
    ? JSON.stringify(result)
    : `${result.inputs} inputs and ${result.corpus} of the corpus, ${result.violations} violations, slowest ${result.slowestMs} ms, ${result.seconds} s`,
)
process.exitCode = failures.length === 0 ? 0 : 1
