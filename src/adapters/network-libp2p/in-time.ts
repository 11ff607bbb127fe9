// A deadline for work that has none of its own.

/** What `work` gives, or a rejection once `ms` milliseconds have passed. The work goes on. */
export const inTime = <T>(work: Promise<T>, ms: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not in time')), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
