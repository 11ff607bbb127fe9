// Asks a STUN server for one's own address, as a browser does.
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

/** Settles with the first fitting answer; a datagram may get lost, so it asks every half a second. Rejects after `patienceMs`. */
export const askStun = async (host: string, port: string, patienceMs: number): Promise<void> => {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  // Binding request of no length, the magic cookie, and twelve bytes that come back.
  const request = Buffer.concat([Buffer.from('000100002112a442', 'hex'), crypto.getRandomValues(new Uint8Array(12))])
  const ask = (): void => socket.send(request, Number(port), host, () => {})
  const timer = setInterval(ask, 500)
  try {
    await new Promise<void>((resolve, reject) => {
      const end = setTimeout(() => reject(new Error('no answer over UDP')), patienceMs)
      socket.on('error', reject)
      socket.on('message', (answer) => {
        if (answer.readUInt16BE(0) !== 0x0101 || !answer.subarray(4, 20).equals(request.subarray(4))) return
        clearTimeout(end)
        resolve()
      })
      ask()
    })
  } finally {
    clearInterval(timer)
    socket.close()
  }
}
