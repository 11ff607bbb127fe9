// What somebody may change about the colours: an accent of their own, and more contrast. Overrides of the two palettes; measured like them.
import type { Palette } from './colors.ts'

/** The roles that an accent plays. */
export type Accent = Pick<
  Palette,
  'accent' | 'accentHover' | 'onAccent' | 'accentInk' | 'accentSoft' | 'onAccentSoft' | 'onAccentSoftQuiet'
>

/** By name; `ember` is the palettes' own. */
export const accents: Readonly<Record<'violet' | 'teal' | 'blue', { readonly light: Accent; readonly dark: Accent }>> = {
  violet: {
    light: {
      accent: '#6a3f93',
      accentHover: '#553078',
      onAccent: '#ffffff',
      accentInk: '#62388a',
      accentSoft: '#eadff5',
      onAccentSoft: '#1f0f2e',
      onAccentSoftQuiet: '#5b4573',
    },
    dark: {
      accent: '#c5a2ea',
      accentHover: '#d6bcf2',
      onAccent: '#210f33',
      accentInk: '#cbacee',
      accentSoft: '#3a2650',
      onAccentSoft: '#f5ecfd',
      onAccentSoftQuiet: '#c9b3de',
    },
  },
  teal: {
    light: {
      accent: '#0b6b62',
      accentHover: '#08544d',
      onAccent: '#ffffff',
      accentInk: '#0a635a',
      accentSoft: '#d3efe9',
      onAccentSoft: '#06231f',
      onAccentSoftQuiet: '#38554f',
    },
    dark: {
      accent: '#6fd6c6',
      accentHover: '#93e3d6',
      onAccent: '#04201c',
      accentInk: '#7fdccd',
      accentSoft: '#173d38',
      onAccentSoft: '#e2faf5',
      onAccentSoftQuiet: '#a6cdc6',
    },
  },
  blue: {
    light: {
      accent: '#2a55a8',
      accentHover: '#1f4288',
      onAccent: '#ffffff',
      accentInk: '#264d9a',
      accentSoft: '#dce6fa',
      onAccentSoft: '#0c1a35',
      onAccentSoftQuiet: '#3f5279',
    },
    dark: {
      accent: '#9dbbff',
      accentHover: '#bcd0ff',
      onAccent: '#0a1a3d',
      accentInk: '#a7c2ff',
      accentSoft: '#1f2f55',
      onAccentSoft: '#ecf2ff',
      onAccentSoftQuiet: '#b2c2e4',
    },
  },
}

type Contrast = Pick<Palette, 'line' | 'edge' | 'ink' | 'inkSoft' | 'onAccentSoftQuiet'>

/** For those who see little: ink as far from its ground as it goes, and borders that are seen. */
export const moreContrast: { readonly light: Contrast; readonly dark: Contrast } = {
  light: { line: '#887d94', edge: '#4d4458', ink: '#000000', inkSoft: '#38303f', onAccentSoftQuiet: '#33231b' },
  dark: { line: '#8d829a', edge: '#b3a8bf', ink: '#ffffff', inkSoft: '#ded6e5', onAccentSoftQuiet: '#f0ddd3' },
}
