// The one who looks after a bootstrap node, against nodes that die, lie and come back at the worst moments; time is made up.
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HostParts } from '../../src/adapters/network-libp2p/host.ts'
import { superviseNode } from '../../src/adapters/network-libp2p/node-supervisor.ts'
import type { SupervisedNode } from '../../src/adapters/network-libp2p/node-supervisor.ts'

const peer = peerIdFromString('12D3KooWBtwEpY8gzozYcFDRkyYkn9g7fkY6MmT83nt3Lu47uMbQ')
const text = `/ip4/192.0.2.1/tcp/4001/ws/p2p/${peer.toString()}`
const lie = 'brings-nobody'
/** Milliseconds by which a slot that was given has been checked, if the node answers at once. */
const checkedAfter = 1_600

class FakeConnection extends EventTarget {
  status = 'open'
  readonly remotePeer = peer
  readonly remoteAddr = multiaddr(text)
  abort(): void {
    this.status = 'aborted'
    this.dispatchEvent(new Event('close'))
  }
  close(): Promise<void> {
    this.abort()
    return Promise.resolve()
  }
}

/** A node as its guest meets it, and what the guest asked of it. */
const createFakeNode = () => {
  const node = {
    connections: [] as FakeConnection[],
    slotsGiven: 0,
    ping: (): Promise<number> => Promise.resolve(1),
    carries: (): Promise<boolean> => Promise.resolve(true),
  }
  let holder: FakeConnection | undefined
  const reservations = Object.assign(new EventTarget(), {
    addRelay() {
      node.slotsGiven++
      holder = node.connections.at(-1)
      return Promise.resolve()
    },
    hasReservation: () => holder?.status === 'open',
  })
  const host = {
    dial() {
      const connection = new FakeConnection()
      node.connections.push(connection)
      return Promise.resolve(connection)
    },
    getConnections: () => node.connections,
    services: { ping: { ping: () => node.ping() } },
  }
  return { node, parts: { host, reservations, carries: () => node.carries() } as unknown as HostParts }
}

type FakeNode = ReturnType<typeof createFakeNode>['node']
let supervised: SupervisedNode
let troubles: (string | undefined)[]

/** Somebody who wants a slot, and has it. */
const superviseFake = async (): Promise<FakeNode> => {
  const { node, parts } = createFakeNode()
  troubles = []
  supervised = superviseNode({ kind: 'usable', given: text, text, peer }, parts, {
    changed: () => troubles.push(supervised.status().trouble),
    connected: () => {},
    ready: () => {},
    isUrgent: () => true,
  })
  supervised.use('slot')
  return node
}
const ms = (passing: number): Promise<unknown> => vi.advanceTimersByTimeAsync(passing)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  supervised.stop()
  vi.useRealTimers()
})

test('a node that ends while it is being checked is not said to lie, and gives a slot again when it is back', async () => {
  const node = await superviseFake()
  node.carries = () => Promise.reject(new Error('the stream broke'))
  node.ping = () => Promise.reject(new Error('the stream broke'))
  await ms(checkedAfter)
  expect(node.connections.map(({ status }) => status)).toEqual(['aborted'])
  node.carries = () => Promise.resolve(true)
  node.ping = () => Promise.resolve(1)
  await ms(1_000)
  expect(supervised.hasSlot()).toBe(true)
  expect(node.slotsGiven).toBe(2)
  expect(troubles).not.toContain(lie)
})

test('a node that is killed while it is being checked is lost, and not a liar', async () => {
  const node = await superviseFake()
  node.carries = () => new Promise(() => {})
  node.ping = () => new Promise((_, reject) => setTimeout(() => reject(new Error('the operation timed out')), 4_000))
  await ms(checkedAfter + 8_500)
  expect(node.connections[0]?.status).toBe('aborted')
  expect(troubles).toContain('lost')
  expect(troubles).not.toContain(lie)
})

test('a node that restarts after it lied is asked for a slot over the new connection at once', async () => {
  const node = await superviseFake()
  node.carries = () => Promise.resolve(false)
  await ms(checkedAfter)
  expect(supervised.status()).toMatchObject({ state: 'connected', trouble: lie })
  node.carries = () => Promise.resolve(true)
  node.connections[0]?.abort()
  await ms(1_000)
  expect(supervised.hasSlot()).toBe(true)
})

test.each([
  ['says that it calls in vain', () => Promise.resolve(false)],
  ['is silent about it', () => new Promise<boolean>(() => {})],
])('a node that lives and %s is not counted on, and is asked again after a rest', async (_, carries) => {
  const node = await superviseFake()
  node.carries = carries
  await ms(checkedAfter + 4_500)
  expect(supervised.status()).toMatchObject({ state: 'connected', trouble: lie })
  expect(supervised.isGood()).toBe(false)
  await ms(10_000)
  expect(node.slotsGiven).toBe(1)
  node.carries = () => Promise.resolve(true)
  await ms(15_000)
  expect(node.slotsGiven).toBe(2)
  expect(supervised.hasSlot()).toBe(true)
})

test('a node that lies and ends the connection each time is tried more and more rarely', async () => {
  const node = await superviseFake()
  node.carries = () => {
    setTimeout(() => node.connections.at(-1)?.abort(), 10)
    return Promise.resolve(false)
  }
  await ms(60_000)
  expect(node.slotsGiven).toBeLessThan(25)
})
