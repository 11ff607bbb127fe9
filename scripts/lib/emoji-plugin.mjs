/**
 * `virtual:emoji/de`: the pictures that people write with, as Unicode names them in one language, from emojibase-data. The package's files
 * hold far more than a picker needs; here they become groups of `[emoji, name, words to find it by, its five skin tones]`.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const prefix = 'virtual:emoji/'
/** Parts that pictures are made of stand for nothing by themselves. */
const componentGroup = 2

/** @returns {import('vite').Plugin} */
export const emoji = () => ({
  name: 'parley-emoji',
  resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
  load: (id) => (id.startsWith(`\0${prefix}`) ? moduleOf(id.slice(prefix.length + 1)) : undefined),
})

/** @param {string} language */
const moduleOf = (language) => {
  const { groups } = require(`emojibase-data/${language}/messages.json`)
  const all = require(`emojibase-data/${language}/compact.json`)
  const kinds = groups
    .toSorted((/** @type {Ordered} */ a, /** @type {Ordered} */ b) => a.order - b.order)
    .filter((/** @type {Ordered} */ { order }) => order !== componentGroup)
    .map((/** @type {Ordered & { message: string }} */ { order, message }) => ({
      name: message,
      emoji: all.filter((/** @type {Picture} */ { group }) => group === order).map(pictureOf),
    }))
  // As a text that is parsed when it is run: that is several times faster than the same as source.
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(kinds))})`
}

/** @typedef {{ order: number }} Ordered */
/** @typedef {{ unicode: string, label: string, tags?: string[], group?: number, skins?: { unicode: string }[] }} Picture */

/** @param {Picture} picture */
const pictureOf = ({ unicode, label, tags = [], skins = [] }) => {
  const tones = skins.map((skin) => skin.unicode).filter(isOfOneTone)
  return [unicode, label, tags.join(' '), ...(tones.length === 5 ? [tones] : [])]
}

/** Two people may have a tone each; a picker has one for all. @param {string} unicode */
const isOfOneTone = (unicode) => new Set(unicode.match(/[\u{1f3fb}-\u{1f3ff}]/gu)).size === 1
