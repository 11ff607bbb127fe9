// The promises of the `Network` port. Every adapter is held to them: the memory one, and libp2p in a real browser with real nodes.
import { ed25519 } from '@noble/curves/ed25519.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deviceId, tag as toTag } from '../../src/core/ids.ts'
import type { DeviceId, Tag } from '../../src/core/ids.ts'
import { maxDataFrameBytes, maxGossipBytes } from '../../src/core/limits.ts'
import type { DeviceTrouble, GossipTopic, Network, NetworkEvent } from '../../src/ports/network.ts'

/** A place where networks meet, with a node that can be taken away. */
export interface NetworkWorld {
  /** Addresses for `NetworkOptions.nodes`. */
  readonly nodes: readonly string[]
  /** A network that is not started; many can live in one world. */
  create(): Network
  /** All nodes go away without a word. */
  cutNode(): Promise<void>
  /** They come back as they were. */
  restoreNode(): Promise<void>
  end(): Promise<void>
}

/** Milliseconds for anything that needs a node, a dial or two. */
const patience = 15_000

export interface Person {
  readonly name: string
  readonly device: DeviceId
  readonly seed: Uint8Array
  readonly network: Network
  readonly events: NetworkEvent[]
  /** The first event at or after `from` that fits; rejects after `patience`. */
  next<E extends NetworkEvent>(fits: (event: NetworkEvent) => event is E, from?: number): Promise<E>
  linkTo(other: Person, from?: number): Promise<NetworkEvent & { kind: 'link-up' }>
  /** Waits until the present link is direct. */
  directTo(other: Person): Promise<void>
  /** Waits until a slot at a node stands. */
  reserved(from?: number): Promise<void>
}

export const createPerson = (name: string, network: Network, seed: Uint8Array = crypto.getRandomValues(new Uint8Array(32))): Person => {
  const events: NetworkEvent[] = []
  const watchers = new Set<() => void>()
  network.listen((event) => {
    events.push(event)
    for (const watcher of [...watchers]) watcher()
  })
  const until = <T>(what: string, look: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const seen = look()
        if (seen === undefined) return
        clearTimeout(timer)
        watchers.delete(check)
        resolve(seen)
      }
      const timer = setTimeout(() => {
        watchers.delete(check)
        reject(new Error(`${name} waited in vain for ${what}; saw ${JSON.stringify(events.map(({ kind }) => kind).slice(-12))}`))
      }, patience)
      watchers.add(check)
      check()
    })
  const person: Person = {
    name,
    device: deviceId(ed25519.getPublicKey(seed)),
    seed,
    network,
    events,
    next: (fits, from = 0) => until(String(fits), () => events.slice(from).find(fits)),
    linkTo: (other, from = 0) =>
      until(`a link to ${other.name}`, () =>
        events.slice(from).find((event) => event.kind === 'link-up' && event.device === other.device),
      ) as Promise<NetworkEvent & { kind: 'link-up' }>,
    async directTo(other) {
      await until(`a direct link to ${other.name}`, () => {
        const last = events.findLast((event) => (event.kind === 'link-up' || event.kind === 'link-down') && event.device === other.device)
        return last?.kind === 'link-up' && last.path === 'direct' ? last : undefined
      })
    },
    async reserved(from = 0) {
      await until('a reservation', () =>
        events.slice(from).find((event) => event.kind === 'status' && event.nodes.some(({ state }) => state === 'reserved')),
      )
    },
  }
  return person
}

/** Lets each of them learn the addresses of all others, and of nobody else. */
export const befriend = (...people: readonly Person[]): void => {
  for (const { network } of people) network.allowDirect(people.map(({ device }) => device))
}

export const isFrameFrom =
  (other: Person) =>
  (event: NetworkEvent): event is NetworkEvent & { kind: 'frame' } =>
    event.kind === 'frame' && event.device === other.device
export const isDownOf =
  (other: Person) =>
  (event: NetworkEvent): event is NetworkEvent & { kind: 'link-down' } =>
    event.kind === 'link-down' && event.device === other.device
