// The WebSocket transport with one repair: @libp2p/websockets 10.1 aborts a connection with `close(1006)`, which every browser refuses by
// throwing, and the socket stays open behind a connection that is gone; the node then goes on believing in it. Here it is closed.
// Danger: `_connect` is not in the transport's public type. Offer the fix upstream.
import { webSockets as createTransport } from '@libp2p/websockets'

/** The code that stands for "ended without a word"; it may be received, but never sent. */
const abnormalClosure = 1006

export const webSockets = (): ReturnType<typeof createTransport> => (components) => {
  const transport = createTransport()(components) as ReturnType<ReturnType<typeof createTransport>> & Connecting
  const connect = transport._connect.bind(transport)
  transport._connect = async (...target) => {
    const socket = await connect(...target)
    const close = socket.close.bind(socket)
    socket.close = (code, reason) => (code === abnormalClosure ? close() : close(code, reason))
    return socket
  }
  return transport
}

interface Connecting {
  _connect(...target: readonly unknown[]): Promise<WebSocket>
}
