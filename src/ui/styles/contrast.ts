// How far two colours stand apart, and colours made to stand far enough (WCAG 2.2, 1.4.3 and 1.4.11). Colours are `#rrggbb`.

/** What text and what marks and borders of controls need. */
export const textContrast = 4.5
export const markContrast = 3

const channels = (color: string): readonly [number, number, number] =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as never

const luminance = (color: string): number => {
  const [red, green, blue] = channels(color).map((value) => {
    const part = value / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1 (the same) to 21 (black on white). */
export const contrastOf = (a: string, b: string): number => {
  const [first, second] = [luminance(a), luminance(b)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

/** So much of the second colour (0 to 1) in the first. */
export const mixed = (color: string, other: string, share: number): string => {
  const [from, to] = [channels(color), channels(other)]
  return `#${from
    .map((value, at) =>
      Math.round(value + ((to[at] ?? 0) - value) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

const stepsOf100 = Array.from({ length: 101 }, (_, percent) => percent / 100)

/** The colour, moved towards another no further than it has to be to stand so far apart from every ground. */
export const standingOut = (color: string, towards: string, grounds: readonly string[], least: number): string => {
  const isEnough = (candidate: string): boolean => grounds.every((ground) => contrastOf(candidate, ground) >= least)
  return stepsOf100.map((share) => mixed(color, towards, share)).find(isEnough) ?? towards
}
