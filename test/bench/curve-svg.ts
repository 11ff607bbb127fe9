// Curves as a plain SVG: two panels over hours online a day, one line for each number of shared contacts.

interface Curve {
  readonly contacts: number
  readonly points: readonly { readonly hours: number; readonly withinDay: number; readonly medianDelay: number }[]
}

const colors = ['#5b6270', '#b4541a', '#1b6e8c', '#2c7a3f']
const [width, height, left, top] = [300, 200, 56, 44]
const rowHeight = top + height + 56
const delayMarks = [
  [0.1, '6 min'],
  [1, '1 h'],
  [6, '6 h'],
  [24, '1 d'],
  [168, '7 d'],
  [336, 'never'],
] as const

export interface CurveRow {
  readonly title: string
  readonly curves: readonly Curve[]
}

export const drawCurves = (rows: readonly CurveRow[]): string => {
  const end = rows.length * rowHeight
  const legend = (rows[0]?.curves ?? []).map(
    ({ contacts }, at) =>
      `<g transform="translate(${left + at * 165} ${end + 20})"><path d="M0-4h22" stroke="${colors[at]}" stroke-width="2.5"/><text x="28" fill="#22262e">${contacts} shared contact${contacts === 1 ? '' : 's'}</text></g>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * (width + left) + 60} ${end + 40}" font-family="system-ui, sans-serif" font-size="12">`,
    '<title>Messages between two people, by hours online a day and number of shared contacts</title>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...rows.flatMap((row, at) => drawRow(row, at * rowHeight + top)),
    ...legend,
    '</svg>',
    '',
  ].join('\n')
}

const drawRow = ({ title, curves }: CurveRow, down: number): readonly string[] => {
  const hours = curves[0]?.points.map((point) => point.hours) ?? []
  const x = (value: number): number => (hours.indexOf(value) / Math.max(1, hours.length - 1)) * width
  const share = (value: number): number => height * (1 - value)
  /** Hours on a logarithm, from a tenth of an hour to two weeks. */
  const delay = (value: number): number => height * (1 - Math.log(Math.max(0.1, value) / 0.1) / Math.log(336 / 0.1))
  const [first, second] = [left, 2 * left + width + 20]
  const shares = [0, 0.25, 0.5, 0.75, 1].map((value) => [share(value), `${100 * value} %`] as const)
  const delays = delayMarks.map(([value, name]) => [delay(value), name] as const)
  return [
    panel(first, down, `${title}: delivered within a day`, hours, x, shares),
    ...curves.map(({ points }, at) =>
      line(
        first,
        down,
        points.map((point) => [x(point.hours), share(point.withinDay)] as const),
        at,
      ),
    ),
    panel(second, down, `${title}: median delay`, hours, x, delays),
    ...curves.map(({ points }, at) =>
      line(
        second,
        down,
        points.map((point) => [x(point.hours), delay(point.medianDelay)] as const),
        at,
      ),
    ),
  ]
}

const panel = (
  at: number,
  down: number,
  title: string,
  hours: readonly number[],
  x: (hours: number) => number,
  marks: readonly (readonly [number, string])[],
): string =>
  [
    `<g transform="translate(${at} ${down})" fill="#22262e">`,
    `<text y="-18" font-weight="600">${title}</text>`,
    ...marks.map(
      ([y, name]) =>
        `<path d="M0 ${y.toFixed(1)}h${width}" stroke="#d9dce2"/><text x="-8" y="${(y + 4).toFixed(1)}" text-anchor="end">${name}</text>`,
    ),
    ...hours.map((value) => `<text x="${x(value).toFixed(1)}" y="${height + 20}" text-anchor="middle">${value}</text>`),
    `<text x="${width / 2}" y="${height + 40}" text-anchor="middle">hours online a day, each</text>`,
    '</g>',
  ].join('')

const line = (at: number, down: number, points: readonly (readonly [number, number])[], index: number): string => {
  const path = points.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
  const dots = points.map(([x, y]) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3"/>`).join('')
  return `<g transform="translate(${at} ${down})" fill="${colors[index]}"><path d="${path}" fill="none" stroke="${colors[index]}" stroke-width="2.5"/>${dots}</g>`
}
