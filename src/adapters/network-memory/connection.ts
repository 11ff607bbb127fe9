// A connection between two ends: two queues of things under way, each delivered in order. It dies as a whole: what is in flight is
// lost, and each end notices in its own time, until which its frames go nowhere.
import type { Clock } from '../../ports/clock.ts'
import type { LinkPath } from '../../ports/network.ts'
import type { Connection, End } from './end.ts'

/** What travels towards an end. */
type Item =
  | { readonly kind: 'up' }
  | { readonly kind: 'frame'; readonly bytes: Uint8Array; readonly done: () => void }
  | { readonly kind: 'down'; readonly isLost: boolean }

interface Side {
  readonly end: End
  /** This end's number for the link; 0 until it is up. */
  link: number
  since: number
  /** Under way towards this end. */
  queue: Item[]
  /** When the last of the queue arrives, by the hub's clock. */
  lastAt: number
  /** Grows when the queue is thrown away, so that old timers find nothing. */
  generation: number
  inFlightBytes: number
}

export interface ConnectionEvents {
  readonly up: (end: End, connection: Connection) => void
  readonly frame: (end: End, from: End, link: number, bytes: Uint8Array) => void
  /** `isLost`: without a good-bye. */
  readonly down: (end: End, connection: Connection, isLost: boolean) => void
  /** It ended before this end had seen it come up, or after this end had moved on to another. */
  readonly missed: (end: End) => void
}

/** Bytes in flight in one direction above which `send` settles only on arrival: the back-pressure of a data channel. */
const fullAtBytes = 1024 * 1024

export const createConnection = (
  clock: Clock,
  [a, b]: readonly [End, End],
  path: LinkPath,
  through: string | undefined,
  events: ConnectionEvents,
): Connection => {
  let alive = true
  const sides: readonly [Side, Side] = [sideOf(a), sideOf(b)]
  const sideAt = (end: End): Side => (end === a ? sides[0] : sides[1])
  const otherSide = (end: End): Side => (end === a ? sides[1] : sides[0])

  const push = (side: Side, item: Item, delayMs: number): void => {
    const at = Math.max(side.lastAt, clock.now() + delayMs)
    side.lastAt = at
    side.queue.push(item)
    const { generation } = side
    // Takes the head, whichever timer fires first: order holds on any clock.
    clock.after(Math.max(0, at - clock.now()), () => {
      if (generation === side.generation) arrive(side)
    })
  }

  const arrive = (side: Side): void => {
    const item = side.queue.shift()
    const { end } = side
    if (item === undefined) return
    if (item.kind === 'frame') item.done()
    if (item.kind === 'down') alive = false
    if (!end.alive) return item.kind === 'down' ? events.missed(end) : undefined
    switch (item.kind) {
      case 'up':
        side.link = end.nextLink++
        side.since = end.now()
        end.connectionByDevice.set(connection.other(end).device, connection)
        events.up(end, connection)
        break
      case 'frame':
        // An end that has moved on to a newer link hears nothing on this one.
        if (end.connectionByDevice.get(connection.other(end).device) === connection) {
          events.frame(end, connection.other(end), side.link, item.bytes)
        }
        break
      case 'down':
        if (end.connectionByDevice.get(connection.other(end).device) === connection) {
          end.connectionByDevice.delete(connection.other(end).device)
          events.down(end, connection, item.isLost)
        } else events.missed(end)
        break
    }
  }

  const empty = (side: Side): void => {
    const lost = side.queue
    side.queue = []
    side.generation++
    side.lastAt = 0
    for (const item of lost) if (item.kind === 'frame') item.done()
  }

  const connection: Connection = {
    ends: [a, b],
    path,
    through,
    isAlive: () => alive,
    joins: (end) => end === a || end === b,
    other: (end) => (end === a ? b : a),
    linkOf: (end) => ({ link: sideAt(end).link, since: sideAt(end).since }),
    open: (delayMs) => {
      for (const side of sides) push(side, { kind: 'up' }, delayMs(side.end))
    },
    send: (from, bytes, latencyMs) =>
      new Promise((settle) => {
        const side = otherSide(from)
        if (!alive) return settle()
        side.inFlightBytes += bytes.length
        const isFull = side.inFlightBytes > fullAtBytes
        const done = (): void => {
          side.inFlightBytes -= bytes.length
          if (isFull) settle()
        }
        push(side, { kind: 'frame', bytes, done }, latencyMs)
        if (!isFull) settle()
      }),
    bye: (by, latencyMs) => {
      empty(sideAt(by))
      push(otherSide(by), { kind: 'down', isLost: false }, latencyMs)
    },
    die: (noticeMs) => {
      if (!alive) return
      alive = false
      for (const side of sides) {
        empty(side)
        push(side, { kind: 'down', isLost: true }, noticeMs(side.end))
      }
    },
  }
  return connection
}

const sideOf = (end: End): Side => ({ end, link: 0, since: 0, queue: [], lastAt: 0, generation: 0, inFlightBytes: 0 })
