// Lets the page draw and answer before long work goes on.

type Yielding = { readonly scheduler?: { readonly yield?: () => Promise<void> } }

/** Settles in a task of its own; unlike a timer not held back in a page that nobody looks at. */
export const nextTask = (): Promise<void> => (globalThis as Yielding).scheduler?.yield?.() ?? message()

/** Where the browser has no better way (Firefox before 142, Safari). */
const message = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
