// Expected failures are values. Throwing is for bugs and broken storage.

export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error })

/** An expected failure: a name to switch on, a sentence for the person here, and one that may be told to the other side. */
export interface Failure<Kind extends string = string> {
  readonly kind: Kind
  /** One plain sentence for the person on this side. */
  readonly here: string
  /** What the other side may be told; never reveals more than they know already. */
  readonly there: string
}

export const failure = <Kind extends string>(kind: Kind, here: string, there = 'That could not be accepted.'): Failure<Kind> => ({
  kind,
  here,
  there,
})

/** Marks a switch as exhaustive: does not compile while a case is missing. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
