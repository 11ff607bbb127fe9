// Ways to spoil what is valid. On bytes: flips, cuts, splices, lengths that lie. On CBOR: the tree is changed and written canonically
// again, so that it gets past the first door and is refused, if at all, by the rule that it breaks. Seeded: the same dice spoil the same.
import { decode } from 'cborg'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { encodeCbor } from '../../src/core/codec/cbor.ts'
import type { SimDice } from '../sim/world/dice.ts'

/** `others` are further valid inputs of the same format, to splice with. */
export type Mutation = (dice: SimDice, bytes: Uint8Array, others: readonly Uint8Array[]) => Uint8Array

const pick = <T>(dice: SimDice, items: readonly T[]): T => items[Math.min(items.length - 1, Math.floor(dice.next() * items.length))]!
const place = (dice: SimDice, length: number): number => Math.floor(dice.next() * (length + 1))
const edges = [
  0, 1, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1f, 0x20, 0x40, 0x5f, 0x60, 0x7f, 0x80, 0x81, 0x9f, 0xa0, 0xbf, 0xc0, 0xf6, 0xf7, 0xf9, 0xfb, 0xff,
]

const replace = (bytes: Uint8Array, from: number, to: number, by: Uint8Array): Uint8Array =>
  concatBytes(bytes.subarray(0, from), by, bytes.subarray(to))

const flip: Mutation = (dice, bytes) => {
  const spoiled = Uint8Array.from(bytes)
  for (let count = dice.between(1, 4); count > 0 && spoiled.length > 0; count--)
    spoiled[dice.between(0, spoiled.length - 1)]! ^= 1 << dice.between(0, 7)
  return spoiled
}

const edge: Mutation = (dice, bytes) => {
  const spoiled = Uint8Array.from(bytes)
  if (spoiled.length > 0) spoiled[dice.between(0, spoiled.length - 1)] = pick(dice, edges)
  return spoiled
}

const cut: Mutation = (dice, bytes) => bytes.slice(0, place(dice, bytes.length))

const remove: Mutation = (dice, bytes) => {
  const from = place(dice, bytes.length)
  return replace(bytes, from, Math.min(bytes.length, from + dice.between(1, 16)), new Uint8Array(0))
}

const insert: Mutation = (dice, bytes) => {
  const from = place(dice, bytes.length)
  return replace(bytes, from, from, dice.bytes(dice.between(1, 16)))
}

const repeat: Mutation = (dice, bytes) => {
  const [from, length] = [place(dice, bytes.length), dice.between(1, 64)]
  const part = bytes.subarray(from, from + length)
  return replace(bytes, from, from, concatBytes(...Array.from({ length: dice.between(1, 8) }, () => part)))
}

const splice: Mutation = (dice, bytes, others) => {
  const other = pick(dice, others)
  return concatBytes(bytes.subarray(0, place(dice, bytes.length)), other.subarray(place(dice, other.length)))
}

/** Two or four bytes that say how much is to come, and lie. */
const length: Mutation = (dice, bytes) => {
  const lie = pick(dice, [
    [0xff, 0xff],
    [0xff, 0xff, 0xff, 0xff],
    [0x7f, 0xff, 0xff, 0xff],
    [0, 0],
    [0x80, 0, 0, 0],
    [0, 1, 0, 0],
  ])
  const from = place(dice, Math.max(0, bytes.length - lie.length))
  return replace(bytes, from, Math.min(bytes.length, from + lie.length), Uint8Array.from(lie))
}

export const byteMutations: readonly Mutation[] = [flip, flip, edge, edge, cut, remove, insert, repeat, splice, length]

const texts = [
  '',
  'a',
  '\u202eecilA',
  '\u0000',
  '\ud800',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  'constructor',
  '👩‍👩‍👧‍👦',
  'é'.normalize('NFD'),
  'x'.repeat(65),
  'x'.repeat(16_385),
  'create',
  'leave',
  'epoch',
  'text',
]
const numbers = [
  0,
  1,
  -1,
  2,
  23,
  24,
  255,
  256,
  65_535,
  65_536,
  2 ** 31,
  2 ** 32,
  2 ** 52,
  Number.MAX_SAFE_INTEGER,
  -(2 ** 40),
  0.5,
  Number.NaN,
  Infinity,
]

