// libp2p in a real Chromium, with real bootstrap-nodes in their own processes and real WebRTC.
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { deviceToPeer, peerToDevice } from '../../src/adapters/network-libp2p/device-peer.ts'
import { createHost } from '../../src/adapters/network-libp2p/host.ts'
import type { HostParts } from '../../src/adapters/network-libp2p/host.ts'
import { createLibp2pNetwork } from '../../src/adapters/network-libp2p/index.ts'
import type { DeviceId } from '../../src/core/ids.ts'
import { concat } from '../../src/core/wire/protobuf.ts'
import { encodeLinkFrame } from '../../src/core/wire/link-frames.ts'
import { linkProtocol } from '../../src/core/wire/protocol-ids.ts'
import type { NetworkEvent, NodeStatus } from '../../src/ports/network.ts'
import {
  befriend,
  createPerson,
  isDownOf,
  isFrameFrom,
  isGossipOf,
  networkContract,
  published,
  randomTag,
  topicOf,
} from './network.contract.ts'
import type { NetworkWorld, Person } from './network.contract.ts'
import { hasSlotsAt, nodesContract } from './nodes.contract.ts'
import type { ManyNodes, ManyNodesOptions } from './nodes.contract.ts'

const control = async <T>(path: string): Promise<T> => {
  const response = await fetch(`${inject('nodeControl')}${path}`, { method: 'POST' })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}

const makeWorld = async (): Promise<NetworkWorld> => {
  const node = await control<{ id: string; address: string; stun: string }>('/new')
  return {
    nodes: [node.address],
    create: () => createLibp2pNetwork({ insecureNodes: true, stunUrls: () => [node.stun] }),
    cutNode: () => control(`/kill?id=${node.id}`),
    restoreNode: () => control(`/revive?id=${node.id}`),
    end: () => control(`/end?id=${node.id}`),
  }
}

const makeNodes = async ({ count, firstIsFull }: ManyNodesOptions): Promise<ManyNodes> => {
  const nodes = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      control<{ id: string; address: string }>(n === 0 && firstIsFull === true ? '/new?full=1' : '/new'),
    ),
  )
  const idOf = (given: string): string => nodes.find(({ address }) => address === given)?.id ?? ''
  return {
    nodes: nodes.map(({ address }) => address),
    create: () => createLibp2pNetwork({ insecureNodes: true }),
    kill: (address) => control(`/kill?id=${idOf(address)}`),
    revive: (address) => control(`/revive?id=${idOf(address)}`),
    end: async () => {
      await Promise.all(nodes.map(({ id }) => control(`/end?id=${id}`)))
    },
  }
}

networkContract('libp2p', makeWorld)
nodesContract('libp2p', makeNodes)

