// SHA-256 of the platform in the place of the library's, for the threads of the simulator: the same bytes in less time when they are many.
// Threads load it instead of `@noble/hashes/sha2.js` (worker.ts); worlds with the real cipher hash with the library all the same.
import { hash } from 'node:crypto'
import { sha256 as library } from '@noble/hashes/sha2.js'

export * from '@noble/hashes/sha2.js'

/** Below so many bytes the library is as quick. */
const worthwhileBytes = 192
let isReal = false

/** For all hashes of this thread from now on. */
export const hashForReal = (wanted: boolean): void => {
  isReal = wanted
}

const quick = (bytes: Uint8Array): Uint8Array =>
  isReal || bytes.length < worthwhileBytes ? library(bytes) : new Uint8Array(hash('sha256', bytes, 'buffer'))

export const sha256 = Object.assign(quick, {
  outputLen: library.outputLen,
  blockLen: library.blockLen,
  canXOF: library.canXOF,
  oid: library.oid,
  create: library.create,
})
