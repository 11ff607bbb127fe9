// How fast relayed links may be: each by itself, and all together, shared evenly between peers and not between links, so that whoever opens
// many gets no more. A stream that has had its share is paused; the muxer then stops asking its sender for more, and nothing piles up here.
// The same holds a sender back whose reader is slow, where the library would keep all that comes.
import type { Stream } from '@libp2p/interface'
import type { Limits } from './limits.ts'

export interface Bandwidth {
  /** Measures a relayed link from now on; both ends are given with the peer that sends there. */
  link(one: LinkEnd, other: LinkEnd): void
  /** Relayed links that are open. */
  readonly links: number
  /** Bytes that came in to be relayed, since the start. */
  readonly carriedBytes: number
  /** Streams that wait for their share, or for their reader. */
  readonly waiting: number
  /** Milliseconds since 1970 of the last byte. */
  readonly lastAt: number
  stop(): void
}

export interface LinkEnd {
  readonly stream: Stream
  readonly peer: string
  /** Holds back what its whole connection sends, where a stream by itself cannot be held back; off again when called with `false`. */
  readonly holdSender?: ((on: boolean) => void) | undefined
}

interface Peer {
  streams: number
  /** Bytes it had, on a scale that is common to all: the waiting one with the least is next. */
  had: number
}

interface Shaped {
  readonly stream: Stream
  /** Where its bytes go. */
  readonly to: Stream
  readonly peer: Peer
  readonly link: Bucket
  /** Bytes that came the last time. */
  last: number
  readonly holdSender: (on: boolean) => void
  /** Milliseconds since 1970 when it began to wait. */
  since: number
  isSenderHeld: boolean
}

/** Bytes that may pass now; below zero is what passed too early. */
interface Bucket {
  bytes: number
  at: number
}

/** Bytes that a stream which waits may keep before its sender is held back, and milliseconds for which that is done at most. */
const keptBytes = 512 * 1024
const patienceMs = 2_500
/** Milliseconds between two looks at who waits. */
const turnMs = 20

export const createBandwidth = (limits: Limits, now: () => number = Date.now): Bandwidth => {
  const peers = new Map<string, Peer>()
  const waiting = new Set<Shaped>()
  const total: Bucket = { bytes: limits.relayedBytesPerSecond, at: now() }
  let floor = 0
  let links = 0
  let carriedBytes = 0
  let lastAt = 0
  let timer: NodeJS.Timeout | undefined

  const refill = (bucket: Bucket, perSecond: number): number => {
    const at = now()
    bucket.bytes = Math.min(perSecond, bucket.bytes + ((at - bucket.at) / 1000) * perSecond)
    bucket.at = at
    return bucket.bytes
  }

  const turn = (): void => {
    for (const shaped of waiting) {
      // A slow reader does not for ever hold up all else that the sender says: then this one stream fills up, and breaks.
      holdSender(shaped, now() - shaped.since < patienceMs && (shaped.isSenderHeld || shaped.stream.readBufferLength > keptBytes))
    }
    let left = refill(total, limits.relayedBytesPerSecond)
    const ready = [...waiting].filter(({ link, to }) => refill(link, limits.relayedLinkBytesPerSecond) >= 0 && !to.writableNeedsDrain)
    const queues = [...Map.groupBy(ready, ({ peer }) => peer)].map(([peer, streams]) => ({ peer, streams, soon: 0 }))
    while (left >= 0 && queues.length > 0) {
      const next = queues.reduce((least, queue) => (queue.peer.had + queue.soon < least.peer.had + least.soon ? queue : least))
      const shaped = next.streams.pop()
      if (next.streams.length === 0) queues.splice(queues.indexOf(next), 1)
      if (shaped === undefined) continue
      floor = Math.max(floor, next.peer.had)
      const before = carriedBytes
      release(shaped)
      // What had piled up passes at once; otherwise as much is expected as the last time.
      const passed = carriedBytes - before
      if (passed === 0) next.soon += shaped.last
      left -= passed || shaped.last
    }
    if (waiting.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  const hold = (shaped: Shaped): void => {
    if (waiting.has(shaped)) return
    waiting.add(shaped)
    shaped.since = now()
    timer ??= setInterval(turn, turnMs).unref()
    // Not in the midst of a frame: a stream that pauses before its first frame is answered would never be acknowledged.
    queueMicrotask(() => {
      if (waiting.has(shaped) && isReadable(shaped.stream)) shaped.stream.pause()
    })
  }

  const holdSender = (shaped: Shaped, on: boolean): void => {
    if (shaped.isSenderHeld === on) return
    shaped.isSenderHeld = on
    shaped.holdSender(on)
  }

  const release = (shaped: Shaped): void => {
    holdSender(shaped, false)
    if (waiting.delete(shaped) && isReadable(shaped.stream)) shaped.stream.resume()
  }

  const shape = ({ stream, peer: name, holdSender: holdThis = () => {} }: LinkEnd, to: Stream, link: Bucket): void => {
    const peer = peers.get(name) ?? { streams: 0, had: floor }
    peers.set(name, peer)
    peer.streams++
    const shaped: Shaped = { stream, to, peer, link, last: 0, holdSender: holdThis, since: 0, isSenderHeld: false }
    stream.addEventListener('message', ({ data: { byteLength } }) => {
      carriedBytes += byteLength
      shaped.last = byteLength
      lastAt = now()
      // Whoever was silent for long has not saved up a right to drown the others.
      peer.had = Math.max(peer.had, floor) + byteLength
      link.bytes = refill(link, limits.relayedLinkBytesPerSecond) - byteLength
      total.bytes = refill(total, limits.relayedBytesPerSecond) - byteLength
      if (link.bytes < 0 || total.bytes < 0 || to.writableNeedsDrain) hold(shaped)
    })
    // The relay takes the sender's end for the end of the data: what is held back must go out before.
    stream.addEventListener('remoteCloseWrite', () => release(shaped))
    stream.addEventListener('close', () => {
      waiting.delete(shaped)
      holdSender(shaped, false)
      if (--peer.streams === 0) peers.delete(name)
    })
  }

  return {
    link(one, other) {
      links++
      const bucket: Bucket = { bytes: limits.relayedLinkBytesPerSecond, at: now() }
      shape(one, other.stream, bucket)
      shape(other, one.stream, bucket)
      one.stream.addEventListener('close', () => links--, { once: true })
    },
    get links() {
      return links
    },
    get carriedBytes() {
      return carriedBytes
    },
    get waiting() {
      return waiting.size
    },
    get lastAt() {
      return lastAt
    },
    stop: () => clearInterval(timer),
  }
}

const isReadable = (stream: Stream): boolean => stream.readStatus === 'readable' || stream.readStatus === 'paused'
