// A bootstrap-node under a flood from a few addresses, and honest people who come meanwhile from others. Loopback only: the node believes this
// machine about where a request comes from, as it would believe a proxy. Count and time are bounded.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { rendezvousProtocol } from '../../src/core/wire/protocol-ids.ts'
import { createNodeClient, type NodeClient } from '../fixtures/node-client.ts'
import { spawnNode, type SpawnedNode } from '../fixtures/spawn-node.ts'
import { createCrowd, type Crowd } from './crowd.ts'
import { round } from './figures.ts'
import { healthOf } from './node-load.ts'
import { inTurns, succeeds } from './turns.ts'

export interface NodeFloodFigures {
  readonly knocks: { readonly perSecond: number; readonly sent: number; readonly refused: number }
  /** Of 64 identities in one /56: connections and relay slots they got. */
  readonly household: { readonly connected: number; readonly reserved: number }
  readonly slowReaders: number
  /** Of messages beyond any limit: how many ended their connection. */
  readonly oversized: { readonly sent: number; readonly ended: number }
  /** Streams that one peer asked for and got. */
  readonly streams: { readonly asked: number; readonly got: number }
  readonly honest: { readonly tried: number; readonly served: number; readonly success: number }
  readonly vanished: { readonly cycles: number; readonly slotsHeld5sAfter: number }
  readonly memoryMiB: { readonly before: number; readonly most: number; readonly after: number; readonly waitedSeconds: number }
  /** The node was there to the end. */
  readonly survived: boolean
}

/** The bar is 2,000 knocks a second and 10,000 cycles (`full`). */
export const benchNodeFlood = async (cycles: number, full: boolean): Promise<NodeFloodFigures> => {
  const perSecond = full ? 2_000 : 100
  const seconds = full ? 30 : 6
  const waitedSeconds = full ? 60 : 10
  const node = await spawnNode({ args: ['--trusted-proxy', '127.0.0.1'] })
  const clients: NodeClient[] = []
  const guest = async (from?: string): Promise<NodeClient> => {
    const made = await createNodeClient(node.address, from === undefined ? {} : { headers: { 'x-forwarded-for': from } })
    clients.push(made)
    return made
  }
  const crowds = [createCrowd(), createCrowd()]
  try {
    // A few people come and go before, so that what follows is not the node's own warming up.
    await vanish(crowds, node.address, 200)
    const before = (await healthOf(node)).memoryBytes
    let most = before
    let over = false
    const watching = (async () => {
      while (!over) {
        most = Math.max(most, (await healthOf(node)).memoryBytes)
        await sleep(250)
      }
    })()
    const [knocks, honest, household, slowReaders, oversized, streams] = await Promise.all([
      crowds[0]?.does({ kind: 'knock', port: node.port, from: '203.0.113.7', perSecond, seconds }),
      comeHonestly(guest, seconds),
      crowd(guest),
      readSlowly(node, guest, full ? 32 : 4),
      sendTooMuch(node, full ? 50 : 5),
      askForStreams(guest, full ? 5_000 : 200),
    ])
    over = true
    await watching
    await Promise.all(clients.splice(0).map((client) => client.stop()))
    // Those who were let in and say nothing leave with their process.
    crowds.shift()?.end()
    crowds.push(createCrowd())
    await vanish(crowds, node.address, cycles)
    await sleep(5_000)
    const slotsHeld5sAfter = (await healthOf(node)).reservations
    await sleep(Math.max(0, waitedSeconds - 5) * 1_000)
    const end = await healthOf(node)
    const mebibytes = (bytes: number): number => round(bytes / 1024 / 1024)
    return {
      knocks: { perSecond, sent: perSecond * seconds, refused: knocks?.kind === 'knocked' ? knocks.refused : 0 },
      household,
      slowReaders,
      oversized,
      streams,
      honest: { ...honest, success: round((100 * honest.served) / honest.tried) },
      vanished: { cycles, slotsHeld5sAfter },
      memoryMiB: { before: mebibytes(before), most: mebibytes(most), after: mebibytes(end.memoryBytes), waitedSeconds },
      survived: end.ok,
    }
  } finally {
    for (const crowd of crowds) crowd.end()
    await Promise.all(clients.map((client) => client.stop()))
    await node.end()
  }
}

