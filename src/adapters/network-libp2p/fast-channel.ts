// A data channel of the link's own on a direct connection. A libp2p stream over WebRTC wraps each write in protobuf, cuts it into 16 KiB and
// passes it through four queues: a round trip of 1 KiB took 1.9 times a bare channel's, and bulk a fifth of its rate. Frames of a direct
// link go over this channel instead, encrypted and authenticated by the same DTLS; hello, pulse and bye stay on the stream.
// The channel is `negotiated`: both sides make it under the same id without a word, so libp2p's muxer never sees it.
// Danger: the peer connection behind a libp2p connection is not public. Where it is not found, frames go over the stream as ever.
import type { Connection } from '@libp2p/interface'

/** Above what the muxer's channels count up to, below the 256 that Firefox opens by itself. */
const channelId = 200
/** Bytes of one message: every browser takes as much. */
const messageBytes = 64 * 1024
/** Bytes that may wait in the browser; full until half of it is gone. */
const bufferBytes = 1024 * 1024

export interface FastChannel {
  /** Hands bytes to the browser; `false` when the channel is over. Settles late while the browser is full. */
  send(bytes: Uint8Array): Promise<boolean>
  close(): void
}

/** A channel on a direct connection, or `undefined` where none can be had. `receive` gets bytes in order, cut anyhow. */
export const openFastChannel = (connection: Connection, receive: (bytes: Uint8Array) => void): FastChannel | undefined => {
  const channel = createChannel(connection)
  if (channel === undefined) return undefined
  channel.binaryType = 'arraybuffer'
  channel.bufferedAmountLowThreshold = bufferBytes / 2
  channel.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== 'string') receive(new Uint8Array(data))
  }
  let inLine: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const hasRoom = (): boolean => channel.readyState === 'open' && channel.bufferedAmount < bufferBytes

  /** All at once if there is room at the start: the browser's buffer holds far more than one frame above the mark. */
  const write = (bytes: Uint8Array): boolean => {
    if (channel.readyState !== 'open') return false
    try {
      for (let at = 0; at < bytes.length; at += messageBytes) channel.send(bytes.subarray(at, at + messageBytes) as Uint8Array<ArrayBuffer>)
      return true
    } catch {
      return false
    }
  }

  const room = (): Promise<void> =>
    new Promise((resolve) => {
      if (hasRoom() || isOver(channel)) return resolve()
      const done = (): void => {
        for (const name of ['open', 'bufferedamountlow', 'close']) channel.removeEventListener(name, done)
        resolve()
      }
      for (const name of ['open', 'bufferedamountlow', 'close']) channel.addEventListener(name, done)
    })

  return {
    send(bytes) {
      if (waiting === 0 && hasRoom()) return Promise.resolve(write(bytes))
      waiting++
      const sent = inLine.then(async () => {
        await room()
        waiting--
        return write(bytes)
      })
      inLine = sent
      return sent
    },
    close: () => channel.close(),
  }
}

/** Calls back whenever the browser has not heard from the other side for some seconds. */
export const onDisconnected = (connection: Connection, call: () => void): void => {
  const peerConnection = peerConnectionOf(connection)
  peerConnection?.addEventListener('connectionstatechange', () => {
    if (peerConnection.connectionState === 'disconnected') call()
  })
}

/** Whether the browser itself hears from the other side (consent checks of RFC 7675), which no lost packet holds up; never on a relayed one. */
export const isHeard = (connection: Connection): boolean => peerConnectionOf(connection)?.connectionState === 'connected'

/**
 * Calls back when the other side has ended the association: all channels end at once then, yet the connection stands for seconds more.
 * Do not use it on a connection that has a fast channel.
 */
export const onHungUp = (connection: Connection, call: () => void): void => {
  const channel = createChannel(connection)
  // One that never opened says nothing.
  channel?.addEventListener('open', () => channel.addEventListener('close', call), { once: true })
}

const peerConnectionOf = (connection: Connection): RTCPeerConnection | undefined =>
  (connection as unknown as { readonly maConn?: { readonly peerConnection?: RTCPeerConnection } }).maConn?.peerConnection

const createChannel = (connection: Connection): RTCDataChannel | undefined => {
  try {
    return peerConnectionOf(connection)?.createDataChannel('parley', { negotiated: true, id: channelId })
  } catch {
    // The id is in use: another link stream on this connection has the channel.
    return undefined
  }
}

const isOver = (channel: RTCDataChannel): boolean => channel.readyState === 'closing' || channel.readyState === 'closed'
