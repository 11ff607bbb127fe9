// One of the fuzzer's threads: a range of numbers comes in, its report goes out.
import { parentPort } from 'node:worker_threads'
import { runInputs } from './run.ts'

parentPort?.on('message', (range: { readonly seed: number; readonly from: number; readonly count: number } | 'done') => {
  if (range === 'done') parentPort?.close()
  else parentPort?.postMessage(runInputs(range.seed, range.from, range.count))
})
