/**
 * `virtual:emoji/de`: the pictures that people write with, as Unicode names them in one language, from emojibase-data (in Arabic from CLDR). Their files
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
  const { groups, all } =
    language === 'ar' ? inArabic() : { groups: require(`emojibase-data/${language}/messages.json`).groups, all: compact(language) }
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

/** @param {string} language @returns {Picture[]} */
const compact = (language) => require(`emojibase-data/${language}/compact.json`)

/** What the kinds are called in Arabic, in their order; the third holds parts alone. */
const arabicKinds = [
  'الوجوه والعواطف',
  'الأشخاص والجسم',
  '',
  'الحيوانات والطبيعة',
  'الطعام والشراب',
  'السفر والأماكن',
  'الأنشطة',
  'الأشياء',
  'الرموز',
  'الأعلام',
]

/** The package has no Arabic; Unicode has, and flags are called like their countries. What neither names keeps its English name. */
const inArabic = () => {
  /** @type {Record<string, { default?: string[], tts?: string[] }>} */
  const named = require('cldr-annotations-full/annotations/ar/annotations.json').annotations.annotations
  const countries = new Intl.DisplayNames('ar', { type: 'region' })
  const all = compact('en').map((picture) => {
    const { default: words = [], tts: [name] = [] } = named[picture.unicode] ?? named[picture.unicode.replaceAll('\ufe0f', '')] ?? {}
    const country = countryOf(picture.unicode)
    if (country !== undefined) return { ...picture, label: `علم: ${countries.of(country)}`, tags: ['علم'] }
    return name === undefined ? picture : { ...picture, label: name, tags: words }
  })
  return { groups: arabicKinds.map((message, order) => ({ order, message })), all }
}

/** The two letters of a flag. @param {string} emoji */
const countryOf = (emoji) =>
  /^[\u{1f1e6}-\u{1f1ff}]{2}$/u.test(emoji)
    ? String.fromCharCode(...[...emoji].map((letter) => (letter.codePointAt(0) ?? 0) - 0x1f1e6 + 65))
    : undefined

/** @typedef {{ order: number }} Ordered */
/** @typedef {{ unicode: string, label: string, tags?: string[], group?: number, skins?: { unicode: string }[] }} Picture */

/** @param {Picture} picture */
const pictureOf = ({ unicode, label, tags = [], skins = [] }) => {
  const tones = skins.map((skin) => skin.unicode).filter(isOfOneTone)
  return [unicode, label, tags.join(' '), ...(tones.length === 5 ? [tones] : [])]
}

/** Two people may have a tone each; a picker has one for all. @param {string} unicode */
const isOfOneTone = (unicode) => new Set(unicode.match(/[\u{1f3fb}-\u{1f3ff}]/gu)).size === 1