const isGossip = (event: NetworkEvent): event is NetworkEvent & { kind: 'gossip' } => event.kind === 'gossip'
/** Gossip whose first byte is this. */
export const isGossipOf =
  (mark: number) =>
  (event: NetworkEvent): event is NetworkEvent & { kind: 'gossip' } =>
    isGossip(event) && event.bytes[0] === mark
const isFound = (event: NetworkEvent): event is NetworkEvent & { kind: 'found' } => event.kind === 'found'

export const randomTag = (): Tag => toTag(crypto.getRandomValues(new Uint8Array(16)))

/** Fills any number of bytes; `getRandomValues` gives 64 KiB at a time. */
export const randomBytes = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

/** The suite; `makeWorld` is called for every test. */
export const networkContract = (name: string, makeWorld: () => Promise<NetworkWorld>): void => {
  describe(`${name} keeps the promises of a network`, () => {
    let world: NetworkWorld
    let people: Person[]

    beforeEach(async () => {
      world = await makeWorld()
      people = []
    })
    afterEach(async () => {
      await Promise.all(people.map((person) => person.network.stop()))
      await world.end()
    })

    const join = async (personName: string, seed?: Uint8Array): Promise<Person> => {
      const person = createPerson(personName, world.create(), seed)
      people.push(person)
      await person.network.start({ deviceSeed: person.seed, nodes: world.nodes })
      return person
    }
    const linked = async (): Promise<[Person, Person]> => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      befriend(alice, bob)
      alice.network.want([bob.device])
      bob.network.want([alice.device])
      await Promise.all([alice.linkTo(bob), bob.linkTo(alice)])
      await Promise.all([alice.directTo(bob), bob.directTo(alice)])
      return [alice, bob]
    }
    const isLinkEvent = (event: NetworkEvent): boolean => event.kind === 'link-up' || event.kind === 'link-down'

    test('a wanted device is linked, both sides see it, and the device id is proven', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      alice.network.want([bob.device])
      const [up, theirs] = await Promise.all([alice.linkTo(bob), bob.linkTo(alice)])
      expect(up.device).toBe(bob.device)
      expect(theirs.device).toBe(alice.device)
    })

    test('a link becomes direct by itself, under a new number', async () => {
      const [alice, bob] = await linked()
      for (const [person, other] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const ups = person.events.filter((event) => event.kind === 'link-up' && event.device === other.device)
        const numbers = ups.map((event) => (event.kind === 'link-up' ? event.link : 0))
        expect(new Set(numbers).size).toBe(numbers.length)
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
      }
    })

    test('a link stays relayed until both sides allow more, and then becomes direct at once', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      alice.network.want([bob.device])
      await Promise.all([alice.linkTo(bob), bob.linkTo(alice)])
      const isDirect = (event: NetworkEvent): boolean => event.kind === 'link-up' && event.path === 'direct'
      // Nobody yet, then only the one who dialled, then only the other.
      for (const allowing of [undefined, alice, bob]) {
        for (const person of [alice, bob]) person.network.allowDirect(person === allowing ? [alice.device, bob.device] : [])
        await Promise.all([quiet(alice), quiet(bob)])
        expect([...alice.events, ...bob.events].some(isDirect)).toBe(false)
      }
      // What is relayed carries all the same.
      await bob.network.send(alice.device, Uint8Array.of(1))
      await alice.next(isFrameFrom(bob))
      befriend(alice, bob)
      await Promise.all([alice.directTo(bob), bob.directTo(alice)])
    })

    test('a link that breaks off is told as the last trouble with that device', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      alice.network.want([bob.device])
      bob.network.want([alice.device])
      await Promise.all([alice.linkTo(bob), bob.linkTo(alice)])
      const cutAt = Date.now()
      // Nobody allows a direct path, so that the link goes with its node.
      await world.cutNode()
      const isLost = ({ device, trouble, at }: DeviceTrouble): boolean => device === bob.device && trouble === 'lost' && at >= cutAt
      await alice.next((event): event is NetworkEvent => event.kind === 'status' && event.troubles.some(isLost))
    })

    test('frames arrive whole and in order, also many and large ones', async () => {
      const [alice, bob] = await linked()
      const frames = [0, 1, 1024, 65_536, maxDataFrameBytes, 7].map(randomBytes)
      const many = Array.from({ length: 300 }, (_, index) => Uint8Array.of(index >>> 8, index & 255))
      const sent = await Promise.all([...frames, ...many].map((frame) => alice.network.send(bob.device, frame)))
      expect(sent.every(Boolean)).toBe(true)
      const last = Uint8Array.of(9, 9, 9)
      await alice.network.send(bob.device, last)
      await bob.next((event): event is NetworkEvent & { kind: 'frame' } => isFrameFrom(alice)(event) && event.bytes.length === 3)
      const got = bob.events.filter(isFrameFrom(alice)).map(({ bytes }) => bytes)
      expect(got.length).toBe(frames.length + many.length + 1)
      for (const [index, frame] of [...frames, ...many].entries()) expect(equal(got[index], frame)).toBe(true)
    })

    test('frames name the link that is up', async () => {
      const [alice, bob] = await linked()
      await alice.network.send(bob.device, Uint8Array.of(1))
      const frame = await bob.next(isFrameFrom(alice))
      const up = bob.events.findLast((event) => event.kind === 'link-up')
      expect(up?.kind === 'link-up' && up.link).toBe(frame.link)
    })

    test('sending without a link says false', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      expect(await alice.network.send(bob.device, Uint8Array.of(1))).toBe(false)
    })

    test('the sender may use its buffer again as soon as send has settled', async () => {
      const [alice, bob] = await linked()
      const buffer = Uint8Array.of(1, 2, 3)
      await alice.network.send(bob.device, buffer)
      buffer.fill(9)
      expect([...(await bob.next(isFrameFrom(alice))).bytes]).toEqual([1, 2, 3])
    })

    test('two who want each other at the same moment end up with one link that stays', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      await Promise.all([alice.reserved(), bob.reserved()])
      befriend(alice, bob)
      alice.network.want([bob.device])
      bob.network.want([alice.device])
      await Promise.all([alice.directTo(bob), bob.directTo(alice)])
      await Promise.all([quiet(alice), quiet(bob)])
      const settled = [alice.events.length, bob.events.length]
      for (let round = 0; round < 20; round++) {
        await Promise.all([alice.network.send(bob.device, Uint8Array.of(round)), bob.network.send(alice.device, Uint8Array.of(round))])
        const isRound = (event: NetworkEvent): event is NetworkEvent & { kind: 'frame' } =>
          event.kind === 'frame' && event.bytes[0] === round
        await Promise.all([alice.next(isRound, settled[0]), bob.next(isRound, settled[1])])
      }
      expect(alice.events.slice(settled[0]).filter(({ kind }) => kind === 'link-down')).toEqual([])
      expect(bob.events.slice(settled[1]).filter(({ kind }) => kind === 'link-down')).toEqual([])
    })

    test('a link from a device that nobody asked for is accepted, and close ends it on both sides', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      alice.network.want([bob.device])
      await bob.linkTo(alice)
      alice.network.want([])
      bob.network.close(alice.device)
      await Promise.all([bob.next(isDownOf(alice)), alice.next(isDownOf(bob))])
      expect(await bob.network.send(alice.device, Uint8Array.of(1))).toBe(false)
    })

    test('a link that is renewed is there again at once, and relayed where a direct one is not allowed any more', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      befriend(alice, bob)
      const asked = performance.now()
      alice.network.want([bob.device])
      await Promise.all([alice.linkTo(bob), bob.linkTo(alice)])
      const firstMs = performance.now() - asked
      await Promise.all([alice.directTo(bob), bob.directTo(alice)])

      const [hers, his] = [alice.events.length, bob.events.length]
      alice.network.allowDirect([])
      const renewed = performance.now()
      alice.network.renew(bob.device)
      expect(await alice.linkTo(bob, hers)).toMatchObject({ path: 'relayed' })
      // Not as late as one that was given up would be tried again.
      expect(performance.now() - renewed - firstMs).toBeLessThan(2_000)
      expect(await bob.linkTo(alice, his)).toMatchObject({ path: 'relayed' })
      expect(
        [alice, bob].map(({ events }, index) => events.slice([hers, his][index]).filter(({ kind }) => kind === 'link-down').length),
      ).toEqual([1, 1])
      await bob.network.send(alice.device, Uint8Array.of(1))
      await alice.next(isFrameFrom(bob))
    })

    test('stop says good-bye: the other side sees link-down within a second, and nothing is delivered afterwards', async () => {
      const [alice, bob] = await linked()
      bob.network.want([])
      const from = performance.now()
      await alice.network.stop()
      const seen = alice.events.length
      await bob.next(isDownOf(alice))
      expect(performance.now() - from).toBeLessThan(3_000)
      expect(await bob.network.send(alice.device, Uint8Array.of(1))).toBe(false)
      expect(alice.events.length).toBe(seen)
    })

    test('a device that comes back is linked again, under a new number', async () => {
      const [alice, bob] = await linked()
      const before = bob.events.length
      await alice.network.stop()
      const again = await join('Alice again', alice.seed)
      again.network.want([bob.device])
      const up = await bob.linkTo(again, before)
      const former = bob.events.slice(0, before).flatMap((event) => (event.kind === 'link-up' ? [event.link] : []))
      expect(up.link).toBeGreaterThan(Math.max(...former))
    })

    test('a device found under a tag is reported to whoever seeks it, whichever came first', async () => {
      const [alice, bob, carol] = await Promise.all([join('Alice'), join('Bob'), join('Carol')])
      const tag = randomTag()
      alice.network.announce([tag])
      bob.network.seek([tag])
      expect(await bob.next(isFound)).toEqual({ kind: 'found', tag, device: alice.device })
      carol.network.announce([tag])
      const isCarol = (event: NetworkEvent): event is NetworkEvent & { kind: 'found' } => isFound(event) && event.device === carol.device
      await bob.next(isCarol)
      expect(alice.events.some(isFound)).toBe(false)
    })

    test('a device is not found under tags that it announces no more, nor under other tags', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      const [former, present, other] = [randomTag(), randomTag(), randomTag()]
      alice.network.announce([former])
      const carol = await join('Carol')
      carol.network.seek([former])
      await carol.next(isFound)
      alice.network.announce([present])
      bob.network.seek([present, other])
      await bob.next(isFound)
      bob.network.seek([former, other])
      const probe = randomTag()
      carol.network.announce([probe])
      bob.network.seek([former, other, probe])
      await bob.next((event): event is NetworkEvent & { kind: 'found' } => isFound(event) && event.tag === probe)
      expect(
        bob.events
          .filter(isFound)
          .map(({ tag }) => tag)
          .filter((tag) => tag === former || tag === other),
      ).toEqual([])
    })

    test('gossip reaches the subscribers among linked devices, with its author, and nobody else', async () => {
      const [alice, bob] = await linked()
      const carol = await join('Carol')
      befriend(alice, bob, carol)
      alice.network.want([bob.device, carol.device])
      await Promise.all([alice.directTo(carol), carol.directTo(alice)])
      const topic = randomTag()
      for (const person of [alice, bob]) person.network.subscribe([topicOf(topic, alice, bob)])
      carol.network.subscribe([topicOf(randomTag(), alice, bob)])
      await published(alice, topic, Uint8Array.of(5, 6), 1)
      const heard = await bob.next(isGossip)
      expect(heard).toMatchObject({ topic, from: alice.device })
      expect([...heard.bytes]).toEqual([5, 6])
      expect(carol.events.some(isGossip)).toBe(false)
      expect(alice.events.some(isGossip)).toBe(false)
    })

    test('what somebody says who may not is neither heard nor passed on, and is once they may', async () => {
      const [alice, bob] = await linked()
      const carol = await join('Carol')
      befriend(bob, carol)
      bob.network.want([carol.device])
      await Promise.all([bob.directTo(carol), carol.directTo(bob)])
      const topic = randomTag()
      for (const person of [alice, bob, carol]) person.network.subscribe([topicOf(topic, bob, carol)])
      await published(alice, topic, Uint8Array.of(1), 1)
      await published(bob, topic, Uint8Array.of(2), 2)
      await carol.next(isGossipOf(2))
      await alice.next(isGossipOf(2))
      for (const person of [bob, carol]) person.network.subscribe([topicOf(topic, alice, bob, carol)])
      await published(alice, topic, Uint8Array.of(3), 1)
      for (const person of [bob, carol]) {
        await person.next(isGossipOf(3))
        expect(person.events.some(isGossipOf(1))).toBe(false)
      }
    })

    test('gossip goes on both ways after a device came back', async () => {
      const [alice, bob] = await linked()
      const topic = randomTag()
      for (const person of [alice, bob]) person.network.subscribe([topicOf(topic, alice, bob)])
      await published(alice, topic, Uint8Array.of(1), 1)
      await alice.network.stop()
      const again = await join('Alice again', alice.seed)
      again.network.subscribe([topicOf(topic, alice, bob)])
      befriend(again, bob)
      again.network.want([bob.device])
      await bob.linkTo(again, bob.events.length)
      await again.directTo(bob)
      await published(again, topic, Uint8Array.of(2), 1)
      await bob.next(isGossipOf(2))
      await published(bob, topic, Uint8Array.of(3), 1)
      await again.next(isGossipOf(3))
    })

    test('gossip that is too large, or for a topic that is not subscribed, goes to nobody', async () => {
      const [alice, bob] = await linked()
      const topic = randomTag()
      for (const person of [alice, bob]) person.network.subscribe([topicOf(topic, alice, bob)])
      await published(alice, topic, randomBytes(maxGossipBytes), 1)
      await bob.next(isGossip)
      expect(await alice.network.publish(topic, randomBytes(maxGossipBytes + 1))).toBe(0)
      expect(await alice.network.publish(randomTag(), Uint8Array.of(1))).toBe(0)
    })

    test('start settles when no node can be reached, and everything happens once one can', async () => {
      await world.cutNode()
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      alice.network.want([bob.device])
      await world.restoreNode()
      await alice.linkTo(bob)
    })

    test('without the node direct links and gossip go on, and with it everybody is back within 5 s', async () => {
      const [alice, bob] = await linked()
      const topic = randomTag()
      for (const person of [alice, bob]) person.network.subscribe([topicOf(topic, alice, bob)])
      await published(alice, topic, Uint8Array.of(0), 1)
      await bob.next(isGossip)
      const from = [alice.events.length, bob.events.length] as const
      await world.cutNode()
      for (let index = 1; index <= 20; index++) {
        expect(await alice.network.send(bob.device, Uint8Array.of(index))).toBe(true)
        expect(await alice.network.publish(topic, Uint8Array.of(index))).toBe(1)
      }
      await bob.next(isGossipOf(20), from[1])
      await bob.next((event): event is NetworkEvent & { kind: 'frame' } => isFrameFrom(alice)(event) && event.bytes[0] === 20, from[1])
      expect(bob.events.slice(from[1]).filter(isGossip).length).toBe(20)
      expect(
        bob.events
          .slice(from[1])
          .filter(isFrameFrom(alice))
          .map(({ bytes }) => bytes[0]),
      ).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
      expect(alice.events.slice(from[0]).filter(isLinkEvent)).toEqual([])

      const back = [alice.events.length, bob.events.length] as const
      await world.restoreNode()
      const restoredAt = performance.now()
      await Promise.all([alice.reserved(back[0]), bob.reserved(back[1])])
      expect(performance.now() - restoredAt).toBeLessThan(5_000)
      const carol = await join('Carol')
      carol.network.want([alice.device])
      await carol.linkTo(alice)
    })

    test('with every node gone, two are linked through somebody who is linked with both and wants both', async () => {
      const [alice, bob] = await linked()
      const carol = await join('Carol')
      befriend(alice, bob, carol)
      bob.network.want([alice.device, carol.device])
      await Promise.all([bob.directTo(carol), carol.directTo(bob)])
      await world.cutNode()
      alice.network.want([bob.device, carol.device])
      await Promise.all([alice.linkTo(carol), carol.linkTo(alice)])
      await Promise.all([alice.directTo(carol), carol.directTo(alice)])
      await alice.network.send(carol.device, Uint8Array.of(7))
      await carol.next(isFrameFrom(alice))
    })

    test('nobody is passed on to somebody by a device that wants only one of them', async () => {
      const [alice, bob] = await linked()
      const carol = await join('Carol')
      befriend(alice, bob, carol)
      carol.network.want([bob.device])
      await Promise.all([bob.directTo(carol), carol.directTo(bob)])
      await world.cutNode()
      alice.network.want([bob.device, carol.device])
      // By then whoever is passed on has been.
      const probe = await join('Dave')
      await world.restoreNode()
      probe.network.want([bob.device])
      await probe.linkTo(bob)
      const throughBob = alice.events.some((event) => event.kind === 'status' && event.links.some(({ through }) => through === bob.device))
      expect(throughBob).toBe(false)
    })

    test('two side by side are linked by hand with every node gone, and find each other under what they seek', async () => {
      await world.cutNode()
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      const tag = randomTag()
      bob.network.seek([tag])
      const offer = await alice.network.offerByHand()
      expect(offer?.length).toBeLessThanOrEqual(440)
      expect(await alice.network.takeByHand('nonsense')).toBeUndefined()
      const answer = await bob.network.takeByHand(`My code: ${offer}`)
      if (answer?.kind !== 'answer') throw new Error('an offer is answered')
      expect(await alice.network.takeByHand(answer.text)).toEqual({ kind: 'taken' })
      await Promise.all([alice.directTo(bob), bob.directTo(alice)])
      expect(await bob.next(isFound)).toEqual({ kind: 'found', tag, device: alice.device })
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        await from.network.send(to.device, randomBytes(maxDataFrameBytes))
        expect((await to.next(isFrameFrom(from))).bytes.length).toBe(maxDataFrameBytes)
      }
    })

    test('tags are registered again at a node that lost its memory', async () => {
      const [alice, bob] = await Promise.all([join('Alice'), join('Bob')])
      const tag = randomTag()
      alice.network.announce([tag])
      await alice.reserved()
      const back = alice.events.length
      await world.cutNode()
      await world.restoreNode()
      await alice.reserved(back)
      bob.network.seek([tag])
      expect((await bob.next(isFound)).device).toBe(alice.device)
    })

    test('no listener is called from within a call', async () => {
      const [alice, bob] = await linked()
      let within = false
      let calledWithin = false
      alice.network.listen(() => {
        calledWithin ||= within
      })
      within = true
      alice.network.want([])
      alice.network.allowDirect([])
      alice.network.announce([randomTag()])
      alice.network.seek([randomTag()])
      alice.network.subscribe([topicOf(randomTag())])
      void alice.network.send(bob.device, Uint8Array.of(1))
      alice.network.renew(bob.device)
      alice.network.close(bob.device)
      within = false
      await bob.next(isDownOf(alice))
      expect(calledWithin).toBe(false)
    })
  })
}

/** A topic under which these people may speak. */
export const topicOf = (tag: Tag, ...people: readonly Person[]): GossipTopic => ({ tag, authors: people.map(({ device }) => device) })

/** Publishes until as many peers as expected took it: subscriptions travel too. */
export const published = async (person: Person, topic: Tag, bytes: Uint8Array, peers: number): Promise<void> => {
  const deadline = Date.now() + patience
  while ((await person.network.publish(topic, bytes)) < peers) {
    if (Date.now() > deadline) throw new Error(`${person.name} found nobody to hand gossip to`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Waits until nothing has happened to any link for a second. */
const quiet = async (person: Person): Promise<void> => {
  const deadline = Date.now() + patience
  const count = (): number => person.events.filter(({ kind }) => kind === 'link-up' || kind === 'link-down').length
  for (let before = -1; before !== count();) {
    if (Date.now() > deadline) throw new Error(`the links of ${person.name} do not settle`)
    before = count()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

const equal = (one: Uint8Array | undefined, other: Uint8Array): boolean =>
  one !== undefined && one.length === other.length && one.every((byte, index) => byte === other[index])
