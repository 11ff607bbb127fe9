// A thread of the simulator in which one bug is planted: it runs seeds as any other does, on sources that are changed as they are loaded.
import { registerHooks } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { mutants } from './all.ts'
import { fileOf, planted } from './mutant.ts'

const mutant = mutants.find(({ name }) => name === workerData)
if (workerData !== undefined && mutant === undefined) throw new Error(`there is no planted bug '${String(workerData)}'`)

if (mutant !== undefined) {
  const { href } = fileOf(mutant)
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context)
      return url === href ? { ...loaded, source: planted(mutant) } : loaded
    },
  })
}
await import('../worker.ts')
parentPort?.postMessage('ready')
