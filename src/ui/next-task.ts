// Lets the page draw and answer before long work goes on.

type Yielding = { readonly scheduler?: { readonly yield?: () => Promise<void> } }

/** Settles in a task of its own, before most that waits. */
export const nextTask = (): Promise<void> => (globalThis as Yielding).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve))
