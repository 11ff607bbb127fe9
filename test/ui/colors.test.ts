// The colour roles promise contrast (WCAG 2.2): measured here for every pair that a component puts together.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dark, light, type Palette } from '../../src/ui/styles/colors.ts'
import { contrastOf, markContrast, textContrast } from '../../src/ui/styles/contrast.ts'
import { accents, moreContrast } from '../../src/ui/styles/looks.ts'
import { accentFrom } from '../../src/ui/styles/own-accent.ts'

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
    expect(contrastOf(palette[text], palette[ground])).toBeGreaterThanOrEqual(textContrast)
  })

  test.each(marks.flatMap(([mark, on]) => on.map((ground) => [mark, ground] as const)))('%s can be seen on %s', (mark, ground) => {
    expect(contrastOf(palette[mark], palette[ground])).toBeGreaterThanOrEqual(markContrast)
  })
})

test('the figures are those of WCAG', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21)
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test('whatever colour somebody chooses for themselves, all that stands on it and in it can be read', () => {
  const steps = ['00', '33', '66', '99', 'cc', 'ff']
  const colors = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)))
  const faults = colors.flatMap((color) =>
    Object.entries(accentFrom(color)).flatMap(([theme, over]) => {
      const usual: Palette = { ...(theme === 'light' ? light : dark), ...over }
      const palettes = [usual, { ...usual, ...moreContrast[theme === 'light' ? 'light' : 'dark'] }]
      const pairs = [
        ...texts.map(([front, on]) => [front, on, textContrast] as const),
        ...marks.map(([front, on]) => [front, on, markContrast] as const),
      ]
      const isFaulty = (front: keyof Palette, on: keyof Palette, least: number): boolean =>
        palettes.some((palette) => contrastOf(palette[front], palette[on]) < least)
      return pairs.flatMap(([front, on, least]) =>
        on.filter((ground) => isFaulty(front, ground, least)).map((ground) => `${color} ${theme}: ${front} on ${ground}`),
      )
    }),
  )
  expect(faults).toEqual([])
})

test('the page about the looks gives the contrast that there is', () => {
  const palettes = [light, dark, { ...light, ...moreContrast.light }, { ...dark, ...moreContrast.dark }]
  const least = (palette: Palette, [front, on]: (typeof texts)[number]): string =>
    Math.min(...on.map((ground) => contrastOf(palette[front], palette[ground]))).toFixed(1)
  const rows = [...texts, ...marks.slice(0, 2)].map(
    (pair) => `| \`${pair[0]}\` on ${pair[1].join(', ')} | ${palettes.map((palette) => least(palette, pair)).join(' | ')} |`,
  )
  const page = readFileSync(new URL('../../src/ui/styles/README.md', import.meta.url), 'utf8')
  expect(rows.filter((row) => !page.includes(`${row}\n`))).toEqual([])
})
