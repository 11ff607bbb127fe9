// A STUN server as far as browsers need one: it tells a page the address that the world sees (RFC 8489, binding method only).
// It keeps nothing and answers only well-formed binding requests, at most so many a second for each address.
import { createSocket } from 'node:dgram'
import type { RemoteInfo, Socket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import type { Limits } from './limits.ts'
import { createTokenBuckets } from './token-buckets.ts'

const magicCookie = 0x2112a442
const bindingRequest = 0x0001
const bindingResponse = 0x0101
const xorMappedAddress = 0x0020
const headerBytes = 20

/** The answer to a datagram, or `undefined` for anything but a binding request. */
export const answerStun = (request: Uint8Array, from: { readonly address: string; readonly port: number }): Uint8Array | undefined => {
  if (request.length < headerBytes) return undefined
  const view = new DataView(request.buffer, request.byteOffset, request.byteLength)
  const wellFormed =
    view.getUint16(0) === bindingRequest && view.getUint32(4) === magicCookie && view.getUint16(2) === request.length - headerBytes
  if (!wellFormed) return undefined

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

/** Listens on a UDP port; rejects when it is taken. */
export const listenForStun = async (host: string, port: number, limits: Limits): Promise<Socket> => {
  const socket = createSocket({ type: isIPv4(host) ? 'udp4' : 'udp6' })
  const rate = createTokenBuckets(() => ({ burst: limits.stunPerSecond, perSecond: limits.stunPerSecond }))
  socket.on('message', (request: Uint8Array, from: RemoteInfo) => {
    if (!rate.take(from.address, Date.now())) return
    const answer = answerStun(request, from)
    if (answer !== undefined) socket.send(answer, from.port, from.address)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, host, () => {
      socket.off('error', reject)
      resolve()
    })
  })
  // A datagram that cannot be answered is nobody's problem.
  socket.on('error', () => {})
  return socket
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
