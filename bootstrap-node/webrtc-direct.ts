// WebRTC-direct: a page on https reaches a node that has neither domain nor signed certificate, because the node's address carries the hash
// of its own. The library (@libp2p/webrtc 6.0) brings transport, handshake and streams; its listener owns a UDP port and speaks version 1
// only. Here it listens on this machine alone, `udp-port.ts` brings it its guests, and version 2 (libp2p specs, webrtc-direct.md) is spoken too.
// Danger: `startUDPMuxServer` and `incomingConnection` of the listener are not in its public type, and the offer that it makes up for its
// guest is put right on its way into node-datachannel. Remove this when a release speaks both versions and takes a socket.
import { createSocket } from 'node:dgram'
import { webRTCDirect } from '@libp2p/webrtc'
import type { Listener, MultiaddrConnection, Upgrader } from '@libp2p/interface'
import { IceUdpMuxListener } from 'node-datachannel'
import { RTCPeerConnection } from 'node-datachannel/polyfill'
import type { IceCredentials } from './ice-guest.ts'
import type { WebRtcCertificate } from './webrtc-certificate.ts'

export interface Guest {
  /** Where it says to be from, as the world sees it. */
  readonly address: string
  readonly port: number
  readonly credentials: IceCredentials
  /** The port of this machine from which its datagrams reach the inner one. */
  readonly innerPort: number
}

export interface WebRtcDirect {
  readonly transport: ReturnType<typeof webRTCDirect>
  /** What the host must listen on. */
  readonly listen: string
  /** The UDP port on 127.0.0.1 to which the datagrams of guests go; 0 until the host has started. */
  innerPort(): number
  /** Goes through the handshake with a guest; rejects when that fails. */
  accept(guest: Guest, signal: AbortSignal): Promise<MultiaddrConnection>
}

interface InnerListener extends Listener {
  startUDPMuxServer(host: string, port: number): unknown
  incomingConnection(name: string, host: string, port: number, signal: AbortSignal): Promise<void>
}

/** Guests whose handshake begins, by the node's name on their connection. */
const offers = new Map<string, Guest>()

export const createWebRtcDirect = (certificate: WebRtcCertificate): WebRtcDirect => {
  const { pem, privateKey, certhash } = certificate
  const create = webRTCDirect({
    certificate: { pem, privateKey, certhash },
    // The node has an address that all can reach; the library would ask third parties for it.
    rtcConfiguration: { iceServers: [] },
  })
  const connections = new Map<string, MultiaddrConnection>()
  let listener: InnerListener | undefined
  let innerPort = 0
  putOffersRight()

  return {
    listen: '/ip4/127.0.0.1/udp/0/webrtc-direct',
    innerPort: () => innerPort,
    transport: (components) => {
      const transport = create(components)
      const createListener = transport.createListener.bind(transport)
      transport.createListener = (options) => {
        const made = createListener({ ...options, upgrader: watching(options.upgrader, connections) }) as InnerListener
        made.startUDPMuxServer = () => ({
          owner: made,
          server: freePort().then((port) => {
            innerPort = port
            const inner = new IceUdpMuxListener(port, '127.0.0.1')
            return {
              close: async () => inner.stop(),
              address: () => ({ address: '127.0.0.1', family: 'IPv4', port }),
            }
          }),
        })
        listener = made
        return made
      }
      return transport
    },
    async accept(guest, signal) {
      const { own } = guest.credentials
      if (listener === undefined || offers.has(own)) throw new Error('this name is in use')
      offers.set(own, guest)
      try {
        await listener.incomingConnection(own, guest.address, guest.port, signal)
      } finally {
        offers.delete(own)
      }
      const key = keyOf(guest.address, guest.port)
      const connection = connections.get(key)
      connections.delete(key)
      if (connection === undefined) throw new Error('there is no connection')
      return connection
    },
  }
}

/** The upgrader as far as the listener uses it, remembering whose connection is whose. */
const watching = (upgrader: Upgrader, connections: Map<string, MultiaddrConnection>): Upgrader => {
  const upgradeInbound: Upgrader['upgradeInbound'] = async (connection, options) => {
    await upgrader.upgradeInbound(connection, options)
    const [host, udp] = connection.remoteAddr.getComponents()
    connections.set(keyOf(host?.value ?? '', Number(udp?.value)), connection)
  }
  return { upgradeInbound } as Upgrader
}

const keyOf = (address: string, port: number): string => `${address} ${port}`

/** libjuice takes no 0 for "any". */
const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(0, '127.0.0.1', resolve)
  })
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}

// The library makes up the offer of a guest out of one secret and the address that the world sees. In truth name and password may be two
// (version 2), and the datagrams come from a port of this machine.
const putOffersRight = (): void => {
  const prototype = RTCPeerConnection.prototype as unknown as PatchedPrototype
  if (prototype.parleyPutsOffersRight === true) return
  prototype.parleyPutsOffersRight = true
  const setRemoteDescription = prototype.setRemoteDescription
  prototype.setRemoteDescription = function (description) {
    const own = /^a=ice-ufrag:(\S+)$/m.exec(description.sdp ?? '')?.[1]
    const guest = description.type === 'offer' && own !== undefined ? offers.get(own) : undefined
    return setRemoteDescription.call(this, guest === undefined ? description : { type: 'offer', sdp: offerOf(guest) })
  }
}

/** As far as this file is concerned; the package's own type wants a browser's. */
interface PatchedPrototype {
  setRemoteDescription(description: { readonly type: string; readonly sdp?: string }): Promise<void>
  parleyPutsOffersRight?: boolean
}

/** What the guest would have offered, if it had been asked; its fingerprint is not known yet, and proved by the Noise handshake later. */
const offerOf = ({ credentials, innerPort }: Guest): string =>
  [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `m=application ${innerPort} UDP/DTLS/SCTP webrtc-datachannel`,
    'c=IN IP4 127.0.0.1',
    'a=ice-options:ice2,trickle',
    'a=mid:0',
    'a=setup:active',
    `a=ice-ufrag:${credentials.guest}`,
    `a=ice-pwd:${credentials.guestPassword}`,
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '00').join(':')}`,
    'a=sctp-port:5000',
    'a=max-message-size:16384',
    `a=candidate:1 1 UDP 1 127.0.0.1 ${innerPort} typ host`,
    'a=end-of-candidates',
    '',
  ].join('\r\n')
