// The little of Protocol Buffers that the rendezvous messages need: varints and length-delimited fields.
// Reading is total: any bytes give fields or `undefined`, never a throw and never more memory than the input.

export type ProtobufField =
  | { readonly field: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly field: number; readonly kind: 'bytes'; readonly value: Uint8Array }

/** The fields of a message in their order on the wire; `undefined` if the bytes are not one. Fixed-width fields are skipped. */
export const readProtobuf = (bytes: Uint8Array): readonly ProtobufField[] | undefined => {
  const fields: ProtobufField[] = []
  let at = 0
  while (at < bytes.length) {
    const key = readVarint(bytes, at)
    if (key === undefined) return undefined
    at = key.end
    const field = Number(key.value >> 3n)
    if (field < 1 || field > 536_870_911) return undefined
    const wireType = Number(key.value & 7n)
    if (wireType === 0) {
      const varint = readVarint(bytes, at)
      if (varint === undefined) return undefined
      at = varint.end
      fields.push({ field, kind: 'varint', value: varint.value })
    } else if (wireType === 2) {
      const length = readVarint(bytes, at)
      if (length === undefined || length.value > BigInt(bytes.length - length.end)) return undefined
      const end = length.end + Number(length.value)
      fields.push({ field, kind: 'bytes', value: bytes.subarray(length.end, end) })
      at = end
    } else if (wireType === 1 || wireType === 5) {
      at += wireType === 1 ? 8 : 4
      if (at > bytes.length) return undefined
    } else return undefined
  }
  return fields
}

/** One varint field. */
export const varintField = (field: number, value: bigint | number): Uint8Array =>
  concat([writeVarint(BigInt(field) << 3n), writeVarint(BigInt(value))])

/** One length-delimited field: bytes, text in UTF-8, or a message within. */
export const bytesField = (field: number, value: Uint8Array): Uint8Array =>
  concat([writeVarint((BigInt(field) << 3n) | 2n), writeVarint(BigInt(value.length)), value])

/** All parts, one after the other. */
export const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const writeVarint = (value: bigint): Uint8Array => {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

const readVarint = (bytes: Uint8Array, start: number): { readonly value: bigint; readonly end: number } | undefined => {
  let value = 0n
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index]
    if (byte === undefined) return undefined
    value |= BigInt(byte & 127) << BigInt(7 * index)
    if (byte < 128) return { value: BigInt.asUintN(64, value), end: start + index + 1 }
  }
  return undefined
}
