// What a network does with several nodes: which it uses, and how it leaves those that fail. Every adapter is held to it.
import { ed25519 } from '@noble/curves/ed25519.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deviceId } from '../../src/core/ids.ts'
import { byWeight } from '../../src/core/nodes/rendezvous-hashing.ts'
import type { Network, NetworkEvent } from '../../src/ports/network.ts'
import { befriend, createPerson, isFrameFrom, randomTag } from './network.contract.ts'
import type { Person } from './network.contract.ts'

export interface ManyNodes {
  readonly nodes: readonly string[]
  create(): Network
  /** A node goes away without a word. */
  kill(node: string): Promise<void>
  revive(node: string): Promise<void>
  end(): Promise<void>
}

export interface ManyNodesOptions {
  readonly count: number
  /** The first node has no slot to give. */
  readonly firstIsFull?: boolean
}

/** The suite; `makeWorld` is called for every test. */
export const nodesContract = (name: string, makeWorld: (options: ManyNodesOptions) => Promise<ManyNodes>): void => {
  describe(`${name} with several nodes`, () => {
    let world: ManyNodes
    let people: Person[]
    beforeEach(() => {
      people = []
    })
    afterEach(async () => {
      await Promise.all(people.map((person) => person.network.stop()))
      await world.end()
    })

    const join = async (personName: string, seed?: Uint8Array, nodes: readonly string[] = world.nodes): Promise<Person> => {
      const person = createPerson(personName, world.create(), seed)
      people.push(person)
      await person.network.start({ deviceSeed: person.seed, nodes })
      return person
    }

    const chosenOf = (person: Person): readonly string[] => byWeight(person.device, world.nodes).slice(0, 2)

    test('slots are held at the two nodes that everybody finds by the device’s own name', async () => {
      world = await makeWorld({ count: 4 })
      const alice = await join('Alice')
      const rest = (await alice.next(hasSlotsAt(chosenOf(alice)))).nodes.filter(({ state }) => state !== 'reserved')
      expect(rest.map(({ chosen }) => chosen)).toEqual([false, false])
    })

    test('two whose nodes are all different are linked, and find each other under a tag', async () => {
      world = await makeWorld({ count: 4 })
      const aliceSeed = crypto.getRandomValues(new Uint8Array(32))
      const hers = byWeight(deviceOf(aliceSeed), world.nodes).slice(0, 2)
      const bobSeed = seedWith((order) => order.slice(0, 2).every((node) => !hers.includes(node)), world.nodes)
      const [alice, bob] = [await join('Alice', aliceSeed), await join('Bob', bobSeed)]
      const tag = randomTag()
      alice.network.announce([tag])
      bob.network.seek([tag])
      await bob.next((event): event is NetworkEvent => event.kind === 'found' && event.device === alice.device)
      bob.network.want([alice.device])
      await Promise.all([bob.linkTo(alice), alice.linkTo(bob)])
    })

    test('whoever knows nothing but the first node finds everything that is announced, also when many others were heard of', async () => {
      world = await makeWorld({ count: 4 })
      const [page = '', ...told] = world.nodes
      // Whose own slots are elsewhere.
      const alice = await join(
        'Alice',
        seedWith((order) => !order.slice(0, 2).includes(page), world.nodes),
        [page],
      )
      const bob = await join('Bob', undefined, [page])
      alice.network.useNodes([page], told)
      await alice.next(hasSlotsAt(chosenOf(alice)))
      const tags = Array.from({ length: 6 }, randomTag)
      alice.network.announce(tags)
      bob.network.seek(tags)
      for (const tag of tags) await bob.next((event): event is NetworkEvent => event.kind === 'found' && event.tag === tag)
    })

    test('a node that dies is left for the next within 15 s; links live, newcomers get in; it is taken again when it is back', async () => {
      world = await makeWorld({ count: 3 })
      const [alice, bob] = [await join('Alice'), await join('Bob')]
      befriend(alice, bob)
      alice.network.want([bob.device])
      bob.network.want([alice.device])
      await Promise.all([alice.directTo(bob), bob.directTo(alice)])
      await alice.next(hasSlotsAt(chosenOf(alice)))
      const [first = '', second = '', third = ''] = byWeight(alice.device, world.nodes)
      const from = [alice.events.length, bob.events.length]
      const killedAt = performance.now()
      await world.kill(first)
      await alice.next(hasSlotsAt([second, third]), from[0])
      expect(performance.now() - killedAt).toBeLessThan(15_000)

      await alice.network.send(bob.device, Uint8Array.of(7))
      await bob.next(isFrameFrom(alice), from[1])
      const carol = await join('Carol')
      const tag = randomTag()
      alice.network.announce([tag])
      carol.network.seek([tag])
      await carol.next((event): event is NetworkEvent => event.kind === 'found' && event.device === alice.device)
      carol.network.want([alice.device])
      await carol.linkTo(alice)
      const isLost = (event: NetworkEvent): boolean => event.kind === 'link-down'
      expect(alice.events.slice(from[0]).filter(isLost)).toEqual([])

      const back = alice.events.length
      await world.revive(first)
      await alice.next(hasSlotsAt([first, second]), back)
    })

    test('a node that is full is left for the next, and is said to be full', async () => {
      world = await makeWorld({ count: 3, firstIsFull: true })
      const [full = ''] = world.nodes
      const alice = await join(
        'Alice',
        seedWith(([first]) => first === full, world.nodes),
      )
      const began = performance.now()
      const [, ...others] = byWeight(alice.device, world.nodes)
      await alice.next(hasSlotsAt(others))
      expect(performance.now() - began).toBeLessThan(15_000)
      const isFull = (event: NetworkEvent): event is NetworkEvent & { kind: 'status' } =>
        event.kind === 'status' && event.nodes.some(({ address, state }) => address === full && state === 'full')
      await alice.next(isFull)
    })

    test('nodes that become known later are used at once, and those that are taken away are left', async () => {
      world = await makeWorld({ count: 2 })
      const [first = '', second = ''] = world.nodes
      const alice = await join('Alice', undefined, [])
      const bob = await join('Bob', undefined, [second])
      bob.network.want([alice.device])
      alice.network.useNodes([first])
      await alice.next(hasSlotsAt([first]))
      const from = alice.events.length
      alice.network.useNodes([second])
      await alice.next(hasSlotsAt([second]), from)
      await bob.linkTo(alice)
      await alice.next(
        (event): event is NetworkEvent => event.kind === 'status' && event.nodes.every(({ address }) => address !== first),
        from,
      )
    })
  })
}

const deviceOf = (seed: Uint8Array) => deviceId(ed25519.getPublicKey(seed))

/** A seed whose device orders the nodes in a certain way. */
const seedWith = (fits: (order: readonly string[]) => boolean, nodes: readonly string[]): Uint8Array => {
  for (;;) {
    const seed = crypto.getRandomValues(new Uint8Array(32))
    if (fits(byWeight(deviceOf(seed), nodes))) return seed
  }
}

/** A status in which slots stand at exactly these nodes. */
export const hasSlotsAt =
  (nodes: readonly string[]) =>
  (event: NetworkEvent): event is NetworkEvent & { kind: 'status' } => {
    const held = event.kind === 'status' ? event.nodes.filter(({ state, chosen }) => state === 'reserved' && chosen) : []
    return nodes.length > 0 && held.length === nodes.length && held.every(({ address }) => nodes.includes(address))
  }
