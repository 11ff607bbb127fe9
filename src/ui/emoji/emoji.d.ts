/** What `scripts/lib/emoji-plugin.mjs` makes of emojibase-data, language by language. */

declare module 'virtual:emoji/*' {
  /** By kind, in Unicode's order: picture, name, words to find it by, and where it has them the five skin tones. */
  const kinds: readonly {
    readonly name: string
    readonly emoji: readonly (readonly [emoji: string, name: string, words: string, tones?: readonly string[]])[]
  }[]
  export default kinds
}
