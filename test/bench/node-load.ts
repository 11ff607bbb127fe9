// A bootstrap-node with many people: what each costs in memory, and whether it stays quick while they meet. Loopback only.
import { setTimeout as sleep } from 'node:timers/promises'
import { multiaddr } from '@multiformats/multiaddr'
import { createNodeClient, type NodeClient } from '../fixtures/node-client.ts'
import { spawnNode, type SpawnedNode } from '../fixtures/spawn-node.ts'
import { figureHead, figureOf, figureRow, round, table, type Figure } from './figures.ts'
import type { Health } from '../../bootstrap-node/health.ts'

export interface NodeLoadFigures {
  /** Connections that hold a slot each. */
  readonly people: number
  /** Mebibytes of the node's process: with nobody, with everybody, after the circuits. */
  readonly memoryMiB: { readonly empty: number; readonly held: number; readonly after: number }
  /** Of a connection with its slot: the memory that came with them, by their number. */
  readonly bytesPerReservation: number
  readonly circuitsPerSecond: number
  /** Asked for, and done. */
  readonly circuits: { readonly tried: number; readonly opened: number }
  readonly circuit: Figure
  /** Milliseconds, of the node's event loop during all of it. */
  readonly eventLoopDelayP99Ms: number
  /** Share of connections, slots and circuits that came to be, in percent. */
  readonly honestSuccess: number
}

/** The bar is 1,000 people and 50 circuits a second for 20 seconds (`full`). */
export const benchNodeLoad = async (people: number, full: boolean): Promise<NodeLoadFigures> => {
  const circuitsPerSecond = full ? 50 : 10
  const seconds = full ? 20 : 5
  const node = await spawnNode()
  const clients: NodeClient[] = []
  try {
    const empty = (await healthOf(node)).memoryBytes
    let held = 0
    await inTurns(people, 8, async () => {
      const client = await createNodeClient(node.address)
      clients.push(client)
      if (await succeeds(client.reserve())) held += 1
    })
    const holding = await healthOf(node)

    const times: number[] = []
    const tried = circuitsPerSecond * seconds
    const open: Promise<void>[] = []
    const from = performance.now()
    for (let index = 0; index < tried; index += 1) {
      await sleep(Math.max(0, from + (index * 1_000) / circuitsPerSecond - performance.now()))
      open.push(meet(node, clients, index, times))
    }
    await Promise.all(open)
    const after = await healthOf(node)
    const mebibytes = (bytes: number): number => round(bytes / 1024 / 1024)
    return {
      people,
      memoryMiB: { empty: mebibytes(empty), held: mebibytes(holding.memoryBytes), after: mebibytes(after.memoryBytes) },
      bytesPerReservation: Math.round((holding.memoryBytes - empty) / Math.max(1, holding.reservations)),
      circuitsPerSecond,
      circuits: { tried, opened: times.length },
      circuit: figureOf(times),
      eventLoopDelayP99Ms: after.eventLoopDelayP99Ms,
      honestSuccess: round((100 * (held + times.length)) / (people + tried)),
    }
  } finally {
    await Promise.all(clients.map((client) => client.stop()))
    await node.end()
  }
}

const meet = async (node: SpawnedNode, clients: readonly NodeClient[], index: number, times: number[]): Promise<void> => {
  const [one, other] = [clients[index % clients.length], clients[(index * 7 + 1) % clients.length]]
  if (one === undefined || other === undefined || one === other) return
  const from = performance.now()
  const circuit = multiaddr(`${node.address}/p2p-circuit/p2p/${other.host.peerId.toString()}`)
  const dialled = one.host.dial(circuit, { force: true, signal: AbortSignal.timeout(15_000) })
  if (!(await succeeds(dialled))) return
  times.push(performance.now() - from)
  await (await dialled).close()
}

export const healthOf = async (node: SpawnedNode): Promise<Health> => (await (await fetch(`${node.url}healthz`)).json()) as Health

export const succeeds = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  )

/** Does `count` of them, `width` at a time. */
export const inTurns = async (count: number, width: number, one: (index: number) => Promise<void>): Promise<void> => {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(width, count) }, async () => {
      while (next < count) await one(next++)
    }),
  )
}

export const showNodeLoad = (figures: NodeLoadFigures): string =>
  [
    `${figures.people} people: ${figures.memoryMiB.empty} MiB without, ${figures.memoryMiB.held} MiB with them (${figures.bytesPerReservation} bytes each), ` +
      `${figures.memoryMiB.after} MiB after ${figures.circuits.opened} of ${figures.circuits.tried} circuits.`,
    table([figureHead, figureRow('a circuit opened', figures.circuit)]),
    `Event loop's delay, p99: ${figures.eventLoopDelayP99Ms} ms. Honest success: ${figures.honestSuccess} %.`,
  ].join('\n')
