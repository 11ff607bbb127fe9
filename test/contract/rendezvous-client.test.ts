// The client of rendezvous points, against points that keep their stream open, that end it after each answer, and that say nonsense.
import { identify } from '@libp2p/identify'
import type { Connection, Libp2p } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { lpStream } from '@libp2p/utils'
import { yamux } from '@libp2p/yamux'
import { webSockets } from '@libp2p/websockets'
import { createLibp2p } from 'libp2p'
import { afterEach, expect, test } from 'vitest'
import { createRendezvousClient } from '../../src/adapters/network-libp2p/rendezvous-client.ts'
import { rendezvousProtocol } from '../../src/core/wire/protocol-ids.ts'
import { decodeRendezvous, encodeRendezvous } from '../../src/core/wire/rendezvous.ts'
import { createNodeClient } from '../fixtures/node-client.ts'
import type { NodeClient } from '../fixtures/node-client.ts'

let point: Libp2p | undefined
let client: NodeClient | undefined
afterEach(async () => {
  await client?.stop()
  await point?.stop()
})

/** A point that answers with what `answer` makes of the name asked for, and ends its stream after `perStream` answers. */
const connectTo = async (
  perStream: number,
  answer: (ns: string) => Uint8Array,
): Promise<{ connection: Connection; streams: () => number }> => {
  let streams = 0
  point = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] },
    transports: [webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify() },
  })
  await point.handle(rendezvousProtocol, async (stream) => {
    streams++
    const messages = lpStream(stream)
    try {
      for (let answers = 0; answers < perStream; answers++) {
        const request = decodeRendezvous((await messages.read()).subarray())
        await messages.write(answer(request?.kind === 'discover' ? (request.ns ?? '') : ''))
      }
      await stream.close()
    } catch {
      // The client is done.
    }
  })
  client = await createNodeClient(String(point.getMultiaddrs()[0]))
  return { connection: await client.connect(), streams: () => streams }
}

const named = (ns: string): Uint8Array =>
  encodeRendezvous({ kind: 'discover-response', registrations: [{ ns, record: new Uint8Array(1) }], status: 0 })
const names = Array.from({ length: 12 }, (_, index) => `name ${index}`)
const ask = async (connection: Connection): Promise<unknown[]> => {
  const { ask: one } = createRendezvousClient(connection)
  const answers = await Promise.all(names.map((ns) => one({ kind: 'discover', ns })))
  return answers.map((answer) => (answer?.kind === 'discover-response' ? answer.registrations[0]?.ns : undefined))
}

test('asks many things at once over one stream, and gives each its own answer', async () => {
  const { connection, streams } = await connectTo(1_000, named)
  expect(await ask(connection)).toEqual(names)
  expect(streams()).toBe(1)
})

test('asks over a new stream each time where the point ends it after an answer', async () => {
  const { connection } = await connectTo(1, named)
  expect(await ask(connection)).toEqual(names)
})

test('gives up on a point that says nonsense', async () => {
  const { connection } = await connectTo(1_000, () => Uint8Array.of(255, 255))
  await expect(ask(connection)).rejects.toThrow(/rendezvous point/)
})
