// The node's one UDP port. Whoever asks for their own address gets it (STUN); whoever knocks for WebRTC-direct gets, past the door, a socket
// on this machine through which the datagrams go to the inner port and back. So one port serves both, native code sees nobody whom the
// limits refuse, and a flood costs a look at 20 bytes each.
import { createSocket } from 'node:dgram'
import type { RemoteInfo, Socket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { plainAddress } from './cidr.ts'
import { credentialsIn, userNameIn } from './ice-guest.ts'
import type { IceCredentials } from './ice-guest.ts'
import type { Limits } from './limits.ts'
import { answerStun, isBindingRequest } from './stun.ts'
import { createTokenBuckets } from './token-buckets.ts'
import type { WebRtcDirect } from './webrtc-direct.ts'

export interface UdpPort {
  /** Guests with a socket here, whether they are connected yet or not. */
  readonly guests: number
  /** Keeps what a guest sends until it is called with `false` as often: its sender slows down, as it would on a slower way. */
  hold(address: string, port: number, on: boolean): void
  /** Call when all connections are closed. */
  close(): Promise<void>
}

export interface UdpPortOptions {
  readonly host: string
  readonly port: number
  readonly limits: Limits
  readonly webRtcDirect: Pick<WebRtcDirect, 'accept' | 'innerPort'>
  /** What to do once a guest is gone, or a string when it is refused. */
  readonly enter: (address: string) => (() => void) | string
}

/** A guest's way to the inner port. */
interface Visit {
  readonly inner: Socket
  /** Milliseconds since 1970 of its last datagram. */
  heardAt: number
  /** Who wants it to be held back. */
  holds: number
  /** What came meanwhile. */
  readonly kept: Uint8Array[]
  keptBytes: number
  /** Ends the handshake or the connection. */
  end(): void
}

/** Milliseconds that the way to the inner port outlives the connection. */
const lingerMs = 300
/** Milliseconds between two looks at who has been silent. */
const sweepMs = 1_000

/** Opens the port; rejects when it is taken. */
export const openUdpPort = async ({ host, port, limits, webRtcDirect, enter }: UdpPortOptions): Promise<UdpPort> => {
  const { udpBufferBytes: recvBufferSize, udpBufferBytes: sendBufferSize } = limits
  const outer = createSocket({ type: isIPv4(host) ? 'udp4' : 'udp6', recvBufferSize, sendBufferSize })
  const stunRate = createTokenBuckets(() => ({ burst: limits.stunPerSecond, perSecond: limits.stunPerSecond }))
  const visits = new Map<string, Visit>()
  let knocking = 0

  const welcome = async (from: RemoteInfo, credentials: IceCredentials, first: Uint8Array): Promise<void> => {
    const address = plainAddress(from.address)
    if (knocking >= limits.pendingGuests) return
    const leave = enter(address)
    if (typeof leave === 'string') return
    const key = keyOf(address, from.port)
    const gone = new AbortController()
    const inner = createSocket('udp4')
    visits.set(key, { inner, heardAt: Date.now(), holds: 0, kept: [], keptBytes: 0, end: () => gone.abort() })
    knocking++
    try {
      inner.on('message', (datagram) => outer.send(datagram, from.port, from.address))
      inner.on('error', () => gone.abort())
      const innerPort = await connectInside(inner, webRtcDirect.innerPort())
      const handshake = AbortSignal.any([gone.signal, AbortSignal.timeout(limits.guestHandshakeMs)])
      const accepted = webRtcDirect.accept({ address, port: from.port, credentials, innerPort }, handshake)
      inner.send(first)
      const connection = await accepted.finally(() => knocking--)
      await new Promise<void>((resolve) => {
        connection.addEventListener('close', () => resolve(), { once: true })
        gone.signal.addEventListener('abort', () => connection.abort(new Error('the guest is silent')), { once: true })
        if (connection.status !== 'open') resolve()
      })
    } catch {
      // It knocked and went, or is no browser: nobody's problem.
    } finally {
      leave()
      // Its last datagram tells the guest that this is the end; else it would learn it much later.
      await sleep(lingerMs)
      visits.delete(key)
      inner.close()
    }
  }

  outer.on('message', (datagram: Uint8Array, from: RemoteInfo) => {
    const visit = visits.get(keyOf(plainAddress(from.address), from.port))
    if (visit !== undefined) {
      visit.heardAt = Date.now()
      if (visit.holds === 0 || isBindingRequest(datagram)) visit.inner.send(datagram)
      else if (visit.keptBytes < limits.heldGuestBytes) {
        visit.kept.push(datagram)
        visit.keptBytes += datagram.length
      }
      return
    }
    if (!isBindingRequest(datagram) || !stunRate.take(from.address, Date.now())) return
    const userName = userNameIn(datagram)
    const credentials = userName === undefined ? undefined : credentialsIn(userName)
    if (credentials !== undefined) void welcome(from, credentials, datagram)
    const answer = userName === undefined ? answerStun(datagram, from) : undefined
    if (answer !== undefined) outer.send(answer, from.port, from.address)
  })
  await new Promise<void>((resolve, reject) => {
    outer.once('error', reject)
    outer.bind(port, host, () => {
      outer.off('error', reject)
      resolve()
    })
  })
  // A datagram that cannot be sent is nobody's problem.
  outer.on('error', () => {})

  const sweep = setInterval(() => {
    const since = Date.now() - limits.silentGuestMs
    for (const visit of visits.values()) if (visit.heardAt < since) visit.end()
  }, sweepMs).unref()

  return {
    get guests() {
      return visits.size
    },
    hold(address, port, on) {
      const visit = visits.get(keyOf(address, port))
      if (visit === undefined) return
      visit.holds += on ? 1 : -1
      if (visit.holds > 0) return
      for (const datagram of visit.kept.splice(0)) visit.inner.send(datagram)
      visit.keptBytes = 0
    },
    async close() {
      clearInterval(sweep)
      for (const visit of visits.values()) visit.end()
      while (visits.size > 0) await sleep(50)
      outer.close()
    },
  }
}

const keyOf = (address: string, port: number): string => `${address} ${port}`

/** Resolves with the port of this end. */
const connectInside = async (inner: Socket, port: number): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    inner.once('error', reject)
    inner.connect(port, '127.0.0.1', () => resolve())
  })
  return inner.address().port
}
