// The memory network keeps the promises of the port, on real time; and its faults are what they say they are.
import { ed25519 } from '@noble/curves/ed25519.js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHub, type MemoryHub } from '../../src/adapters/network-memory/hub.ts'
import type { Dice, Faults } from '../../src/adapters/network-memory/faults.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { nodesContract } from './nodes.contract.ts'
import { createDice } from '../sim/world/dice.ts'
import { befriend, createPerson, isDownOf, isFrameFrom, networkContract, randomTag, topicOf, type Person } from './network.contract.ts'

const clock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}
const node = '/dns4/node.test/tcp/443/wss/p2p/12D3KooWNode'

const worldOn = (faults: Partial<Faults>) => async () => {
  const hub = createMemoryHub({ clock, dice: createDice('contract'), faults })
  return {
    nodes: [node],
    create: () => hub.network(),
    cutNode: async () => hub.setNode(node, false),
    restoreNode: async () => hub.setNode(node, true),
    end: async () => {},
  }
}

const nodesNamed = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `/dns4/node-${n}.test/tcp/443/wss/p2p/12D3KooWNode${n}`)

nodesContract('the memory network', async ({ count, firstIsFull }) => {
  const hub = createMemoryHub({ clock, dice: createDice('nodes') })
  const nodes = nodesNamed(count)
  if (firstIsFull === true) hub.setFull(nodes[0] ?? '', true)
  return {
    nodes,
    create: () => hub.network(),
    kill: async (address) => hub.setNode(address, false),
    revive: async (address) => hub.setNode(address, true),
    end: async () => {},
  }
})
networkContract('the memory network', worldOn({}))
networkContract('the memory network with relayed links first', worldOn({ relayedFirst: 1, upgradeMs: [5, 80], latencyMs: [0, 20] }))

