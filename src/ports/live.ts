// A value that goes on: the one way in which the UI learns anything.

/** Calls `next` with the present value soon, and again after every change, until the returned function is called. */
export interface Live<T> {
  subscribe(next: (value: T) => void): () => void
}
