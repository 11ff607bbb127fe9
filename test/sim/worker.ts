// One of the simulator's threads: a seed comes in, its report goes out.
import { registerHooks } from 'node:module'
import { parentPort } from 'node:worker_threads'

const hashes = new URL('world/hashes.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const isOurs = context.parentURL !== hashes && !context.parentURL?.includes('/node_modules/')
    return specifier === '@noble/hashes/sha2.js' && isOurs ? nextResolve(hashes, context) : nextResolve(specifier, context)
  },
})
// After the hook, which the modules of the world have to be loaded through.
const { runSeed } = await import('./run-seed.ts')

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
