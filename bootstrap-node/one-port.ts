// Page and relay on one port: libp2p's WebSocket listener makes an HTTP server that refuses every plain request; here plain requests go to
// the page instead, and a WebSocket is let in only past the doorkeeper, before any handshake.
// Danger: `http`, `wsServer` and `onWsServerConnection` of the listener are not in its public type. This file is the only one that knows,
// and the tests of the node hold it.
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { webSockets } from '@libp2p/websockets'
import type { Listener } from '@libp2p/interface'
import type { Doorkeeper } from './doorkeeper.ts'
import type { Limits } from './limits.ts'

interface HttpListener extends Listener {
  readonly http?: Server
  readonly wsServer: {
    readonly options: { maxPayload?: number }
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, done: (webSocket: ServerSocket) => void): void
  }
  onWsServerConnection(socket: ServerSocket, request: IncomingMessage): void
}

interface ServerSocket {
  close(code?: number, reason?: string): void
  terminate(): void
}

/** A libp2p WebSocket transport whose port also answers HTTP with `answer`. */
export const webSocketsBeside = (answer: RequestListener, doorkeeper: Doorkeeper, limits: Limits): ReturnType<typeof webSockets> => {
  const create = webSockets({ http: { maxHeaderSize: limits.httpHeaderBytes } })
  return (components) => {
    const transport = create(components)
    const createListener = transport.createListener.bind(transport)
    transport.createListener = (options) => {
      const listener = createListener(options) as HttpListener
      const listen = listener.listen.bind(listener)
      listener.listen = async (address) => {
        await listen(address)
        listener.wsServer.options.maxPayload = limits.webSocketMessageBytes
        const server = listener.http
        if (server === undefined) throw new Error('the WebSocket listener has no HTTP server any more: see one-port.ts')
        server.removeAllListeners('request').on('request', answer)
        server.removeAllListeners('upgrade').on('upgrade', (request, socket: Duplex, head) => {
          const address = request.socket.remoteAddress ?? ''
          if (!doorkeeper.enter(address)) {
            socket.end('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\n\r\n')
            return
          }
          socket.once('close', () => doorkeeper.leave(address))
          listener.wsServer.handleUpgrade(request, socket, head, (webSocket) => {
            listener.onWsServerConnection(closingOnAbort(webSocket), request)
          })
        })
      }
      return listener
    }
    return transport
  }
}

// The library aborts with `close(1006)`, a code that must not be sent: the call throws and the socket stays open for ever.
const closingOnAbort = (webSocket: ServerSocket): ServerSocket => {
  const close = webSocket.close.bind(webSocket)
  webSocket.close = (code, reason) => (code === 1006 ? webSocket.terminate() : close(code, reason))
  return webSocket
}