describe('libp2p among itself', () => {
  let world: NetworkWorld
  let people: Person[] = []
  beforeEach(async () => {
    world = await makeWorld()
  })
  afterEach(async () => {
    await Promise.all(people.map((person) => person.network.stop()))
    people = []
    await world.end()
  })

  const join = async (name: string, nodes: readonly string[] = world.nodes, network = world.create()): Promise<Person> => {
    const person = createPerson(name, network)
    people.push(person)
    await person.network.start({ deviceSeed: person.seed, nodes })
    return person
  }
  const isNews = (event: NetworkEvent): event is NetworkEvent & { kind: 'status' } =>
    event.kind === 'status' && event.nodes.every(({ state }) => state !== 'connecting' && state !== 'connected')
  const statusOf = async (person: Person): Promise<readonly NodeStatus[]> => (await person.next(isNews)).nodes

  test('gossip is not silenced by a room that was quiet', async () => {
    const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
    const topic = randomTag()
    for (const person of [alice, bob]) person.network.subscribe([topicOf(topic, alice, bob)])
    befriend(alice, bob)
    alice.network.want([bob.device])
    await Promise.all([alice.directTo(bob), bob.directTo(alice)])
    await published(alice, topic, Uint8Array.of(1), 1)
    // Longer than the grace that gossipsub's default scores give to peers that have nothing to say.
    await new Promise((resolve) => setTimeout(resolve, 8_000))
    for (const [from, to, mark] of [
      [alice, bob, 2],
      [bob, alice, 3],
    ] as const) {
      await published(from, topic, Uint8Array.of(mark), 1)
      await to.next(isGossipOf(mark))
    }
  })

  test('a node that is no address, a relayed one, or one that nobody answers at is told of, and stands in nobody’s way', async () => {
    const dead = '/ip4/127.0.0.1/tcp/1/ws/p2p/12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'
    const given = [
      'nonsense',
      '/ip4/127.0.0.1/tcp/80/ws',
      `${world.nodes[0]}/p2p-circuit/p2p/${dead.split('/').at(-1)}`,
      dead,
      ...world.nodes,
    ]
    const [alice, bob] = await Promise.all([join('Alice', given), join('Bob')])
    alice.network.want([bob.device])
    await alice.linkTo(bob)
    const nodes = await statusOf(alice)
    expect(nodes.map(({ address }) => address)).toEqual(given)
    expect(nodes.map(({ state }) => state)).toEqual(['unreachable', 'unreachable', 'unreachable', 'unreachable', 'reserved'])
    expect(nodes.slice(0, 4).map(({ trouble }) => trouble)).toEqual(['bad-address', 'bad-address', 'bad-address', 'silent'])
  })

  test('a node that gives slots and brings nobody is left for the next within 15 s, and it is said why', async () => {
    const honest = await makeNodes({ count: 2 })
    try {
      const lying = (await control<{ address: string }>('/lying')).address
      const began = performance.now()
      const alice = await join('Alice', [lying, ...honest.nodes])
      await alice.next(hasSlotsAt(honest.nodes))
      expect(performance.now() - began).toBeLessThan(15_000)
      // Wherever it stands in Alice's order: once it is asked for a slot, it is found out.
      alice.network.useNodes([lying, ...honest.nodes.slice(0, 1)])
      const isFoundOut = (event: NetworkEvent): event is NetworkEvent & { kind: 'status' } =>
        event.kind === 'status' && event.nodes.some(({ address, trouble }) => address === lying && trouble === 'brings-nobody')
      await alice.next(isFoundOut)
    } finally {
      await honest.end()
    }
  })

  test('a node that is known by two addresses is reached by the one that answers', async () => {
    const [node = ''] = world.nodes
    const dead = node.replace(/tcp\/\d+/, 'tcp/1')
    const alice = await join('Alice', [dead, node])
    type Status = NetworkEvent & { kind: 'status' }
    const isStatus = (event: NetworkEvent): event is Status => event.kind === 'status'
    const isReachedBySecond = (event: NetworkEvent): event is Status =>
      isStatus(event) && event.nodes.map(({ state }) => state).join() === 'unreachable,reserved'
    const isSecondGone = (event: NetworkEvent): event is Status => isStatus(event) && event.nodes[1]?.state === 'unreachable'
    await alice.next(isReachedBySecond)
    // However often both are looked at again, the first one is not said to serve because the second one does.
    await world.cutNode()
    await alice.next(isSecondGone)
    const from = alice.events.length
    await world.restoreNode()
    await alice.next(isReachedBySecond, from)
    globalThis.dispatchEvent(new Event('online'))
    const afterwards = alice.events.length
    await world.cutNode()
    await alice.next(isSecondGone, afterwards)
    const statesOfFirst = alice.events.filter(isStatus).flatMap(({ nodes }) => nodes[0]?.state ?? [])
    expect(statesOfFirst).not.toContain('connected')
    expect(statesOfFirst).not.toContain('reserved')
  })

  test('a node that is in use by one address is tried by the one that was asked about', async () => {
    const [node = ''] = world.nodes
    const alice = await join('Alice')
    await alice.reserved()
    type Trial = NetworkEvent & { kind: 'trial' }
    const trialOf = async (tried: string): Promise<readonly string[]> => {
      alice.network.tryNode(tried)
      const { trial } = await alice.next(
        (event): event is Trial =>
          event.kind === 'trial' &&
          event.trial.address === tried &&
          (event.trial.steps.some(({ state }) => state === 'failed') || event.trial.steps.every(({ state }) => state === 'done')),
      )
      return trial.steps.map(({ step, state, trouble = '' }) => `${step} ${state} ${trouble}`.trim())
    }
    const dead = node.replace(/tcp\/\d+/, 'tcp/1')
    const alive = node.replace('/ip4/127.0.0.1/', '/dns4/localhost/')
    alice.network.useNodes([node, dead, alive])
    expect(await trialOf(dead)).toEqual(['address done', 'answer failed nobody', 'slot waiting', 'carry waiting'])
    expect(await trialOf(alive)).toEqual(['address done', 'answer done', 'slot done', 'carry done'])
  })

  test('a page that came over TLS leaves nodes without it alone', async () => {
    const carol = await join('Carol', world.nodes, createLibp2pNetwork({ insecureNodes: false }))
    const [node] = await statusOf(carol)
    expect(node).toMatchObject({ state: 'unreachable', trouble: 'only-secure' })
  })

  test('a device with a modern browser and one without WebRTC talk through the node', async () => {
    const { prototype } = RTCPeerConnection
    const { createOffer } = prototype
    const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
    try {
      prototype.createOffer = (): Promise<never> => Promise.reject(new Error('no WebRTC'))
      alice.network.want([bob.device])
      expect(await bob.linkTo(alice)).toMatchObject({ path: 'relayed' })
      await alice.linkTo(bob)
      expect(await alice.network.send(bob.device, Uint8Array.of(7))).toBe(true)
      await bob.next(isFrameFrom(alice))
    } finally {
      prototype.createOffer = createOffer
    }
  })

  describe('and somebody who does not keep to the protocol', () => {
    let stranger: HostParts
    let strangerDevice: DeviceId
    let alice: Person
    beforeEach(async () => {
      stranger = await createHost(
        crypto.getRandomValues(new Uint8Array(32)),
        () => world.nodes,
        {},
        () => true,
      )
      await stranger.host.start()
      strangerDevice = peerToDevice(stranger.host.peerId) as DeviceId
      alice = await join('Alice')
      await alice.reserved()
    })
    afterEach(() => stranger.host.stop())

    const open = async () => {
      const connection = await stranger.host.dial(multiaddr(`${world.nodes[0]}/p2p-circuit/p2p/${deviceToPeer(alice.device).toString()}`))
      const stream = await connection.newStream(linkProtocol, { runOnLimitedConnection: true })
      return { stream, over: new Promise((resolve) => stream.addEventListener('close', resolve, { once: true })) }
    }
    const hello = encodeLinkFrame('hello', new Uint8Array(9))
    const ofDave = (events: readonly NetworkEvent[]): string[] =>
      events.flatMap((event) => ('device' in event && event.device === strangerDevice ? [event.kind] : []))

    test('who may not learn the address gets no description, no candidate, and no address but those of nodes', async () => {
      const { prototype } = RTCPeerConnection
      const { setRemoteDescription, addIceCandidate } = prototype
      const calls: string[] = []
      // Alice would take the offer, and Dave her answer and her candidates.
      prototype.setRemoteDescription = async (description) => void calls.push(`described ${description.type}`)
      prototype.addIceCandidate = async (candidate?: RTCIceCandidateInit | null) => void calls.push(`candidate ${candidate?.candidate}`)
      try {
        const { stream } = await open()
        stream.send(hello)
        await alice.next(
          (event): event is NetworkEvent & { kind: 'link-up' } => event.kind === 'link-up' && event.device === strangerDevice,
        )
        const peer = deviceToPeer(alice.device)
        const direct = stranger.host.dial(multiaddr(`${world.nodes[0]}/p2p-circuit/webrtc/p2p/${peer.toString()}`), {
          signal: AbortSignal.timeout(5_000),
        })
        expect(
          await direct.then(
            () => 'connected',
            () => 'refused',
          ),
        ).toBe('refused')
        expect(calls).toEqual([])
        const told = await stranger.host.peerStore.get(peer)
        const addresses = told.addresses.map((address) => String(address.multiaddr))
        expect(addresses.filter((address) => !address.startsWith(`${world.nodes[0]}/p2p-circuit`))).toEqual([])
        // The relayed link goes on.
        stream.send(encodeLinkFrame('data', Uint8Array.of(1)))
        await alice.next((event): event is NetworkEvent & { kind: 'frame' } => event.kind === 'frame' && event.device === strangerDevice)
      } finally {
        Object.assign(prototype, { setRemoteDescription, addIceCandidate })
      }
    })

    test('a frame that claims to be too long ends that link and harms no other', async () => {
      const bob = await join('Bob')
      befriend(alice, bob)
      bob.network.want([alice.device])
      await alice.directTo(bob)
      const { stream, over } = await open()
      stream.send(concat([hello, encodeLinkFrame('data', Uint8Array.of(1))]))
      await alice.next((event): event is NetworkEvent & { kind: 'frame' } => event.kind === 'frame' && event.device === strangerDevice)
      stream.send(Uint8Array.of(0, 255, 255, 255))
      await over
      await alice.next(
        (event): event is NetworkEvent & { kind: 'link-down' } => event.kind === 'link-down' && event.device === strangerDevice,
      )
      expect(ofDave(alice.events)).toEqual(['link-up', 'frame', 'link-down'])
      await bob.network.send(alice.device, Uint8Array.of(2))
      await alice.next(isFrameFrom(bob))
      expect(alice.events.some(isDownOf(bob))).toBe(false)
    })

    test('noise, and frames without end before any hello, make no link', async () => {
      for (const bytes of [
        crypto.getRandomValues(new Uint8Array(4_000)).fill(0x7f, 0, 4),
        concat(Array.from({ length: 100 }, () => encodeLinkFrame('data', Uint8Array.of(1)))),
      ]) {
        const { stream, over } = await open()
        stream.send(bytes)
        await over
      }
      expect(ofDave(alice.events)).toEqual([])
    })

    test('a second hello, and pings without end, change nothing', async () => {
      const { stream } = await open()
      stream.send(
        concat([
          hello,
          hello,
          ...Array.from({ length: 200 }, () => encodeLinkFrame('ping')),
          encodeLinkFrame('pong'),
          encodeLinkFrame('data', Uint8Array.of(1)),
        ]),
      )
      await alice.next((event): event is NetworkEvent & { kind: 'frame' } => event.kind === 'frame' && event.device === strangerDevice)
      expect(ofDave(alice.events)).toEqual(['link-up', 'frame'])
    })
  })
})
