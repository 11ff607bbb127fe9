// What did not change stays the very same object, so that whoever draws it can tell by a glance. Every value of a query comes over from the
// engine as a copy; of a hundred messages usually one is another.
import { dequal } from 'dequal'

interface Named {
  readonly id: unknown
}

const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null && 'id' in value

/** `after`, with everything in it that equals what was in `before`; members of lists are found again by their ids. */
export const keepSame = <T>(before: T, after: T): T => {
  if (dequal(before, after)) return before
  if (Array.isArray(before) && Array.isArray(after)) {
    const known = new Map(before.filter(isNamed).map((one) => [one.id, one]))
    return after.map((one: unknown) => (isNamed(one) && known.has(one.id) ? keepSame<unknown>(known.get(one.id), one) : one)) as T
  }
  if (!isPlain(before) || !isPlain(after)) return after
  return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, keepSame(before[name], value)])) as T
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
