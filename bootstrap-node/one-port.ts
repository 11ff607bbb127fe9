// Page and relay on one port: libp2p's WebSocket listener makes an HTTP server that refuses every plain request; here plain requests go to
// the page instead, and a WebSocket is let in only past the door, before any handshake. With a certificate the same port speaks TLS too.
// Danger: `server`, `http`, `https`, `wsServer` and `onWsServerConnection` of the listener are not in its public type. This file is the only one that
// knows, and the tests of the node hold it.
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { createServer } from 'node:https'
import type { Server as SecureServer } from 'node:https'
import type { Server as TcpServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { webSockets } from '@libp2p/websockets'
import type { Listener } from '@libp2p/interface'
import type { Certificate } from './certificate.ts'
import { createDoors } from './doors.ts'
import type { Limits } from './limits.ts'

export interface Door {
  /** Whose request it is. */
  addressOf(request: IncomingMessage): string
  /** What to do once the connection is over, or the status line of a refusal. */
  enter(address: string, request: IncomingMessage): (() => void) | string
  /** What to do once a TCP socket is over, or `undefined` to refuse it. */
  connect(socketAddress: string): (() => void) | undefined
}

interface HttpListener extends Listener {
  readonly server: TcpServer
  readonly http?: Server
  https?: SecureServer
  readonly wsServer: {
    readonly options: { maxPayload?: number }
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, done: (webSocket: ServerSocket) => void): void
  }
  onWsServerConnection(socket: ServerSocket, request: UpgradeRequest): void
}

/** What the listener reads of a request: where it came from. */
interface UpgradeRequest {
  readonly socket: { readonly remoteAddress: string; readonly remotePort: number | undefined }
  destroy(error?: Error): void
}

interface ServerSocket {
  on(name: 'error', heard: (error: Error) => void): unknown
  close(code?: number, reason?: string): void
  terminate(): void
}

export interface OnePort {
  readonly answer: RequestListener
  readonly door: Door
  readonly limits: Limits
  readonly certificate: Certificate | undefined
}

/** A libp2p WebSocket transport whose port also answers HTTP with `answer`. */
export const webSocketsBeside = ({ answer, door, limits, certificate }: OnePort): ReturnType<typeof webSockets> => {
  const create = webSockets({ http: { maxHeaderSize: limits.httpHeaderBytes } })
  return (components) => {
    const transport = create(components)
    const createListener = transport.createListener.bind(transport)
    transport.createListener = (options) => {
      const listener = createListener(options) as HttpListener
      const listen = listener.listen.bind(listener)

      const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
        const address = door.addressOf(request)
        const leave = door.enter(address, request)
        if (typeof leave === 'string') {
          socket.on('error', () => {})
          socket.end(`HTTP/1.1 ${leave}\r\nRetry-After: 10\r\nConnection: close\r\n\r\n`)
          return
        }
        socket.once('close', leave)
        listener.wsServer.handleUpgrade(request, socket, head, (webSocket) => {
          listener.onWsServerConnection(closingOnAbort(webSocket), {
            socket: { remoteAddress: address, remotePort: request.socket.remotePort },
            destroy: (error) => request.destroy(error),
          })
        })
      }
      const serve = (server: Server | SecureServer): void => {
        server.removeAllListeners('request').on('request', answer)
        server.removeAllListeners('upgrade').on('upgrade', upgrade)
      }

      // The library waits for ever for the first byte of a socket, and for any number of them. Whoever is refused is so before it looks.
      const [admit, ...unknown] = listener.server.listeners('connection')
      if (admit === undefined || unknown.length > 0)
        throw new Error('the WebSocket listener hears of sockets otherwise now: see one-port.ts')
      const doors = createDoors(listener.server, limits.doors, limits.waitingSockets, (socket) => {
        const disconnect = door.connect(socket.remoteAddress ?? '')
        if (disconnect === undefined) {
          // The end that says a good-bye has to remember the socket for a minute.
          socket.on('error', () => {}).resetAndDestroy()
          return
        }
        const timer = setTimeout(() => socket.bytesRead === 0 && socket.destroy(), limits.silentSocketMs)
        socket.once('close', () => {
          clearTimeout(timer)
          disconnect()
        })
        admit.call(listener.server, socket)
      })
      const close = listener.close.bind(listener)
      listener.close = async () => {
        doors.close()
        await close()
      }
      listener.listen = async (address) => {
        await listen(address)
        await doors.open()
        listener.wsServer.options.maxPayload = limits.webSocketMessageBytes
        if (listener.http === undefined) throw new Error('the WebSocket listener has no HTTP server any more: see one-port.ts')
        serve(listener.http)
        certificate?.follow((pem) => {
          if (listener.https !== undefined) {
            listener.https.setSecureContext(pem)
            return
          }
          const secure = createServer({ ...pem, maxHeaderSize: limits.httpHeaderBytes })
          secure.on('tlsClientError', (_, socket) => socket.destroy())
          serve(secure)
          // The listener hands sockets that begin with a TLS handshake to this one.
          listener.https = secure
        })
      }
      return listener
    }
    return transport
  }
}

// The library aborts with `close(1006)`, a code that must not be sent: the call throws and the socket stays open for ever.
// And it does not listen for errors: without this, one frame that is none ends the whole process.
const closingOnAbort = (webSocket: ServerSocket): ServerSocket => {
  webSocket.on('error', () => webSocket.terminate())
  const close = webSocket.close.bind(webSocket)
  webSocket.close = (code, reason) => (code === 1006 ? webSocket.terminate() : close(code, reason))
  return webSocket
}
