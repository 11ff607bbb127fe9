// Numbers in words, by Intl alone.
import { language } from './language.ts'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** "12 MB" */
export const bytesOf = (bytes: number): string => {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const unit = units[power] ?? 'byte'
  const value = bytes / 1_000 ** power
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value)
}

const spans = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** "4 weeks", "5 min": in the largest unit that leaves no rest. */
export const spanOf = (seconds: number, unitDisplay: 'long' | 'narrow' = 'long'): string => {
  const [unit, size] = spans.find(([, size]) => seconds >= size && seconds % size === 0) ?? spans[4]
  return new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay }).format(seconds / size)
}

/** "12 m", "3.4 km" */
export const distanceOf = (metres: number): string => {
  const isFar = metres >= 1_000
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: isFar ? 'kilometer' : 'meter',
    maximumFractionDigits: isFar ? 1 : 0,
  }).format(isFar ? metres / 1_000 : metres)
}
