// A bootstrap-node under a flood from a few addresses, and honest people who come meanwhile from others. Loopback only: the node believes this
// machine about where a request comes from, as it would believe a proxy. Count and time are bounded. Hostile guests, honest ones and the node
// are processes of their own on one machine, where the hostile ones in truth would sit elsewhere: so the kernel lets the others go first.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Health } from '../../bootstrap-node/health.ts'
import { spawnNode, type SpawnedNode } from '../fixtures/spawn-node.ts'
import { createCrowd, type Crowd } from './crowd.ts'
import { figureHead, figureOf, figureRow, round, table, type Figure } from './figures.ts'
import type { AttackTold } from './node-attacks.ts'
import { honestSteps, type HonestTold } from './node-honest.ts'
import { healthOf } from './node-load.ts'

type Of<Kind extends AttackTold['kind']> = AttackTold & { readonly kind: Kind }

export interface NodeFloodFigures {
  /** In the name of one address, through a proxy. */
  readonly knocks: Of<'knock'> & { readonly perSecond: number }
  readonly household: Of<'household'>
  readonly slowReaders: Of<'slow-readers'>
  readonly oversized: Of<'oversize'>
  readonly streams: Of<'streams'>
  readonly honest: Pick<HonestTold, 'tried' | 'served' | 'failedAt'> & {
    /** Percent. */
    readonly success: number
    /** Milliseconds of each step. */
    readonly took: Readonly<Record<keyof HonestTold['times'], Figure>>
  }
  readonly vanished: { readonly cycles: number; readonly slotsHeld5sAfter: number }
  readonly memoryMiB: { readonly before: number; readonly most: number; readonly after: number; readonly waitedSeconds: number }
  /** Percent of one core that the node used while all of that went on. */
  readonly nodeCpu: number
  /** Microseconds of one core that it takes the node to refuse somebody who comes through a proxy, and somebody who comes straight. */
  readonly refusalUs: { readonly proxied: number; readonly direct: number }
  /** How far the hostile processes stand back (nice). */
  readonly hostileNice: number
  /** The node was there to the end. */
  readonly survived: boolean
}

const hostileNice = 10
const flooder = '203.0.113.7'
/** Straight to the node a flood has to come from an address of this machine, but not from the one that it exempts. */
const ownFlooder = '127.0.0.7'

/** The bar is 2,000 knocks a second and 10,000 cycles (`full`). */
export const benchNodeFlood = async (cycles: number, full: boolean): Promise<NodeFloodFigures> => {
  const seconds = full ? 30 : 6
  const perSecond = full ? 2_000 : 100
  const pairs = full ? 32 : 4
  const waitedSeconds = full ? 60 : 10
  const node = await spawnNode({ args: ['--trusted-proxy', '127.0.0.1'] })
  const { address, port } = node
  const crowds = new Set<Crowd>()
  const crowd = (nice?: number): Crowd => {
    const made = createCrowd(nice)
    crowds.add(made)
    return made
  }
  const leave = (): void => {
    for (const one of crowds) one.end()
    crowds.clear()
  }
  /** Slots taken and left by two processes, whose identities come ten times each. */
  const vanish = async (count: number): Promise<void> => {
    const task = { kind: 'vanish', address, cycles: Math.ceil(count / 2), visits: 10 } as const
    await Promise.all([crowd(hostileNice).does(task), crowd(hostileNice).does(task)])
    leave()
  }
  try {
    // A few people come and go before, so that what follows is not the node's own warming up.
    await vanish(200)
    const before = await healthOf(node)
    const people = crowd()
    const hostile = (): Crowd => crowd(hostileNice)
    const watch = watchNode(node)
    const [{ tried, served, failedAt, times }, knocks, household, slowReaders, oversized, streams] = await Promise.all([
      people.does({ kind: 'come', address, perSecond: 4, seconds }),
      hostile().does({ kind: 'knock', port, from: flooder, perSecond, seconds }),
      hostile().does({ kind: 'household', address, identities: 64, seconds }),
      hostile().does({ kind: 'slow-readers', address, pairs, seconds }),
      hostile().does({ kind: 'oversize', port, perSecond: 5, seconds }),
      hostile().does({ kind: 'streams', address, seconds }),
    ])
    const used = await watch.end()
    leave()
    await vanish(cycles)
    await sleep(5_000)
    const slotsHeld5sAfter = (await healthOf(node)).reservations
    await sleep(Math.max(0, waitedSeconds - 5) * 1_000)
    const end = await healthOf(node)
    const mebibytes = (bytes: number): number => round(bytes / 1024 / 1024)
    return {
      knocks: { perSecond, ...knocks },
      household,
      slowReaders,
      oversized,
      streams,
      honest: {
        tried,
        served,
        success: round((100 * served) / tried),
        failedAt,
        took: { connect: figureOf(times.connect), reserve: figureOf(times.reserve), circuit: figureOf(times.circuit) },
      },
      vanished: { cycles, slotsHeld5sAfter },
      memoryMiB: { before: mebibytes(before.memoryBytes), most: mebibytes(used.most), after: mebibytes(end.memoryBytes), waitedSeconds },
      nodeCpu: used.cpuPercent,
      refusalUs: {
        proxied: await costOfRefusal(node, crowd(hostileNice), { from: flooder }),
        direct: await costOfRefusal(node, crowd(hostileNice), { localAddress: ownFlooder }),
      },
      hostileNice,
      survived: end.ok,
    }
  } finally {
    leave()
    await node.end()
  }
}

