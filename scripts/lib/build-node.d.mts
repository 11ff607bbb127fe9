/** The node as a package of its own; see build-node.mjs. */
export const buildNode: (folder?: string) => Promise<void>
