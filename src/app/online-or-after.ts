// When to try again what the network did not give: after a while, or as soon as the browser says that there is a network again.

export const onlineOrAfter = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const controller = new AbortController()
    const done = (): void => {
      clearTimeout(timer)
      controller.abort()
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done, { signal: controller.signal })
  })