/** Looks at the node from now on. */
const watchNode = (node: SpawnedNode): { end(): Promise<{ readonly most: number; readonly cpuPercent: number }> } => {
  let over = false
  const look = async (): Promise<{ most: number; cpuPercent: number }> => {
    const [first, from] = [await healthOf(node), performance.now()]
    let last: Health = first
    let most = first.memoryBytes
    while (!over) {
      await sleep(250)
      last = await healthOf(node)
      most = Math.max(most, last.memoryBytes)
    }
    return { most, cpuPercent: round((100_000 * (last.cpuSeconds - first.cpuSeconds)) / (performance.now() - from)) }
  }
  const looking = look()
  return {
    end() {
      over = true
      return looking
    },
  }
}

/** Microseconds of the node's time for one of so many knocks. */
const costOfRefusal = async (
  node: SpawnedNode,
  crowd: Crowd,
  from: { readonly from: string } | { readonly localAddress: string },
): Promise<number> => {
  const knocks = async (seconds: number): Promise<number> => {
    const { refused } = await crowd.does({ kind: 'knock', port: node.port, perSecond: 1_000, seconds, ...from })
    return refused
  }
  // Whatever is let in at first is in by now.
  await knocks(1)
  const before = (await healthOf(node)).cpuSeconds
  const refused = await knocks(5)
  return Math.round((1e6 * ((await healthOf(node)).cpuSeconds - before)) / refused)
}

export const showNodeFlood = (figures: NodeFloodFigures): string => {
  const { knocks, household, slowReaders, oversized, streams, honest, vanished, memoryMiB } = figures
  return [
    `${knocks.sent} knocks in ${round(knocks.seconds)} s (${knocks.perSecond} a second wanted): ${knocks.refused} refused.`,
    `64 identities of one household: ${household.connected} connections, ${household.reserved} slots.`,
    `${2 * slowReaders.pairs} who send without end and do not read; ${oversized.ended} of ${oversized.sent} oversized messages ended their connection.`,
    `${streams.asked} streams asked for on ${streams.connections} connections: ${streams.held} held.`,
    `Honest people: ${honest.served} of ${honest.tried} served (${honest.success} %).`,
    table([figureHead, ...honestSteps.map((step) => figureRow(`${step}, ${honest.failedAt[step]} failed`, honest.took[step]))]),
    `${vanished.cycles} slots taken and left: ${vanished.slotsHeld5sAfter} held 5 s after.`,
    `Memory: ${memoryMiB.before} MiB, at most ${memoryMiB.most}, ${memoryMiB.after} after ${memoryMiB.waitedSeconds} s.`,
    `The node used ${figures.nodeCpu} % of a core meanwhile; a refusal takes it ${figures.refusalUs.direct} µs, through a proxy ${figures.refusalUs.proxied} µs. ` +
      `The hostile stood back by ${figures.hostileNice} (nice). ${figures.survived ? 'It runs.' : 'It does not run any more.'}`,
  ].join('\n')
}