/** Two people a second, each from an address of their own: a connection, a slot, and a circuit to who came before. */
const comeHonestly = async (
  guest: (from: string) => Promise<NodeClient>,
  seconds: number,
): Promise<{ readonly tried: number; readonly served: number }> => {
  const tried = 2 * seconds
  let served = 0
  let former: NodeClient | undefined
  const coming: Promise<void>[] = []
  for (let index = 0; index < tried; index += 1) {
    const person = await guest(`198.51.100.${index + 1}`)
    const before = former
    former = person
    coming.push(
      (async () => {
        if (!(await succeeds(person.reserve()))) return
        if (before === undefined) {
          served += 1
          return
        }
        await sleep(500)
        const [way] = person.host.getConnections()
        const circuit = multiaddr(`${way?.remoteAddr.toString() ?? ''}/p2p-circuit/p2p/${before.host.peerId.toString()}`)
        if (await succeeds(person.host.dial(circuit, { signal: AbortSignal.timeout(10_000) }))) served += 1
      })(),
    )
    await sleep(500)
  }
  await Promise.all(coming)
  return { tried, served }
}

const crowd = async (guest: (from: string) => Promise<NodeClient>): Promise<NodeFloodFigures['household']> => {
  let connected = 0
  let reserved = 0
  await inTurns(64, 8, async (index) => {
    const one = await guest(`2001:db8:0:100::${(index + 1).toString(16)}`)
    if (!(await succeeds(one.connect()))) return
    connected += 1
    if (await succeeds(one.reserve())) reserved += 1
  })
  return { connected, reserved }
}

/** Pairs of whom one sends all that the link takes, and the other does not read. */
const readSlowly = async (node: SpawnedNode, guest: (from: string) => Promise<NodeClient>, count: number): Promise<number> => {
  await inTurns(count, 4, async (index) => {
    const [sender, reader] = [await guest(`192.0.2.${2 * index + 1}`), await guest(`192.0.2.${2 * index + 2}`)]
    await succeeds(
      (async () => {
        await reader.reserve()
        await reader.host.handle('/slow/1', (stream) => stream.pause(), { runOnLimitedConnection: true })
        await sender.connect()
        const link = await sender.host.dial(multiaddr(`${node.address}/p2p-circuit/p2p/${reader.host.peerId.toString()}`))
        const stream = await link.newStream('/slow/1', { runOnLimitedConnection: true })
        for (let part = 0; part < 128; part += 1) if (!stream.send(new Uint8Array(64 * 1024))) break
      })(),
    )
  })
  return count
}

const sendTooMuch = async (node: SpawnedNode, sent: number): Promise<NodeFloodFigures['oversized']> => {
  let ended = 0
  await inTurns(sent, 2, async () => {
    const socket = new WebSocket(node.url.replace('http', 'ws'))
    const closed = new Promise<boolean>((resolve) => socket.addEventListener('close', () => resolve(true), { once: true }))
    socket.addEventListener('open', () => socket.send(new Uint8Array(2 * 1024 * 1024)))
    if (await Promise.race([closed, sleep(5_000, false)])) ended += 1
    socket.close()
  })
  return { sent, ended }
}

const askForStreams = async (guest: (from: string) => Promise<NodeClient>, asked: number): Promise<NodeFloodFigures['streams']> => {
  const streams: Stream[] = []
  const one = await guest('192.0.2.200')
  await succeeds(
    (async () => {
      const connection = await one.connect()
      await inTurns(asked, 16, async () => {
        const options = { maxOutboundStreams: asked, signal: AbortSignal.timeout(3_000) }
        await succeeds(connection.newStream(rendezvousProtocol, options).then((stream) => streams.push(stream)))
      })
    })(),
  )
  // A stream is there for its opener before the other side has refused it.
  await sleep(1_000)
  return { asked, got: streams.filter(({ status }) => status === 'open').length }
}

/** How often one identity comes again to take a slot and break off. */
const visits = 10

const vanish = async (crowds: readonly Crowd[], address: string, cycles: number): Promise<void> => {
  await Promise.all(crowds.map((crowd) => crowd.does({ kind: 'vanish', address, cycles: Math.ceil(cycles / crowds.length), visits })))
}

export const showNodeFlood = (figures: NodeFloodFigures): string =>
  [
    `${figures.knocks.sent} knocks at ${figures.knocks.perSecond} a second: ${figures.knocks.refused} refused.`,
    `64 identities of one household: ${figures.household.connected} connections, ${figures.household.reserved} slots.`,
    `${figures.slowReaders} slow readers; ${figures.oversized.ended} of ${figures.oversized.sent} oversized messages ended their connection; ${figures.streams.got} of ${figures.streams.asked} streams.`,
    `Honest people: ${figures.honest.served} of ${figures.honest.tried} served (${figures.honest.success} %).`,
    `${figures.vanished.cycles} slots taken and left: ${figures.vanished.slotsHeld5sAfter} held 5 s after.`,
    `Memory: ${figures.memoryMiB.before} MiB, at most ${figures.memoryMiB.most}, ${figures.memoryMiB.after} after ${figures.memoryMiB.waitedSeconds} s. ` +
      (figures.survived ? 'It runs.' : 'It does not run any more.'),
  ].join('\n')
