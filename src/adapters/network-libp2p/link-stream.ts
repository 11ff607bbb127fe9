// One open link stream: frames in, frames out in order and under back-pressure, and a pulse that tells whether it lives.
// Spoken to by `links`; knows nothing of devices or of other links. On a direct connection both sides offer a fast channel in their hello;
// if both do, data frames go there from the first one on.
import type { Connection, Stream } from '@libp2p/interface'
import { createLinkFrameReader, encodeLinkFrame, linkSessionBytes } from '../../core/wire/link-frames.ts'
import type { LinkFrame } from '../../core/wire/link-frames.ts'
import { isHeard, onDisconnected, openFastChannel } from './fast-channel.ts'

/** Milliseconds of silence after which the other side is asked. */
const pulseMs = 5_000
/** Milliseconds that an answer may take before the stream counts as dead: longer than a busy page's longest task. */
const pulseDeadlineMs = 5_000
/** The same once the browser itself has not heard from the other side for seconds. */
const troubleDeadlineMs = 2_500
/**
 * The same while the browser hears the other side all along: packets come through then, and an answer stands in line behind some that were
 * lost, on a bad network for many seconds. A link that works is worth more than to know soon of a page that hangs.
 */
const heardDeadlineMs = 15_000
/** Milliseconds by which a way there and back differs that is worth telling of. */
const noticedMs = 5
/** In a hello, behind the session: this side has made its fast channel. */
const fastOffered = 1

export interface LinkStream {
  /** Resolves once the transport took the frame and has room for more; `false` when the stream is over. */
  send(bytes: Uint8Array): Promise<boolean>
  hello(session: Uint8Array): void
  /** Whether the other side answers within `deadlineMs`. */
  probe(deadlineMs: number): Promise<boolean>
  /** Says good-bye if it can and ends the stream. Nothing is reported afterwards. */
  end(goodbye: 'bye' | 'silent'): void
  /** When something was last heard; milliseconds since 1970. */
  heardAt(): number
  /** Milliseconds from the last question to its answer, of those that `measured` told of. */
  roundTripMs(): number | undefined
}

export interface LinkStreamEvents {
  hello(session: Uint8Array): void
  frame(bytes: Uint8Array): void
  /** The way there and back takes another time than was told last. */
  measured(): void
  /** Called once, unless `end` came first. */
  over(reason: 'bye' | 'lost'): void
}

