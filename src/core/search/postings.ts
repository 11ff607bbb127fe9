// Sorted lists of document numbers as few bytes: each number as its distance from the one before, seven bits a byte (varint). Pure.

/** Bytes of an ascending list; `from` is where the numbers begin. */
export const packNumbers = (numbers: readonly number[], from = 0): Uint8Array => {
  const bytes: number[] = []
  let last = from
  for (const number of numbers) {
    let rest = number - last
    last = number
    while (rest >= 0x80) {
      bytes.push((rest & 0x7f) | 0x80)
      rest = Math.floor(rest / 0x80)
    }
    bytes.push(rest)
  }
  return Uint8Array.from(bytes)
}

export const unpackNumbers = (bytes: Uint8Array, from = 0): number[] => {
  const numbers: number[] = []
  let [last, number, scale] = [from, 0, 1]
  for (const byte of bytes) {
    number += (byte & 0x7f) * scale
    if (byte >= 0x80) scale *= 0x80
    else {
      last += number
      numbers.push(last)
      number = 0
      scale = 1
    }
  }
  return numbers
}

/** Lists of numbers as `packNumbers` makes them. */
type Packed = readonly Uint8Array[]

/**
 * What stands in at least one list of every choice, ascending and each once; all numbers are below `count`. The smallest choice is unpacked,
 * the others are only looked into: as bits, because a list may name a large part of all numbers.
 */
export const inEvery = (choices: readonly Packed[], count: number): readonly number[] => {
  const sizeOf = (lists: Packed): number => lists.reduce((sum, { length }) => sum + length, 0)
  const [first = [], ...rest] = choices.toSorted((a, b) => sizeOf(a) - sizeOf(b))
  return rest.reduce(
    (common, lists) => {
      if (common.length === 0) return common
      const bits = bitsOf(lists, count)
      return common.filter((number) => has(bits, number))
    },
    inAny(first, count),
  )
}

const inAny = (lists: Packed, count: number): readonly number[] => {
  const [only] = lists
  if (only !== undefined && lists.length === 1) return unpackNumbers(only)
  const bits = bitsOf(lists, count)
  const numbers: number[] = []
  bits.forEach((byte, i) => {
    if (byte === 0) return
    for (let number = i * 8; number < i * 8 + 8; number += 1) if (has(bits, number)) numbers.push(number)
  })
  return numbers
}

const has = (bits: Uint8Array, number: number): boolean => ((bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0

/** One bit for each number, of as many lists as there are; what is unpacked is never held. */
const bitsOf = (lists: Packed, count: number): Uint8Array => {
  const bits = new Uint8Array((count + 7) >> 3)
  for (const bytes of lists) {
    let [last, number, shift] = [0, 0, 0]
    for (const byte of bytes) {
      number |= (byte & 0x7f) << shift
      if (byte >= 0x80) shift += 7
      else {
        last += number
        bits[last >> 3]! |= 1 << (last & 7)
        number = shift = 0
      }
    }
  }
  return bits
}