const anything = (dice: SimDice): unknown => {
  switch (dice.between(0, 7)) {
    case 0:
      return pick(dice, numbers)
    case 1:
      return pick(dice, texts)
    case 2:
      return dice.bytes(pick(dice, [0, 1, 7, 8, 16, 31, 32, 33, 64]))
    case 3:
      return dice.happens(0.5)
    case 4:
      return null
    case 5:
      return []
    case 6:
      return { [pick(dice, texts)]: 0 }
    default:
      return nested(dice.between(1, 60))
  }
}

const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)])

/** One change somewhere in a tree; the tree itself stays as it is. */
const changed = (dice: SimDice, value: unknown): unknown => {
  if (Array.isArray(value) && value.length > 0 && dice.happens(0.85)) {
    const list: unknown[] = [...value]
    const at = dice.between(0, list.length - 1)
    if (dice.happens(0.9)) return list.with(at, changed(dice, list[at]))
    switch (dice.between(0, 4)) {
      case 0:
        return list.toSpliced(at, 1)
      case 1:
        return list.toSpliced(at, 0, list[at])
      case 2:
        return list.toSpliced(at, 0, anything(dice))
      case 3:
        return list.toReversed()
      default:
        return Array.from({ length: pick(dice, [9, 65, 300]) }, () => list[at])
    }
  }
  // Mostly of the same sort, since the sort is what is looked at first.
  if (dice.happens(0.1)) return anything(dice)
  if (value instanceof Uint8Array) return (dice.happens(0.7) ? flip : pick(dice, byteMutations))(dice, value, [value])
  if (typeof value === 'number') return dice.happens(0.7) ? value + pick(dice, [-1, 1, 2, 1_024, 2 ** 20, 2 ** 40]) : pick(dice, numbers)
  if (typeof value === 'string')
    return dice.happens(0.5) ? pick(dice, texts) : pick(dice, [value + value, value.slice(1), value.toUpperCase(), `${value}\u0301`])
  if (typeof value === 'boolean') return !value
  return anything(dice)
}

const treeOf = (bytes: Uint8Array): unknown => decode(bytes, { allowBigInt: false })

/** Changes in the CBOR that stands behind `prefix` bytes, which stay as they are. */
export const cborMutation =
  (prefix = 0): Mutation =>
  (dice, bytes, others) => {
    try {
      let tree = treeOf(bytes.subarray(prefix))
      for (let count = dice.happens(0.8) ? 1 : 3; count > 0; count--) tree = changed(dice, tree)
      // Two valid ones crossed: the same place in the tuple, another's value.
      if (dice.happens(0.15) && Array.isArray(tree)) {
        const other = treeOf(pick(dice, others).subarray(prefix))
        const at = dice.between(0, tree.length)
        if (Array.isArray(other) && at < other.length && at < tree.length) tree = tree.with(at, other[at])
      }
      return concatBytes(bytes.subarray(0, prefix), encodeCbor(tree))
    } catch {
      // No tree any more, after an earlier mutation, or one that cannot be written.
      return pick(dice, byteMutations)(dice, bytes, others)
    }
  }

/** Another text in the place of a part of one. */
export const textMutation: Mutation = (dice, bytes) => {
  const from = place(dice, bytes.length)
  return replace(
    bytes,
    from,
    Math.min(bytes.length, from + dice.between(0, 8)),
    utf8ToBytes(
      pick(
        dice,
        texts.filter((text) => text !== '\ud800'),
      ),
    ),
  )
}

/** One to three mutations, one after the other. */
export const spoil = (dice: SimDice, seeds: readonly Uint8Array[], mutations: readonly Mutation[]): Uint8Array => {
  let bytes = pick(dice, seeds)
  for (let count = Number(dice.weighted({ 1: 6, 2: 3, 3: 1 })); count > 0; count--) bytes = pick(dice, mutations)(dice, bytes, seeds)
  return bytes
}
