// Many things to do, some at a time.

/** Does `count` of them, `width` at a time. */
export const inTurns = async (count: number, width: number, one: (index: number) => Promise<void>): Promise<void> => {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(width, count) }, async () => {
      while (next < count) await one(next++)
    }),
  )
}

export const succeeds = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  )
