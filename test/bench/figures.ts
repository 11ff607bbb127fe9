// Times as figures: what lies in the middle and what lies at the end of many.

/** Milliseconds. */
export interface Figure {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly count: number
}

export const figureOf = (times: readonly number[]): Figure => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length }
}

/** Milliseconds to a hundredth; ratios too. */
export const round = (value: number): number => Math.round(value * 100) / 100

/** Rows of words under each other, columns aligned. */
export const table = (rows: readonly (readonly (string | number)[])[]): string => {
  const words = rows.map((row) => row.map(String))
  const widths = words[0]?.map((_, column) => Math.max(...words.map((row) => row[column]?.length ?? 0))) ?? []
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return words.map((row) => row.map(pad).join('   ')).join('\n')
}

export const figureRow = (name: string, { p50, p95, p99, count }: Figure): readonly (string | number)[] => [name, p50, p95, p99, count]

export const figureHead = ['ms', 'p50', 'p95', 'p99', 'count'] as const
