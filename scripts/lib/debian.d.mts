// The types of debian.mjs for tests and benchmarks, which are TypeScript.
export declare const findOnPath: (name: string) => string | undefined
export declare const ensurePackage: (name: string, title: string, find: () => string | undefined) => void
