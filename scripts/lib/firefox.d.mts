// The types of firefox.mjs for tests, which are TypeScript.
export declare const findFirefox: () => string | undefined
export declare const ensureFirefox: () => void
