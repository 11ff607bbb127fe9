// The colour roles promise contrast (WCAG 2.2): measured here for every pair that a component puts together.
import { describe, expect, test } from 'vitest'
import { dark, light, type Palette } from '../../src/ui/styles/colors.ts'
import { accents, moreContrast } from '../../src/ui/styles/looks.ts'

const channel = (hex: string): number => {
  const value = Number.parseInt(hex, 16) / 255
  return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
const luminance = (color: string): number =>
  0.2126 * channel(color.slice(1, 3)) + 0.7152 * channel(color.slice(3, 5)) + 0.0722 * channel(color.slice(5, 7))
const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['page', 'canvas', 'surface', 'sunken', 'lifted'] as const
const texts: readonly (readonly [keyof Palette, readonly (keyof Palette)[]])[] = [
  ['ink', grounds],
  ['inkSoft', grounds],
  ['accentInk', ['page', 'canvas', 'surface', 'sunken', 'lifted', 'accentSoft']],
  ['onAccent', ['accent', 'accentHover']],
  ['onAccentSoft', ['accentSoft']],
  ['onAccentSoftQuiet', ['accentSoft']],
  ['good', ['surface', 'canvas', 'page']],
  ['warn', ['surface', 'canvas', 'page', 'lifted']],
  ['bad', ['surface', 'canvas', 'page', 'lifted']],
  ['onBad', ['bad']],
  ...(['nameA', 'nameB', 'nameC', 'nameD', 'nameE', 'nameF'] as const).map((name) => [name, ['surface', 'canvas']] as const),
]
const marks: readonly (readonly [keyof Palette, readonly (keyof Palette)[]])[] = [
  ['edge', ['surface', 'canvas', 'page']],
  ['accent', grounds],
  ['accent', ['accentSoft']],
  ['qrDark', ['qrLight']],
]

describe.each([
  ['light', light],
  ['dark', dark],
  ...Object.entries(accents).flatMap(([name, over]) => [
    [`${name} light`, { ...light, ...over.light }] as const,
    [`${name} dark`, { ...dark, ...over.dark }] as const,
  ]),
  ['light, more contrast', { ...light, ...moreContrast.light }],
  ['dark, more contrast', { ...dark, ...moreContrast.dark }],
] as const)('the %s palette', (_name, palette) => {
  test.each(texts.flatMap(([text, on]) => on.map((ground) => [text, ground] as const)))('%s can be read on %s', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5)
  })

  test.each(marks.flatMap(([mark, on]) => on.map((ground) => [mark, ground] as const)))('%s can be seen on %s', (mark, ground) => {
    expect(contrast(palette[mark], palette[ground])).toBeGreaterThanOrEqual(3)
  })
})
