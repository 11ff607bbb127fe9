// How vectors stand in a file.
import { toHex } from '../../../src/core/ids.ts'

/** JSON: bytes as lower-case hex, maps as lists of pairs. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

export const toJson = (value: unknown): Json => {
  if (value instanceof Uint8Array) return toHex(value)
  if (value instanceof Map) return [...value].map(toJson)
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toJson(part)]))
  return value as Json
}
