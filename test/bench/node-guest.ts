// A guest at a node that costs its own machine as little as can be: what a page does at the relay, but spoken by hand (circuit relay v2), and
// without the handshake that two guests have through it. So two cores can hold a node and a thousand guests.
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection, Stream } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { lpStream } from '@libp2p/utils'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { webSockets } from '../../src/adapters/network-libp2p/web-sockets.ts'
import { bytesField, concat, readProtobuf, varintField } from '../../src/core/wire/protobuf.ts'

export interface Guest {
  /** Bytes of its peer id, as in multihash. */
  readonly id: Uint8Array
  connect(): Promise<Connection>
  /** Takes a relay slot; rejects when it is refused. */
  reserve(): Promise<void>
  /** Opens a circuit to another guest, sends bytes through it, gets them back, and closes it. */
  echoThrough(other: Uint8Array): Promise<void>
  /** Breaks the connection without a word. */
  vanish(): void
  stop(): Promise<void>
}

const hop = '/libp2p/circuit/relay/0.2.0/hop'
const stop = '/libp2p/circuit/relay/0.2.0/stop'
const statusOk = 100
const patienceMs = 15_000
const echoBytes = 1_024

export const createGuest = async (address: string): Promise<Guest> => {
  const privateKey = await generateKeyPair('Ed25519')
  const host = await createLibp2p({
    privateKey,
    addresses: { listen: [] },
    transports: [webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: { denyDialMultiaddr: () => false },
    connectionManager: { reconnectRetries: 0 },
    connectionMonitor: { enabled: false },
  })
  await host.handle(stop, (stream) => void echo(stream).catch(() => stream.abort(new Error('gone'))), { runOnLimitedConnection: true })
  const connect = (): Promise<Connection> => host.dial(multiaddr(address), { signal: AbortSignal.timeout(patienceMs) })
  const ask = async (request: Uint8Array) => {
    const stream = await (await connect()).newStream(hop, { signal: AbortSignal.timeout(patienceMs) })
    const messages = lpStream(stream)
    const options = { signal: AbortSignal.timeout(patienceMs) }
    await messages.write(request, options)
    const answer = readProtobuf((await messages.read(options)).subarray()) ?? []
    const status = answer.findLast(({ field }) => field === 5)
    if (status?.kind !== 'varint' || Number(status.value) !== statusOk) throw new Error(`refused with ${String(status?.value)}`)
    return { stream, messages, options }
  }

  return {
    id: host.peerId.toMultihash().bytes,
    connect,
    async reserve() {
      const { stream } = await ask(varintField(1, 0))
      await stream.close()
    },
    async echoThrough(other) {
      const { stream, messages, options } = await ask(concat([varintField(1, 1), bytesField(2, bytesField(1, other))]))
      await messages.write(new Uint8Array(echoBytes), options)
      if ((await messages.read(options)).byteLength !== echoBytes) throw new Error('something else came back')
      await stream.close()
    },
    vanish() {
      for (const connection of host.getConnections()) connection.abort(new Error('gone'))
    },
    stop: async () => host.stop(),
  }
}

/** Takes a circuit, and sends back what comes through it. */
const echo = async (stream: Stream): Promise<void> => {
  const messages = lpStream(stream)
  await messages.read()
  await messages.write(concat([varintField(1, 1), varintField(4, statusOk)]))
  await messages.write((await messages.read()).subarray())
  await stream.close()
}
