// The colour roles, the only place with raw colours. Components name roles; `test/ui/colors.test.ts` measures the contrast of every
// pair that the roles promise: text 4.5 to 1, marks and borders of controls 3 to 1 (WCAG 2.2).

/** One theme: a hex colour for every role. */
export interface Palette {
  /** Behind the list and around sheets. */
  readonly page: string
  /** Behind messages. */
  readonly canvas: string
  /** Cards, sheets, other people's messages. */
  readonly surface: string
  /** Fields and quiet buttons. */
  readonly sunken: string
  /** Hover and selection. */
  readonly lifted: string
  /** Hairlines that only decorate. */
  readonly line: string
  /** Borders that show where a control is. */
  readonly edge: string
  readonly ink: string
  readonly inkSoft: string
  readonly accent: string
  readonly accentHover: string
  readonly onAccent: string
  /** Accent as text. */
  readonly accentInk: string
  /** Own messages and gentle highlights. */
  readonly accentSoft: string
  readonly onAccentSoft: string
  readonly onAccentSoftQuiet: string
  readonly good: string
  readonly warn: string
  readonly bad: string
  readonly onBad: string
  readonly shade: string
  readonly veil: string
  /** The light tile that every face has. */
  readonly facePale: string
  readonly mosaicInk: string
  /** A QR code's two colours, the same in every theme. */
  readonly qrDark: string
  readonly qrLight: string
  readonly hueA: string
  readonly hueB: string
  readonly hueC: string
  readonly hueD: string
  readonly hueE: string
  readonly hueF: string
  readonly nameA: string
  readonly nameB: string
  readonly nameC: string
  readonly nameD: string
  readonly nameE: string
  readonly nameF: string
}

export const light: Palette = {
  page: '#efecf1',
  canvas: '#f8f6f9',
  surface: '#ffffff',
  sunken: '#f1eef4',
  lifted: '#e4dfe9',
  line: '#e2dde7',
  edge: '#887d94',
  ink: '#211929',
  inkSoft: '#5d5368',
  accent: '#b93a12',
  accentHover: '#9b2e0b',
  onAccent: '#ffffff',
  accentInk: '#a5330f',
  accentSoft: '#fbe1d4',
  onAccentSoft: '#2d1609',
  onAccentSoftQuiet: '#7a4a35',
  good: '#1b6a48',
  warn: '#815400',
  bad: '#a8123c',
  onBad: '#ffffff',
  shade: '#2119291f',
  veil: '#21192966',
  facePale: '#fbe1d4',
  mosaicInk: '#33263f',
  qrDark: '#211929',
  qrLight: '#ffffff',
  hueA: '#6d4a8d',
  hueB: '#d9603a',
  hueC: '#2f7d6b',
  hueD: '#e0a33e',
  hueE: '#3d5a98',
  hueF: '#b8476b',
  nameA: '#6a3f93',
  nameB: '#a5330f',
  nameC: '#1b6a58',
  nameD: '#7c5200',
  nameE: '#34539a',
  nameF: '#a02d57',
}

export const dark: Palette = {
  page: '#120e17',
  canvas: '#18131e',
  surface: '#241d2c',
  sunken: '#1e1825',
  lifted: '#322a3b',
  line: '#2d2536',
  edge: '#7d7189',
  ink: '#f2edf5',
  inkSoft: '#b9aec4',
  accent: '#ff9c73',
  accentHover: '#ffb595',
  onAccent: '#2b1208',
  accentInk: '#ffa884',
  accentSoft: '#4c2a1e',
  onAccentSoft: '#ffeee6',
  onAccentSoftQuiet: '#e0b7a5',
  good: '#7fd3a9',
  warn: '#ecbd62',
  bad: '#ff93a8',
  onBad: '#33040f',
  shade: '#00000066',
  veil: '#06030a99',
  facePale: '#f0cebd',
  mosaicInk: '#3d2f4b',
  qrDark: '#211929',
  qrLight: '#ffffff',
  hueA: '#8a67ac',
  hueB: '#e07752',
  hueC: '#4c9c88',
  hueD: '#e0ab52',
  hueE: '#6480c2',
  hueF: '#cc6385',
  nameA: '#c5a2ea',
  nameB: '#ffa884',
  nameC: '#83d3bf',
  nameD: '#ecbd62',
  nameE: '#a3b9f5',
  nameF: '#ff9dbb',
}