export const createLinkStream = (stream: Stream, connection: Connection, events: LinkStreamEvents): LinkStream => {
  const reader = createLinkFrameReader()
  const fastReader = createLinkFrameReader()
  const fast = openFastChannel(connection, (bytes) => read(fastReader, bytes))
  let bothFast = false
  const waitingForPong = new Set<(alive: boolean) => void>()
  let heardAt = Date.now()
  /** When the question was asked that is answered next, by `performance.now`. */
  let askedAt: number | undefined
  let roundTripMs: number | undefined
  let isOver = false
  let inLine: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const finish = (reason: 'bye' | 'lost' | undefined): void => {
    if (isOver) return
    isOver = true
    clearInterval(pulse)
    fast?.close()
    stream.removeEventListener('message', onMessage)
    for (const answer of waitingForPong) answer(false)
    waitingForPong.clear()
    if (reason !== undefined) events.over(reason)
  }

  const write = (frame: Uint8Array): boolean => {
    if (isOver) return false
    try {
      stream.send(frame)
      return true
    } catch {
      finish('lost')
      return false
    }
  }

  const onMessage = ({ data }: { readonly data: { subarray(): Uint8Array } }): void => read(reader, data.subarray())

  const read = (from: typeof reader, bytes: Uint8Array): void => {
    heardAt = Date.now()
    const frames = from.push(bytes)
    if (frames === undefined) {
      stream.abort(new Error('a frame was too long'))
      return finish('lost')
    }
    for (const frame of frames) if (!isOver) receive(frame)
  }

  const receive = ({ kind, bytes }: LinkFrame): void => {
    switch (kind) {
      case 'data':
        return events.frame(bytes)
      case 'hello':
        bothFast = fast !== undefined && bytes[linkSessionBytes] === fastOffered
        return events.hello(bytes.subarray(0, linkSessionBytes))
      case 'ping':
        write(encodeLinkFrame('pong'))
        return
      case 'pong':
        measure()
        for (const answer of waitingForPong) answer(true)
        return waitingForPong.clear()
      case 'bye':
        finish('bye')
        stream.abort(new Error('the other side said bye'))
    }
  }

  const measure = (): void => {
    if (askedAt === undefined) return
    const ms = performance.now() - askedAt
    askedAt = undefined
    if (roundTripMs !== undefined && Math.abs(ms - roundTripMs) < Math.max(noticedMs, roundTripMs / 2)) return
    roundTripMs = ms
    events.measured()
  }

  const probe = (deadlineMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      askedAt ??= performance.now()
      if (!write(encodeLinkFrame('ping'))) return resolve(false)
      const asked = Date.now()
      const answer = (alive: boolean): void => {
        clearTimeout(timer)
        waitingForPong.delete(answer)
        resolve(alive)
      }
      // A timer that is far too late means that this page slept: what the other side said meanwhile has not been read yet.
      const onDeadline = (): void => {
        if (heardAt > asked) answer(true)
        else if (Date.now() - asked > deadlineMs + 1_000) timer = setTimeout(() => answer(heardAt > asked), deadlineMs)
        else answer(false)
      }
      let timer = setTimeout(onDeadline, deadlineMs)
      waitingForPong.add(answer)
    })

  let asking = false
  const ask = (deadlineMs: number): void => {
    if (asking || isOver) return
    asking = true
    void probe(deadlineMs).then(async (answered) => {
      const alive = answered || (!isOver && isHeard(connection) && (await probe(heardDeadlineMs)))
      asking = false
      if (alive || isOver) return
      finish('lost')
      stream.abort(new Error('no answer'))
    })
  }
  const pulse = setInterval(() => {
    if (Date.now() - heardAt >= pulseMs) ask(pulseDeadlineMs)
  }, pulseMs / 2)
  onDisconnected(connection, () => ask(troubleDeadlineMs))

  stream.addEventListener('message', onMessage)
  stream.addEventListener('close', () => finish('lost'))
  stream.addEventListener('remoteCloseWrite', () => {
    finish('lost')
    stream.abort(new Error('the other side closed the link'))
  })

  return {
    send(bytes) {
      const frame = encodeLinkFrame('data', bytes)
      if (bothFast && fast !== undefined) return isOver ? Promise.resolve(false) : fast.send(frame)
      if (waiting === 0 && !stream.writableNeedsDrain) return Promise.resolve(write(frame))
      // The transport's buffer is full: whoever sends waits, in line behind those before.
      waiting++
      const sent = inLine.then(async () => {
        const taken = (await drained(stream)) && write(frame)
        waiting--
        return taken
      })
      inLine = sent
      return sent
    },
    hello(session) {
      write(encodeLinkFrame('hello', Uint8Array.of(...session, fast === undefined ? 0 : fastOffered)))
    },
    probe,
    end(goodbye) {
      if (isOver) return
      if (goodbye === 'bye') write(encodeLinkFrame('bye'))
      finish(undefined)
      // Closing flushes first, so the good-bye arrives; whoever does not answer is cut off.
      stream
        .close({ signal: AbortSignal.timeout(1_000) })
        .catch((error: unknown) => stream.abort(error instanceof Error ? error : new Error('closed')))
    },
    heardAt: () => heardAt,
    roundTripMs: () => roundTripMs,
  }
}

// Not the stream's own `onDrain`: in @libp2p/utils 7.4 its promise is made once and stays resolved for ever.
const drained = (stream: Stream): Promise<boolean> =>
  new Promise((resolve) => {
    if (stream.status !== 'open') return resolve(false)
    if (!stream.writableNeedsDrain) return resolve(true)
    const settle = (): void => {
      stream.removeEventListener('drain', settle)
      stream.removeEventListener('close', settle)
      resolve(stream.status === 'open')
    }
    stream.addEventListener('drain', settle)
    stream.addEventListener('close', settle)
  })
