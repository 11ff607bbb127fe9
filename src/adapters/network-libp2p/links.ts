// At most one link per device, whoever dialled and however often. Each connection to a device can carry one link stream; which of several
// becomes the link is decided by both sides by the same rule, so that both keep the same one:
//   1. another run of the other side's program beats what its former run left;
//   2. direct beats relayed;
//   3. dialled by the smaller device id beats dialled by the larger.
// The loser of a rule may be a link that is dead without anyone having noticed: it is asked first, and a silent one loses anyway.
import type { Connection, Stream } from '@libp2p/interface'
import { compareIds, toHex } from '../../core/ids.ts'
import type { DeviceId } from '../../core/ids.ts'
import { linkProtocol } from '../../core/wire/protocol-ids.ts'
import { linkSessionBytes } from '../../core/wire/link-frames.ts'
import type { LinkPath } from '../../ports/network.ts'
import { peerToDevice } from './device-peer.ts'
import { createLinkStream } from './link-stream.ts'
import type { LinkStream } from './link-stream.ts'

/** Milliseconds for the first word of the other side on a new stream. */
const helloDeadlineMs = 10_000
/** Milliseconds for a link to answer when another one wants its place. */
const rivalDeadlineMs = 1_000
/** Milliseconds that a replaced link stays open, so that the other side has taken the new one before it sees the end of the old. */
const farewellMs = 1_500
/** Frames kept while it is decided whether their stream becomes the link. */
const maxEarlyFrames = 64

export interface Link {
  /** Counts up over all links. */
  readonly number: number
  readonly device: DeviceId
  readonly path: LinkPath
  /** Milliseconds since 1970. */
  readonly since: number
  readonly connection: Connection
  roundTripMs(): number | undefined
}

export interface LinksEvents {
  up(link: Link): void
  down(link: Link, reason: 'bye' | 'lost' | 'closed'): void
  frame(link: Link, bytes: Uint8Array): void
  /** The way there and back takes another time than before. */
  measured(): void
}

export interface Links {
  /** Makes a dialled connection into a link; `true` when it (or a better one) is the link now. Ends it and rejects when it carries nothing. */
  open(connection: Connection): Promise<boolean>
  /** A stream that the other side opened. */
  accept(stream: Stream, connection: Connection): void
  get(device: DeviceId): Link | undefined
  all(): readonly Link[]
  send(device: DeviceId, bytes: Uint8Array): Promise<boolean>
  close(device: DeviceId): void
  /** Asks every link whether it lives, as after sleep or a change of network. */
  probe(): void
  /** Ends all links with a good-bye that goes out at once. */
  sayGoodbye(): void
}

interface Held extends Link {
  readonly stream: LinkStream
  readonly session: string
  readonly dialledBySmaller: boolean
}

