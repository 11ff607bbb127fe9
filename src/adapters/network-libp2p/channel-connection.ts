// A bare data channel as a libp2p connection before it is encrypted: bytes in, bytes out. Noise on top proves who is there.
import type { Logger, MessageStreamDirection } from '@libp2p/interface'
import { AbstractMultiaddrConnection } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'

/** Bytes of one message: every browser takes as much. */
const messageBytes = 64 * 1024
/** Bytes that may wait in the browser. */
const bufferBytes = 1024 * 1024

export interface ChannelConnectionInit {
  readonly peerConnection: RTCPeerConnection
  /** Open. */
  readonly channel: RTCDataChannel
  readonly remoteAddr: Multiaddr
  readonly direction: MessageStreamDirection
  readonly log: Logger
}

export class ChannelConnection extends AbstractMultiaddrConnection {
  readonly #channel: RTCDataChannel
  readonly #peerConnection: RTCPeerConnection

  constructor({ peerConnection, channel, ...init }: ChannelConnectionInit) {
    super({ ...init, maxMessageSize: messageBytes })
    this.#channel = channel
    this.#peerConnection = peerConnection
    channel.binaryType = 'arraybuffer'
    channel.bufferedAmountLowThreshold = bufferBytes / 2
    channel.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== 'string') this.onData(new Uint8Array(data))
    }
    channel.onbufferedamountlow = () => this.safeDispatchEvent('drain')
    channel.onclose = () => this.#over()
    peerConnection.addEventListener('connectionstatechange', () => {
      if (['closed', 'failed'].includes(peerConnection.connectionState)) this.#over()
    })
  }

  sendData(data: Parameters<AbstractMultiaddrConnection['sendData']>[0]): { sentBytes: number; canSendMore: boolean } {
    for (const bytes of data) this.#channel.send(bytes as Uint8Array<ArrayBuffer>)
    return { sentBytes: data.byteLength, canSendMore: this.#channel.bufferedAmount < bufferBytes }
  }

  sendReset(): void {
    this.#peerConnection.close()
  }

  sendClose(): Promise<void> {
    this.#channel.close()
    return Promise.resolve()
  }

  // A data channel gives everything that comes at once.
  sendPause(): void {}
  sendResume(): void {}

  #over(): void {
    this.onTransportClosed()
    this.#peerConnection.close()
  }
}
