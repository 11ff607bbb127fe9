// Whether a link lives, over a stream and a peer connection that are made up, on a clock that is turned by hand.
import type { Connection, Stream } from '@libp2p/interface'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLinkStream } from '../../src/adapters/network-libp2p/link-stream.ts'
import { createLinkFrameReader, encodeLinkFrame } from '../../src/core/wire/link-frames.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A link to somebody whose browser is heard as `heard` says, and who answers a question after so many milliseconds, or never. */
const linkTo = (heard: 'connected' | 'disconnected', answersAfterMs?: number) => {
  const peerConnection = Object.assign(new EventTarget(), { connectionState: 'connected' })
  const reader = createLinkFrameReader()
  const stream = Object.assign(new EventTarget(), {
    status: 'open',
    writableNeedsDrain: false,
    send: (bytes: Uint8Array) => {
      if (answersAfterMs === undefined || !reader.push(bytes)?.some(({ kind }) => kind === 'ping')) return
      setTimeout(() => stream.dispatchEvent(Object.assign(new Event('message'), { data: encodeLinkFrame('pong') })), answersAfterMs)
    },
    abort: () => undefined,
    close: () => Promise.resolve(),
  })
  const over = vi.fn<(reason: string) => void>()
  const measured = vi.fn<() => void>()
  const link = createLinkStream(stream as unknown as Stream, { maConn: { peerConnection } } as unknown as Connection, {
    hello: () => undefined,
    frame: () => undefined,
    measured,
    over,
  })
  /** The browser has not heard from the other side for seconds, and then it is as it is. */
  const trouble = (): void => {
    peerConnection.connectionState = 'disconnected'
    peerConnection.dispatchEvent(new Event('connectionstatechange'))
    peerConnection.connectionState = heard
  }
  return { link, over, measured, trouble }
}

test('an answer that waits in line behind lost packets is waited for while the browser hears the other side', async () => {
  const { link, over, trouble } = linkTo('connected', 9_000)
  trouble()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(over).not.toHaveBeenCalled()
  link.end('silent')
})

test('a link that the browser does not hear from either is over as soon as the first question is in vain', async () => {
  const { over, trouble } = linkTo('disconnected', 9_000)
  trouble()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(over).toHaveBeenCalledExactlyOnceWith('lost')
})

test('a page that says nothing for long is gone, whatever its browser says', async () => {
  const { over } = linkTo('connected')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(over).toHaveBeenCalledExactlyOnceWith('lost')
})

test('the way there and back is measured by the answer, and told once as long as it stays about the same', async () => {
  const { link, measured } = linkTo('connected', 80)
  void link.probe(5_000)
  await vi.advanceTimersByTimeAsync(100)
  expect(link.roundTripMs()).toBe(80)
  void link.probe(5_000)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(link.roundTripMs()).toBe(80)
  expect(measured).toHaveBeenCalledTimes(1)
  link.end('silent')
})
