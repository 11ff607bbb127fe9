// What goes wrong inside IndexedDB, in the port's words.
import { StoreError, type StoreFailure } from '../../ports/store.ts'

export const toStoreError = (cause: unknown): StoreError =>
  cause instanceof StoreError ? cause : new StoreError(failureOf(nameOf(cause)), cause)

export const nameOf = (cause: unknown): string => (cause instanceof Error || cause instanceof DOMException ? cause.name : '')

const failureOf = (name: string): StoreFailure => {
  switch (name) {
    case 'QuotaExceededError':
      return 'quota'
    // What IndexedDB says when a transaction is asked of a connection that is closing.
    case 'InvalidStateError':
      return 'closed'
    default:
      // Among them VersionError: a newer version of the page made this database, and this one does not understand its records.
      return 'broken'
  }
}