describe('the faults of the memory network', () => {
  let people: Person[] = []
  afterEach(async () => {
    await Promise.all(people.map((person) => person.network.stop()))
    people = []
  })

  const join = async (hub: MemoryHub, name: string, seed?: Uint8Array): Promise<Person> => {
    const person = createPerson(name, hub.network(), seed)
    people.push(person)
    await person.network.start({ deviceSeed: person.seed, nodes: [node] })
    return person
  }
  const linkedOn = async (faults: Partial<Faults>, dice: Dice = createDice('faults')): Promise<[MemoryHub, Person, Person]> => {
    const hub = createMemoryHub({ clock, dice, faults: { latencyMs: [1, 3], dialMs: [1, 5], noticeMs: [30, 60], ...faults } })
    const [alice, bob] = [await join(hub, 'Alice'), await join(hub, 'Bob')]
    befriend(alice, bob)
    alice.network.want([bob.device])
    await Promise.all([alice.linkTo(bob), bob.linkTo(alice)])
    return [hub, alice, bob]
  }

  test('a cut breaks the link on both sides, and healing brings a new one', async () => {
    const [hub, alice, bob] = await linkedOn({})
    hub.cut((from, to) => from === to)
    await Promise.all([alice.next(isDownOf(bob)), bob.next(isDownOf(alice))])
    const from = alice.events.length
    hub.cut(undefined)
    await alice.linkTo(bob, from)
  })

  test('a one-way cut breaks the link too, and the two meet through the node', async () => {
    const [hub, alice, bob] = await linkedOn({})
    const from = bob.events.length
    hub.cut((a, b) => !(a === alice.device && b === bob.device))
    expect((await bob.linkTo(alice, from)).path).toBe('relayed')
  })

  test('a crash is noticed late, and until then frames to the dead go nowhere', async () => {
    const [hub, alice, bob] = await linkedOn({ noticeMs: [80, 120] })
    hub.crash(bob.device, 'late')
    expect(await alice.network.send(bob.device, Uint8Array.of(1))).toBe(true)
    await alice.next(isDownOf(bob))
    expect(await alice.network.send(bob.device, Uint8Array.of(2))).toBe(false)
    expect(bob.events.some(isFrameFrom(alice))).toBe(false)
  })

  test('whoever comes back before the crash was noticed replaces the former link', async () => {
    const [hub, alice, bob] = await linkedOn({ noticeMs: [5_000, 6_000] })
    const former = alice.events.length
    hub.crash(bob.device, 'late')
    const again = await join(hub, 'Bob again', bob.seed)
    again.network.want([alice.device])
    const [up] = await Promise.all([alice.linkTo(again, former), again.linkTo(alice)])
    expect(alice.events.slice(former).some(isDownOf(bob))).toBe(false)
    await again.network.send(alice.device, Uint8Array.of(3))
    expect((await alice.next(isFrameFrom(again))).link).toBe(up.link)
  })

  test('a deadly frame takes the link down with all that is in flight, and the two meet again', async () => {
    const [hub, alice, bob] = await linkedOn({})
    hub.setFaults({ linkDeath: 1, latencyMs: [1, 3], dialMs: [1, 5], noticeMs: [5, 10] })
    const from = alice.events.length
    expect(await alice.network.send(bob.device, Uint8Array.of(1))).toBe(true)
    await Promise.all([alice.next(isDownOf(bob)), bob.next(isDownOf(alice))])
    await alice.linkTo(bob, from)
    expect(bob.events.some(isFrameFrom(alice))).toBe(false)
  })

  test('a better link that is on its way is not begun a second time, however often the network heals', async () => {
    vi.useFakeTimers()
    try {
      const hub = createMemoryHub({
        clock,
        dice: createDice('faults'),
        faults: { relayedFirst: 1, upgradeMs: [50, 50], latencyMs: [1, 300] },
      })
      const [alice, bob] = [await join(hub, 'Alice'), await join(hub, 'Bob')]
      befriend(alice, bob)
      alice.network.want([bob.device])
      hub.cut(undefined)
      for (let i = 0; i < 40; i++) {
        await vi.advanceTimersByTimeAsync(20)
        hub.cut(undefined)
      }
      await vi.advanceTimersByTimeAsync(2_000)
      const upsOf = ({ events }: Person) => events.flatMap((event) => (event.kind === 'link-up' ? [event.path] : []))
      expect(upsOf(alice)).toEqual(['relayed', 'direct'])
      expect(upsOf(bob)).toEqual(['relayed', 'direct'])
      expect(hub.isLinked(alice.device, bob.device) && hub.isLinked(bob.device, alice.device)).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })

  test('gossip is lost and doubled as often as the faults say', async () => {
    const [hub, alice, bob] = await linkedOn({})
    const topic = randomTag()
    for (const person of [alice, bob]) person.network.subscribe([topicOf(topic, alice, bob)])
    const heard = async (faults: Partial<Faults>): Promise<number> => {
      hub.setFaults({ latencyMs: [1, 2], ...faults })
      const from = bob.events.length
      for (let i = 0; i < 200; i++) await alice.network.publish(topic, Uint8Array.of(i))
      hub.setFaults({ latencyMs: [120, 120] })
      await alice.network.publish(topic, Uint8Array.of(255, 255))
      await bob.next((event): event is typeof event & { kind: 'gossip' } => event.kind === 'gossip' && event.bytes.length === 2, from)
      return bob.events.slice(from).filter(({ kind }) => kind === 'gossip').length - 1
    }
    expect(await heard({ gossipLoss: 1 })).toBe(0)
    expect(await heard({ gossipDuplicate: 1 })).toBe(400)
    const some = await heard({ gossipLoss: 0.3 })
    expect(some).toBeGreaterThan(100)
    expect(some).toBeLessThan(180)
  })

  test('gossip finds its way through a third who takes part, and not over relayed links', async () => {
    const [hub, alice, bob] = await linkedOn({})
    const carol = await join(hub, 'Carol')
    befriend(alice, bob, carol)
    bob.network.want([carol.device])
    await Promise.all([bob.linkTo(carol), carol.linkTo(bob)])
    const topic = randomTag()
    for (const person of [alice, bob, carol]) person.network.subscribe([topicOf(topic, alice)])
    expect(await alice.network.publish(topic, Uint8Array.of(7))).toBe(1)
    await carol.next((event): event is typeof event & { kind: 'gossip' } => event.kind === 'gossip' && event.from === alice.device)
    const [, dave, aliceAgain] = await linkedOn({ direct: false })
    for (const person of [dave, aliceAgain]) person.network.subscribe([topicOf(topic, dave)])
    expect(await dave.network.publish(topic, Uint8Array.of(8))).toBe(0)
  })

  test('a device is who its seed says', async () => {
    const [hub, alice] = await linkedOn({})
    expect(hub.devices()).toContain(Buffer.from(ed25519.getPublicKey(alice.seed)).toString('hex'))
  })
})
