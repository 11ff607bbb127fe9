// IP addresses as bytes and as people write them. Both ways of writing throw for what is none.

/** A number as people write it, from 0 to `most`. */
export const wholeUpTo = (given: string, most: number): number => {
  const value = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN
  if (!(value <= most)) throw new RangeError(`not a number up to ${most}: ${given}`)
  return value
}

/** 4 bytes of `192.0.2.7`. */
export const ip4ToBytes = (given: string): Uint8Array =>
  exactly(
    4,
    Uint8Array.from(given.split('.'), (part) => wholeUpTo(part, 255)),
  )

export const ip4ToText = (bytes: Uint8Array): string => bytes.join('.')

const exactly = (length: number, bytes: Uint8Array): Uint8Array => {
  if (bytes.length !== length) throw new RangeError(`not ${length} bytes`)
  return bytes
}

/** 16 bytes; the short form with `::` is understood, one with an IPv4 address in it is not. */
export const ip6ToBytes = (given: string): Uint8Array => {
  const [head = '', tail, ...more] = given.split('::')
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => hexUpTo4(group)))
  const [before, after] = [groups(head), groups(tail ?? '')]
  const gap = 8 - before.length - after.length
  if (more.length > 0 || (tail === undefined ? gap !== 0 : gap < 1)) throw new RangeError('not an IPv6 address')
  return Uint8Array.from([...before, ...Array.from({ length: gap }, () => 0), ...after].flatMap((group) => [group >> 8, group & 255]))
}

const hexUpTo4 = (group: string): number => {
  if (!/^[\da-f]{1,4}$/i.test(group)) throw new RangeError('not an IPv6 address')
  return Number.parseInt(group, 16)
}

/** In the short form (RFC 5952). */
export const ip6ToText = (bytes: Uint8Array): string => {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0)).toString(16))
  const [longest] = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].toSorted((a, b) => b[0].length - a[0].length)
  if (longest === undefined) return groups.join(':')
  const whole = groups.join(':')
  return `${whole.slice(0, longest.index).replace(/:$/, '')}::${whole.slice(longest.index + longest[0].length).replace(/^:/, '')}`
}
