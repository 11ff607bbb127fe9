// The language in use, as a tag of BCP 47; undefined is the browser's own way.

let chosen: string | undefined

export const language = (): string | undefined => chosen ?? globalThis.navigator?.language

/** For everything that is formatted from now on. */
export const setLanguage = (tag: string): void => {
  chosen = tag
}
