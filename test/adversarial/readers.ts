// The real readers of what travels below the conversations: a rendezvous point as the node serves it, a page's client of it, the end of a
// link, the page that asks who served it, the STUN server.
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { Connection, Libp2p, Stream, StreamHandler } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { lpStream, streamPair } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { limits } from '../../bootstrap-node/limits.ts'
import { serveRendezvous } from '../../bootstrap-node/rendezvous.ts'
import { answerStun } from '../../bootstrap-node/stun.ts'
import { createRendezvousClient } from '../../src/adapters/network-libp2p/rendezvous-client.ts'
import { createLinkFrameReader } from '../../src/core/wire/link-frames.ts'
import { nodeInfoFrom } from '../../src/core/wire/node-info.ts'
import { decodeRendezvous, encodeRendezvous, rendezvousStatus, type RendezvousMessage } from '../../src/core/wire/rendezvous.ts'
import type { Honest, RecordVector } from './classes/records.ts'
import { bytesFor } from './forge.ts'

export interface Readers {
  readonly honest: Honest
  /** What the reader of a vector makes of it. */
  read(vector: RecordVector): Promise<string>
  /** How many are registered, and what an honest page is answered. */
  state(): Promise<string>
  /** An honest page registers once more, and is found. */
  register(ns: string): Promise<RendezvousMessage | undefined>
}

const someone = async (name: string) => {
  const privateKey = await generateKeyPairFromSeed('Ed25519', bytesFor(name))
  const peerId = peerIdFromPrivateKey(privateKey)
  const record = await RecordEnvelope.seal(new PeerRecord({ peerId, multiaddrs: [multiaddr('/ip4/192.0.2.1/tcp/1')] }), privateKey)
  return { peerId, record: record.marshal() }
}

export const setUpReaders = async (): Promise<Readers> => {
  const [alice, bob] = await Promise.all(['Alice', 'Bob'].map(someone))
  let serve: StreamHandler | undefined
  const host = {
    addEventListener: () => {},
    getConnections: () => [{}],
    handle: async (_: string, handler: StreamHandler) => {
      serve = handler
    },
  }
  const point = await serveRendezvous(host as unknown as Libp2p, { ...limits, rendezvousBurst: 10_000 })
  const connection = { remotePeer: alice!.peerId } as unknown as Connection

  /** One request over a stream of its own; undefined when the point ends the stream instead of answering. */
  const ask = async (request: Uint8Array): Promise<RendezvousMessage | undefined> => {
    const [ours, theirs] = await streamPair()
    void serve?.(theirs, connection)
    const messages = lpStream(ours)
    try {
      await messages.write(request)
      return decodeRendezvous((await messages.read()).subarray())
    } catch {
      return undefined
    } finally {
      ours.abort(new Error('done'))
    }
  }

  /** What a page concludes of an answer. */
  const askPage = async (answer: Uint8Array): Promise<string> => {
    const [ours, theirs] = await streamPair()
    const client = createRendezvousClient({ newStream: async (): Promise<Stream> => ours } as unknown as Connection)
    const messages = lpStream(theirs)
    void messages.read().then(
      () => messages.write(answer),
      () => {},
    )
    try {
      return (await client.ask({ kind: 'discover', ns: 'name' }))?.kind ?? 'malformed'
    } catch {
      return 'malformed'
    }
  }

  const statusName = (message: RendezvousMessage | undefined): string => {
    if (message === undefined || !('status' in message)) return 'malformed'
    return Object.entries(rendezvousStatus).find(([, status]) => status === message.status)?.[0] ?? 'unknown'
  }

  const honest: Honest = { own: alice!.record, others: bob!.record }
  const register = (ns: string) => ask(encodeRendezvous({ kind: 'register', ns, record: honest.own, ttl: 7_200 }))
  return {
    honest,
    register,
    state: async () => {
      const found = await ask(encodeRendezvous({ kind: 'discover', ns: 'name' }))
      const records =
        found?.kind === 'discover-response' ? found.registrations.map(({ record }) => Buffer.from(record).toString('hex')) : []
      return JSON.stringify([point.size, records])
    },
    read: async ({ reader, bytes }) => {
      const given = bytes(honest)
      switch (reader) {
        case 'point':
          return statusName(await ask(given))
        case 'page':
          return askPage(given)
        case 'link':
          return createLinkFrameReader().push(given) === undefined ? 'malformed' : 'read'
        case 'stun':
          return answerStun(given, { address: '192.0.2.1', port: 4_000 }) === undefined ? 'malformed' : 'answered'
        case 'node-info':
          return infoIn(given)
      }
    },
  }
}

const infoIn = (bytes: Uint8Array): string => {
  try {
    return nodeInfoFrom(JSON.parse(new TextDecoder().decode(bytes))) === undefined ? 'malformed' : 'read'
  } catch {
    return 'malformed'
  }
}
