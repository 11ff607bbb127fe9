// What goes wrong inside IndexedDB, in the port's words.
import { StoreError, type StoreFailure } from '../../ports/store.ts'

export const toStoreError = (cause: unknown): StoreError =>
  cause instanceof StoreError ? cause : new StoreError(failureOf(nameOf(cause)), cause)

const failureOf = (name: string): StoreFailure => {
  switch (name) {
    case 'QuotaExceededError':
      return 'quota'
    case 'DatabaseClosedError':
    // What IndexedDB says when a transaction is asked of a connection that is closing.
    case 'InvalidStateError':
      return 'closed'
    default:
      return 'broken'
  }
}

/** Dexie wraps the error that it met; the one inside knows more. */
const nameOf = (cause: unknown): string => {
  if (!(cause instanceof Error || cause instanceof DOMException)) return ''
  const inner = 'inner' in cause ? nameOf(cause.inner) : ''
  return inner === '' ? cause.name : inner
}
