// A small memory from bytes to a computed value that forgets the least recently used.
import { toHex } from './ids.ts'

/** Remembers `compute` for the last `size` inputs. */
export const createRecent = <T>(size: number, compute: (bytes: Uint8Array) => T): ((bytes: Uint8Array) => T) => {
  const valueByHex = new Map<string, T>()
  return (bytes) => {
    const hex = toHex(bytes)
    const known = valueByHex.get(hex)
    const value = known === undefined ? compute(bytes) : known
    valueByHex.delete(hex)
    valueByHex.set(hex, value)
    for (const oldest of valueByHex.keys()) {
      if (valueByHex.size <= size) break
      valueByHex.delete(oldest)
    }
    return value
  }
}
