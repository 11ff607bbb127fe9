// Inputs that nobody may change: frozen all the way down. Byte strings cannot be frozen, so their bytes are compared afterwards.
import { expect } from 'vitest'

/** Runs `act` on frozen inputs and checks that their bytes are what they were. Maps are watched too. */
export const withStillInputs = <Inputs extends readonly unknown[], Output>(inputs: Inputs, act: (...inputs: Inputs) => Output): Output => {
  const before = snapshot(inputs)
  freeze(inputs)
  const output = act(...inputs)
  expect(snapshot(inputs)).toEqual(before)
  return output
}

const freeze = (value: unknown): void => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const part of partsOf(value)) freeze(part)
}

const snapshot = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return [...value]
  if (value instanceof Map) return ['map', ...[...value].map(([key, part]) => [key, snapshot(part)])]
  if (Array.isArray(value)) return value.map(snapshot)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).map(([name, part]) => [name, snapshot(part)])
}

const partsOf = (value: object): readonly unknown[] => (value instanceof Map ? [...value.values()] : Object.values(value))
