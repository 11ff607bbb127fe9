// Lets the page draw and answer before long work goes on.

type Yielding = { readonly scheduler?: { readonly yield?: () => Promise<void> } }

/** Settles in a task of its own. Unlike a timer the browser's own way is not held back in a page that nobody looks at. */
export const nextTask = (): Promise<void> => (globalThis as Yielding).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve))
