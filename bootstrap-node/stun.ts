// The answer of a STUN server as far as browsers need one: it tells a page the address that the world sees (RFC 8489, binding method only).
import { isIPv4 } from 'node:net'

const magicCookie = 0x2112a442
const bindingRequest = 0x0001
const bindingResponse = 0x0101
const xorMappedAddress = 0x0020
const headerBytes = 20

/** Whether a datagram is a binding request (section 5). */
export const isBindingRequest = (datagram: Uint8Array): boolean => {
  if (datagram.length < headerBytes) return false
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength)
  return view.getUint16(0) === bindingRequest && view.getUint32(4) === magicCookie && view.getUint16(2) === datagram.length - headerBytes
}

/** The answer to a datagram, or `undefined` for anything but a binding request. */
export const answerStun = (request: Uint8Array, from: { readonly address: string; readonly port: number }): Uint8Array | undefined => {
  if (!isBindingRequest(request)) return undefined
  // The address is XORed with cookie and transaction id (section 14.2), because some routers rewrite addresses that they see in payloads.
  const address = addressBytes(from.address)
  const answer = new Uint8Array(headerBytes + 8 + address.length)
  const out = new DataView(answer.buffer)
  out.setUint16(0, bindingResponse)
  out.setUint16(2, 8 + address.length)
  answer.set(request.subarray(4, headerBytes), 4)
  out.setUint16(20, xorMappedAddress)
  out.setUint16(22, 4 + address.length)
  out.setUint8(25, address.length === 4 ? 1 : 2)
  out.setUint16(26, from.port ^ (magicCookie >>> 16))
  for (const [index, byte] of address.entries()) answer[28 + index] = byte ^ (request[4 + index] ?? 0)
  return answer
}

const addressBytes = (address: string): Uint8Array => {
  const four = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(four)) return Uint8Array.from(four.split('.'), Number)
  const [head = '', tail = ''] = address.replace(/%.*$/, '').split('::')
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)))
  const left = groups(head)
  const right = groups(tail)
  const all = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right]
  return Uint8Array.from(all.flatMap((group) => [group >>> 8, group & 255]))
}
