// One of the fuzzer's threads: a range of numbers comes in, its report goes out.
import { parentPort } from 'node:worker_threads'
import { runInputs, type Range } from './run.ts'

parentPort?.on('message', (range: Range | 'done') => {
  if (range === 'done') parentPort?.close()
  else parentPort?.postMessage(runInputs(range))
})
