// The types of chromium.mjs for tests and benchmarks, which are TypeScript.
export declare const chromiumArgs: string[]
export declare const findChromium: () => string | undefined
export declare const ensureChromium: () => void
export declare const preferHeadlessShell: () => void
