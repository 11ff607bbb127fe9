// A bootstrap-node with many people: what each costs in memory, and whether it stays quick while they meet. Loopback only.
import { spawnNode, type SpawnedNode } from '../fixtures/spawn-node.ts'
import { createCrowd } from './crowd.ts'
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
  /** From asking for a circuit to having 1 KiB back through it. */
  readonly circuit: Figure
  /** Milliseconds, of the node's event loop during all of it. */
  readonly eventLoopDelayP99Ms: number
  /** Share of connections, slots and circuits that came to be, in percent. */
  readonly honestSuccess: number
}

/** Processes that the people are spread over. */
const crowds = 2

/** The bar is 1,000 people and 50 circuits a second for 20 seconds (`full`). */
export const benchNodeLoad = async (people: number, full: boolean): Promise<NodeLoadFigures> => {
  const circuitsPerSecond = full ? 50 : 10
  const seconds = full ? 20 : 5
  const node = await spawnNode()
  const all = Array.from({ length: crowds }, () => createCrowd())
  try {
    // Some come and go before, so that what follows is not the node's own warming up.
    await all[0]?.does({ kind: 'vanish', address: node.address, cycles: 20, visits: 1 })
    const empty = (await healthOf(node)).memoryBytes
    const gathered = await Promise.all(all.map((crowd) => crowd.does({ kind: 'gather', address: node.address, count: people / crowds })))
    const held = gathered.reduce((sum, told) => sum + told.held, 0)
    const holding = await healthOf(node)
    const met = await Promise.all(all.map((crowd) => crowd.does({ kind: 'meet', perSecond: circuitsPerSecond / crowds, seconds })))
    const times = met.flatMap((told) => told.times)
    const tried = met.reduce((sum, told) => sum + told.tried, 0)
    const after = await healthOf(node)
    const mebibytes = (bytes: number): number => round(bytes / 1024 / 1024)
    return {
      people,
      memoryMiB: { empty: mebibytes(empty), held: mebibytes(holding.memoryBytes), after: mebibytes(after.memoryBytes) },
      bytesPerReservation: Math.round((holding.memoryBytes - empty) / Math.max(1, holding.reservations)),
      circuitsPerSecond,
      circuits: { tried, opened: times.length },
      circuit: figureOf(times),
      eventLoopDelayP99Ms: Math.max(holding.eventLoopDelayP99Ms, after.eventLoopDelayP99Ms),
      honestSuccess: round((100 * (held + times.length)) / (people + tried)),
    }
  } finally {
    for (const crowd of all) crowd.end()
    await node.end()
  }
}

export const healthOf = async (node: SpawnedNode): Promise<Health> => (await (await fetch(`${node.url}healthz`)).json()) as Health

export const showNodeLoad = (figures: NodeLoadFigures): string =>
  [
    `${figures.people} people: ${figures.memoryMiB.empty} MiB without, ${figures.memoryMiB.held} MiB with them (${figures.bytesPerReservation} bytes each), ` +
      `${figures.memoryMiB.after} MiB after ${figures.circuits.opened} of ${figures.circuits.tried} circuits.`,
    table([figureHead, figureRow('a circuit opened, there and back', figures.circuit)]),
    `Event loop's delay, p99: ${figures.eventLoopDelayP99Ms} ms. Honest success: ${figures.honestSuccess} %.`,
  ].join('\n')