export const createLinks = (self: DeviceId, events: LinksEvents): Links => {
  const session = crypto.getRandomValues(new Uint8Array(linkSessionBytes))
  const held = new Map<DeviceId, Held>()
  let count = 0

  const take = (link: Held, early: readonly Uint8Array[]): void => {
    const former = held.get(link.device)
    held.set(link.device, link)
    events.up(link)
    for (const bytes of early) events.frame(link, bytes)
    if (former === undefined) return
    const leave = (): void => {
      former.stream.end('silent')
      if (former.connection !== held.get(link.device)?.connection) dispose(former.connection)
    }
    if (former.session === link.session) setTimeout(leave, farewellMs)
    else leave()
  }

  const lose = (link: Held, reason: 'bye' | 'lost' | 'closed'): void => {
    if (held.get(link.device) !== link) return
    held.delete(link.device)
    events.down(link, reason)
    link.connection.abort(new Error(`the link is over: ${reason}`))
  }

  /** Whether `candidate` becomes the link; a rival that is better but silent is dropped. */
  const wins = async (candidate: Held): Promise<boolean> => {
    while (true) {
      const rival = held.get(candidate.device)
      if (rival === undefined || rival.session !== candidate.session || rank(candidate) >= rank(rival)) return true
      if (await rival.stream.probe(rivalDeadlineMs)) return false
      rival.stream.end('silent')
      lose(rival, 'lost')
    }
  }

  const offer = (stream: Stream, connection: Connection, outbound: boolean): Promise<boolean> =>
    new Promise((resolve) => {
      const device = peerToDevice(connection.remotePeer)
      if (device === undefined) {
        stream.abort(new Error('not a device'))
        return resolve(false)
      }
      let link: Held | undefined
      let greeted = false
      const early: Uint8Array[] = []
      const deadline = setTimeout(() => refuse(), helloDeadlineMs)
      const refuse = (): void => {
        clearTimeout(deadline)
        linkStream.end('silent')
        setTimeout(() => {
          if (held.get(device)?.connection !== connection) dispose(connection)
        }, farewellMs)
        resolve(held.has(device))
      }
      const judge = async (theirSession: Uint8Array): Promise<void> => {
        const candidate: Held = {
          number: ++count,
          device,
          path: connection.direct && connection.limits === undefined ? 'direct' : 'relayed',
          since: Date.now(),
          connection,
          roundTripMs: linkStream.roundTripMs,
          stream: linkStream,
          session: toHex(theirSession),
          dialledBySmaller: outbound === compareIds(self, device) < 0,
        }
        if (!(await wins(candidate)) || stream.status !== 'open') return refuse()
        link = candidate
        take(candidate, early.splice(0))
        // How long the way is; whether the link lives is asked by its own pulse.
        void linkStream.probe(helloDeadlineMs)
        resolve(true)
      }
      const linkStream = createLinkStream(stream, connection, {
        hello(theirSession) {
          if (greeted) return
          greeted = true
          clearTimeout(deadline)
          void judge(theirSession)
        },
        frame(bytes) {
          if (link === undefined) {
            if (early.push(bytes) > maxEarlyFrames) refuse()
          } else if (held.get(device) === link) events.frame(link, bytes)
        },
        measured() {
          if (link !== undefined && held.get(device) === link) events.measured()
        },
        over(reason) {
          clearTimeout(deadline)
          if (link !== undefined) lose(link, reason)
          resolve(held.has(device))
        },
      })
      linkStream.hello(session)
    })

  return {
    async open(connection) {
      const signal = AbortSignal.timeout(helloDeadlineMs)
      const stream = await connection.newStream(linkProtocol, { runOnLimitedConnection: true, signal }).catch((error: Error) => {
        // Whoever dials the device again would be given it again, open and dead, for as long as nobody ends it.
        if (![...held.values()].some((link) => link.connection === connection)) connection.abort(error)
        throw error
      })
      return offer(stream, connection, true)
    },
    accept: (stream, connection) => void offer(stream, connection, false),
    get: (device) => held.get(device),
    all: () => [...held.values()],
    send: (device, bytes) => held.get(device)?.stream.send(bytes) ?? Promise.resolve(false),
    close(device) {
      const link = held.get(device)
      if (link === undefined) return
      link.stream.end('bye')
      held.delete(device)
      events.down(link, 'closed')
      setTimeout(() => dispose(link.connection), farewellMs)
    },
    probe() {
      for (const link of held.values()) {
        void link.stream.probe(2 * rivalDeadlineMs).then((alive) => {
          if (alive || held.get(link.device) !== link) return
          link.stream.end('silent')
          lose(link, 'lost')
        })
      }
    },
    sayGoodbye() {
      for (const link of held.values()) {
        link.stream.end('bye')
        held.delete(link.device)
        events.down(link, 'closed')
      }
    },
  }
}

const rank = (link: Held): number => (link.path === 'direct' ? 2 : 0) + (link.dialledBySmaller ? 1 : 0)

const dispose = (connection: Connection): void => {
  connection
    .close({ signal: AbortSignal.timeout(1_000) })
    .catch((error: unknown) => connection.abort(error instanceof Error ? error : new Error('closed')))
}
