// Rooms of several sizes: two people at real pages, all others in Node over the same services and the same network (see room-peer.ts), a few
// in each process: many in one would wait for each other more than for the network.
import { fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { figureOf, round, table, type Figure } from './figures.ts'
import { accept, makeGroup, openSite, signUp, until } from './people.ts'
import { read } from './stopwatch.ts'
import type { SpawnedNode } from '../fixtures/spawn-node.ts'
import type { RoomTask, RoomTold } from './room-peers.ts'

/** Milliseconds between two messages of the whole room. */
const paceMs = 1_000
/** Milliseconds for the last message to arrive. */
const patienceMs = 30_000
/** Those in Node have come to rest when all together hand fewer bytes than this to the network in so many milliseconds; waited for so long at most. */
const restBytes = 10_000
const restMs = 2_000
const restWithinMs = 180_000
/** So long at most before the next one joins: everybody runs on this machine, and each join gives all of them something to do. */
const restBetweenMs = 20_000
/** Milliseconds for each to have joined, one after the other, on a machine that all of them share. */
const joiningMs = 60_000
const peoplePerProcess = 5

export interface RoomFigures {
  readonly people: number
  /** Link opened to being let in. */
  readonly join: Figure
  /** Handed to the network for each who joined in Node, by all of them, from the first one's joining until they came to rest. */
  readonly kilobytesPerJoin: number
  readonly said: number
  /** Arrivals at everybody but who said it, of so many that there should be. */
  readonly delivered: number
  readonly expected: number
  /** Said to seen at somebody else's, pages and Node alike. */
  readonly delivery: Figure
  /** Handed to the network's port by all in Node, acknowledgements with it, for each message that one of them said or saw; and their time. */
  readonly bytesPerMessage: number
  readonly cpuMsPerMessage: number
  /** The most links that anybody in Node had, from the first one's joining on. */
  readonly mostLinks: number
}

export const benchRoom = async (built: string, count: number, full: boolean): Promise<{ readonly rooms: readonly RoomFigures[] }> => {
  const rooms: RoomFigures[] = []
  for (const people of full ? [3, 10, 30, 50] : [3, 10]) {
    rooms.push(await oneRoom(built, people, count))
    console.error(showRooms({ rooms: rooms.slice(-1) }))
  }
  return { rooms }
}

const oneRoom = async (built: string, people: number, count: number): Promise<RoomFigures> => {
  const site = await openSite(built)
  const crowd = createRoomCrowd(people - 2)
  try {
    const [alice, bob] = await Promise.all([site.person('Alice'), site.person('Bob')])
    await signUp(alice, site.url)
    const link = await makeGroup(alice, 'Choir')
    const began = Date.now()
    await accept(bob, link)
    await bob.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
    const bobs = Date.now() - began
    const joined: number[] = []
    const bytesNow = async () => (await crowd.tell()).bytes
    for (let who = 0; who < people - 2; who++) {
      joined.push((await crowd.join(who, site.node, link)).took)
      await restingBytes(bytesNow, restBetweenMs)
    }
    const joinBytes = await restingBytes(bytesNow, restWithinMs)
    const { most } = await crowd.tell()
    // The first who speaks makes an epoch, and everybody a new key after it: once, and no part of what talk costs.
    await crowd.say(0, 'first')
    await restingBytes(bytesNow, restWithinMs)
    await crowd.count()
    const said: { readonly mark: string; readonly at: number; readonly who: number }[] = []
    for (let index = 0; index < count; index += 1) {
      const [mark, who, due] = [`[s${index}]`, index % (people - 2), sleep(paceMs)]
      said.push({ mark, who, at: (await crowd.say(who, mark)).at })
      await due
    }
    const expected = count * (people - 1)
    const look = async () => {
      const told = await crowd.tell()
      const pages = await Promise.all([alice, bob].map(async ({ page }) => (await read(page)).articles))
      const seen = [...told.seen, ...pages]
      // Everybody has seen each; of who said it, their own does not count.
      const times = said.flatMap(({ mark, at, who }) =>
        seen.flatMap((marks, other) => (other === who ? [] : (marks[mark] ?? Number.NaN) - at)),
      )
      return { told, times: times.filter(Number.isFinite) }
    }
    const { told, times } = await until(
      async () => {
        const now = await look()
        return now.times.length === expected ? now : undefined
      },
      250,
      patienceMs,
    ).catch(look)
    const inNode = told.seen.reduce((sum, marks) => sum + Object.keys(marks).length, 0)
    return {
      people,
      join: figureOf([bobs, ...joined]),
      kilobytesPerJoin: round(joinBytes / 1_000 / joined.length),
      said: count,
      delivered: times.length,
      expected,
      delivery: figureOf(times),
      bytesPerMessage: round(told.bytes / inNode),
      cpuMsPerMessage: round(told.cpuMs / inNode),
      mostLinks: Math.max(...most, ...told.most),
    }
  } finally {
    crowd.end()
    await site.end()
  }
}

/** What they have handed over once they have come to rest, or when they should have. */
const restingBytes = async (bytes: () => Promise<number>, withinMs: number): Promise<number> => {
  const end = Date.now() + withinMs
  let before = await bytes()
  while (true) {
    await sleep(restMs)
    const now = await bytes()
    if (now - before < restBytes || Date.now() > end) return now
    before = now
  }
}

const program = fileURLToPath(new URL('room-peers.ts', import.meta.url))

/** So many people in processes of a few each, counted from 0. */
const createRoomCrowd = (people: number) => {
  const processes = Array.from({ length: Math.ceil(people / peoplePerProcess) }, startPeers)
  const placeOf = (who: number) => ({ process: processes[who % processes.length]!, by: Math.floor(who / processes.length) })
  const tell = async () => {
    const told = await Promise.all(processes.map((process) => process.does({ kind: 'tell' }, patienceMs)))
    const sum = (of: (one: (typeof told)[number]) => number): number => told.reduce((total, one) => total + of(one), 0)
    const everybody = Array.from({ length: people }, (_, who) => who)
    return {
      /** In the order in which they joined. */
      seen: everybody.map((who) => told[who % processes.length]?.seen[placeOf(who).by] ?? {}),
      most: told.flatMap(({ most }) => most),
      bytes: sum(({ bytes }) => bytes),
      cpuMs: sum(({ cpuMs }) => cpuMs),
    }
  }
  return {
    tell,
    count: () => Promise.all(processes.map((process) => process.does({ kind: 'count' }, patienceMs))),
    join: (who: number, at: Pick<SpawnedNode, 'address' | 'stunUrl'>, link: string) =>
      placeOf(who).process.does({ kind: 'join', name: `Carol ${who + 1}`, node: at.address, stunUrl: at.stunUrl, link }, joiningMs),
    say: (who: number, mark: string) => placeOf(who).process.does({ kind: 'say', by: placeOf(who).by, mark }, patienceMs),
    end: () => {
      for (const process of processes) process.end()
    },
  }
}

const startPeers = () => {
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    does: <Kind extends RoomTask['kind']>(task: RoomTask & { readonly kind: Kind }, withinMs: number) =>
      new Promise<RoomTold & { readonly kind: Kind }>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`those in Node did not ${task.kind} within ${withinMs} ms`)), withinMs)
        child.once('message', (told) => {
          clearTimeout(timer)
          resolve(told as RoomTold & { readonly kind: Kind })
        })
        child.send(task)
      }),
    end: () => void child.kill('SIGKILL'),
  }
}

export const showRooms = ({ rooms }: { readonly rooms: readonly RoomFigures[] }): string =>
  table([
    ['people', 'join p50', 'p95', 'KB each', 'delivered', 'p50', 'p99', 'bytes each', 'CPU ms each', 'links at most'],
    ...rooms.map(({ people, join, kilobytesPerJoin, delivered, expected, delivery, bytesPerMessage, cpuMsPerMessage, mostLinks }) => [
      people,
      join.p50,
      join.p95,
      kilobytesPerJoin,
      `${delivered}/${expected}`,
      delivery.p50,
      delivery.p99,
      bytesPerMessage,
      cpuMsPerMessage,
      mostLinks,
    ]),
  ])
