// Whether a node that is reached over WebRTC-direct is missed; time and the browser's part are made up.
import { peerIdFromString } from '@libp2p/peer-id'
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Host } from '../../src/adapters/network-libp2p/host.ts'
import { keepPulse } from '../../src/adapters/network-libp2p/node-pulse.ts'

const remotePeer = peerIdFromString('12D3KooWBtwEpY8gzozYcFDRkyYkn9g7fkY6MmT83nt3Lu47uMbQ')
const remoteAddr = multiaddr('/ip4/192.0.2.1/udp/4001/webrtc-direct/certhash/uEiBhZdHR5GErkZKeP6OJKJ7bkyrmFJmQ0nd9XbuF_GfpUg')

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A connection whose pulse is kept, with the channel that was made on it. */
const connect = () => {
  const channel = new EventTarget()
  const connection = Object.assign(new EventTarget(), {
    remotePeer,
    remoteAddr,
    status: 'open',
    maConn: { peerConnection: { createDataChannel: () => channel } },
    abort() {
      connection.status = 'aborted'
      connection.dispatchEvent(new Event('close'))
    },
  })
  const ping = vi.fn(() => Promise.resolve(1))
  keepPulse({ services: { ping: { ping } } } as unknown as Host, connection as unknown as Connection)
  return { channel, connection, ping }
}

test('a node that hangs up is missed before it is asked', () => {
  const { channel, connection, ping } = connect()
  channel.dispatchEvent(new Event('open'))
  expect(connection.status).toBe('open')
  channel.dispatchEvent(new Event('close'))
  expect(connection.status).toBe('aborted')
  expect(ping).not.toHaveBeenCalled()
})

test('a channel that could not be opened is no sign', () => {
  const { channel, connection } = connect()
  channel.dispatchEvent(new Event('close'))
  expect(connection.status).toBe('open')
})

test('a node that does not answer is missed, and asked no more', async () => {
  const { connection, ping } = connect()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(connection.status).toBe('open')
  ping.mockRejectedValueOnce(new Error('the operation timed out'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(connection.status).toBe('aborted')
  const asked = ping.mock.calls.length
  await vi.advanceTimersByTimeAsync(20_000)
  expect(ping).toHaveBeenCalledTimes(asked)
})

test('a killed node is missed within 3 s on a good way, and has longer for an answer on a slow one', async () => {
  const { connection, ping } = connect()
  const deadlines: number[] = []
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    deadlines.push(ms)
    return new AbortController().signal
  })
  ping.mockResolvedValueOnce(20).mockResolvedValueOnce(800)
  await vi.advanceTimersByTimeAsync(6_000)
  expect(connection.status).toBe('open')
  const [everyMs, [atFirst, good, slow]] = [6_000 / deadlines.length, deadlines]
  expect([atFirst, good].every((ms) => ms! + everyMs <= 3_000)).toBe(true)
  expect(slow).toBe(4_200)
  vi.restoreAllMocks()
})
