// Plain data, in and out of a store. What is stored is a copy that nobody else holds: code that changes a record in place, or keeps one
// that it gave away, changes nothing stored.

/** A deep copy of plain data. Anything that a disk could not give back the same (undefined, Map, Date, a class) throws a TypeError. */
export const copyPlain = (value: unknown): unknown => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value
    case 'object':
      return value === null ? null : copyObject(value)
    default:
      throw new TypeError(`not plain data: ${typeof value}`)
  }
}

const copyObject = (value: object): unknown => {
  // Not `slice`: on Node's Buffer, which is a Uint8Array, that shares the memory.
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (Array.isArray(value)) return value.map(copyPlain)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('not plain data: an object of a class')
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) {
    const part = copyPlain((value as Record<string, unknown>)[name])
    // An emoji or a name from a stranger may be a property's name, and plain assignment of this one would change the prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: part, enumerable: true, configurable: true, writable: true })
    else copy[name] = part
  }
  return copy
}
