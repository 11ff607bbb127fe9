// The search for a direct path behind a relayed link; time and the dials are made up.
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deviceToPeer } from '../../src/adapters/network-libp2p/device-peer.ts'
import type { Link } from '../../src/adapters/network-libp2p/links.ts'
import { createUpgrader } from '../../src/adapters/network-libp2p/upgrader.ts'
import type { Upgrader, UpgraderDeps } from '../../src/adapters/network-libp2p/upgrader.ts'
import { deviceOf } from './device-of.ts'

const bob = deviceOf(2)
const node = '/ip4/192.0.2.1/tcp/4001/ws/p2p/12D3KooWBtwEpY8gzozYcFDRkyYkn9g7fkY6MmT83nt3Lu47uMbQ'
const relayed = {
  device: bob,
  path: 'relayed',
  connection: {
    direction: 'outbound',
    limits: {},
    remotePeer: deviceToPeer(bob),
    remoteAddr: multiaddr(`${node}/p2p-circuit/p2p/${deviceToPeer(bob).toString()}`),
  },
} as unknown as Link
const direct = { direct: true, limits: undefined }
let upgrader: Upgrader

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  upgrader.stop()
  vi.useRealTimers()
})

type Dial = (signal: AbortSignal) => Promise<unknown>

/** A relayed connection to Bob that was dialled and is no link yet, and attempts that end one after the other as told. */
const dialled = (...dials: Dial[]) => {
  const dial = vi.fn((_: unknown, { signal }: { readonly signal: AbortSignal }) => (dials.shift() ?? deaf)(signal))
  const open = vi.fn(() => Promise.resolve(true))
  let link: Link | undefined
  upgrader = createUpgrader({
    host: { dial } as unknown as UpgraderDeps['host'],
    link: () => link,
    isAllowed: () => true,
    open,
  })
  upgrader.dialled(relayed.connection)
  const linkUp = (): void => {
    link = relayed
    upgrader.linkUp(relayed)
  }
  return { dial, open, linkUp }
}
/** The same, and it becomes the link at once. */
const search = (...dials: Dial[]) => {
  const begun = dialled(...dials)
  begun.linkUp()
  return begun
}
const deaf = (signal: AbortSignal): Promise<unknown> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }))

test('an attempt that hears nothing is given up for the next one before anybody wonders', async () => {
  const { open } = search(deaf, () => Promise.resolve(direct))
  await vi.advanceTimersByTimeAsync(7_000)
  expect(open).toHaveBeenCalledWith(direct)
})

test('so is the one after a door that was still closed', async () => {
  const closed = (): Promise<unknown> => Promise.reject(new Error('the stream was reset'))
  const { open } = search(closed, deaf, () => Promise.resolve(direct))
  await vi.advanceTimersByTimeAsync(11_000)
  expect(open).toHaveBeenCalledWith(direct)
})

test('a phone that needs longer than the first attempts last gets its direct path with the third', async () => {
  const slow = (signal: AbortSignal): Promise<unknown> =>
    Promise.race([deaf(signal), new Promise((resolve) => setTimeout(resolve, 12_000, direct))])
  const { dial, open } = search(slow, slow, slow)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(open).toHaveBeenCalledWith(direct)
  expect(dial).toHaveBeenCalledTimes(3)
})

test('a direct path is looked for while the link on the relayed connection is still agreed on, and once', async () => {
  const { dial, open, linkUp } = dialled(() => new Promise((resolve) => setTimeout(resolve, 600, direct)))
  expect(dial).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(200)
  linkUp()
  await vi.advanceTimersByTimeAsync(350)
  expect(dial).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(100)
  expect(open).toHaveBeenCalledWith(direct)
})

test('a door that was closed before there was a link is tried again when there is one', async () => {
  const { dial, open, linkUp } = dialled(
    () => Promise.reject(new Error('the stream was reset')),
    () => Promise.resolve(direct),
  )
  await vi.advanceTimersByTimeAsync(5_000)
  expect(dial).toHaveBeenCalledTimes(1)
  linkUp()
  await vi.advanceTimersByTimeAsync(10)
  expect(open).toHaveBeenCalledWith(direct)
})
