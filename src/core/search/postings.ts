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

/** What stands in every one of the lists, ascending. */
export const intersect = (lists: readonly (readonly number[])[]): readonly number[] => {
  const [first = [], ...rest] = lists.toSorted((a, b) => a.length - b.length)
  return rest.reduce((common, list) => {
    let at = 0
    return common.filter((number) => {
      while ((list[at] ?? Infinity) < number) at += 1
      return list[at] === number
    })
  }, first)
}

/** What stands in any of the lists, ascending and each once. */
export const union = (lists: readonly (readonly number[])[]): readonly number[] => {
  if (lists.length === 1) return lists[0] ?? []
  const all = Float64Array.from(lists.flat()).toSorted()
  return [...all.filter((number, i) => number !== all[i - 1])]
}
