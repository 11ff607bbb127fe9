// One of the simulator's threads: a seed comes in, its report goes out.
import { parentPort } from 'node:worker_threads'
import { runSeed } from './run-seed.ts'

parentPort?.on('message', (seed: number | 'done') => {
  if (seed === 'done') {
    parentPort?.close()
    return
  }
  runSeed(seed).then(
    (report) => parentPort?.postMessage(report),
    (error: unknown) => {
      // The simulator itself is broken: nobody must take that for a passed seed.
      throw error
    },
  )
})
