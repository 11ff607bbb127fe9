// A place in digits.
import { microDegrees } from '../limits.ts'
import type { Place } from './row.ts'

/** "48.85837, 2.29448", in degrees: as maps everywhere take it, and every language reads it. */
export const digitsOf = ({ latitude, longitude }: Pick<Place, 'latitude' | 'longitude'>): string =>
  [latitude, longitude].map((degrees) => (degrees / microDegrees).toFixed(5)).join(', ')
