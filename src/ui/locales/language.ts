// The language in use, as a tag of BCP 47; undefined is the browser's own way.

let chosen: string | undefined
let fromRight = false

export const language = (): string | undefined => chosen ?? globalThis.navigator?.language

/** Whether its lines begin on the right. */
export const isRightToLeft = (): boolean => fromRight

/** For everything that is formatted from now on. */
export const setLanguage = (tag: string, direction: 'ltr' | 'rtl' = 'ltr'): void => {
  chosen = tag
  fromRight = direction === 'rtl'
}
