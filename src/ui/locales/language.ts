// The language in use, as a tag of BCP 47.

export const language = (): string | undefined => globalThis.navigator?.language
