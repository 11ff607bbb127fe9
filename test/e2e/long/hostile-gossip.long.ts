// Twenty honest members of a group and eighty that misbehave, all in one topic. Gossip runs only between devices that have a direct link, and
// those are wanted ones: people who know each other or share a group. So these are no strangers from outside: they are members who were let in
// (or devices that somebody took over), of whom each honest one has about three times as many at its side as honest ones, as many links as a page
// keeps in all. They were there first, so that every place in the mesh is theirs. The honest run the page's own gossip with its own options.
import { expect, test } from 'vitest'
import { utf8ToBytes } from '../../../src/core/codec/bytes.ts'
import { neighboursOn, ringAround } from '../../../src/core/fan-out/ring.ts'
import { conversationId, type DeviceId } from '../../../src/core/ids.ts'
import { figureOf } from '../../bench/figures.ts'
import { randomBytes, randomTag } from '../../contract/network.contract.ts'
import { attackKinds, createHostile, type AttackKind, type Hostile } from '../../fixtures/gossip-attacks.ts'
import { createHonest, join, type Honest } from '../../fixtures/gossip-world.ts'
import { pause, until } from '../world/until.ts'
import { begunGossip } from './begun-gossip.ts'
import { timesOf } from './times.ts'

const honestOnes = 20
const hostileOnes = 80
/** Honest ones whom each hostile one is linked with. */
const victimsOfEach = 7
/** Messages of all together, milliseconds from one to the next, and bytes of one: some words, sealed. */
const times = timesOf(300)
const paceMs = 200
const messageBytes = 300
/** What is promised: the share of all arrivals there should be, and milliseconds for all but one in a hundred of them. */
const deliveredShare = 0.999
const p99Ms = 2_000
/** Milliseconds for all to be joined, and for what is late to come. */
const joiningMs = 120_000
const lateMs = 15_000

test(
  `${honestOnes} honest members hear each other among ${hostileOnes} hostile ones`,
  { timeout: 3 * joiningMs + 2 * times * paceMs },
  async () => {
    // People in Node have no window, and never leave.
    Object.assign(globalThis, { addEventListener: () => undefined })
    const topic = randomTag()
    const honest: Honest[] = []
    const hostile: Hostile[] = []
    /** When each message was said, and came to whom, by its first bytes. */
    const said = new Map<string, { readonly at: number; readonly by: DeviceId; readonly came: Map<DeviceId, number> }>()
    const arrivals = (): readonly number[] => [...said.values()].flatMap(({ at, came }) => [...came.values()].map((then) => then - at))
    try {
      while (honest.length < honestOnes) {
        const one = await createHonest(topic, (from, bytes) => {
          const message = said.get(markOf(bytes))
          if (message?.by === from && !message.came.has(one.id)) message.came.set(one.id, performance.now())
        })
        honest.push(one)
      }
      while (hostile.length < hostileOnes) {
        hostile.push(await createHostile(kindOf(hostile.length), topic))
      }
      for (const [n, attacker] of hostile.entries()) {
        for (let link = 0; link < victimsOfEach; link++) {
          const victim = honest[(n * victimsOfEach + link) % honestOnes]
          if (victim === undefined) throw new Error('there is one')
          const [theirs, ours] = await join(attacker, victim)
          victim.links.push(ours)
          await attacker.meet(theirs)
        }
      }
      await joinRing(honest)
      for (const one of honest) one.welcome(...honest, ...hostile)
      const devices = new Set(honest.map(({ id }) => id))
      const known = new Map(honest.map(({ host, id }) => [host.peerId.toString(), id]))
      await until(
        'all know who takes part',
        () => honest.every(({ links }, n) => begunGossip[n]?.getSubscribers(topic).length === links.length),
        joiningMs,
      )
      for (const attacker of hostile) attacker.attack()

      for (let n = 0; n < times; n++) {
        const one = honest[n % honestOnes]
        if (one === undefined) throw new Error('there is one')
        const due = pause(paceMs)
        const bytes = utf8ToBytes(`${n}`.padEnd(messageBytes))
        said.set(markOf(bytes), { at: performance.now(), by: one.id, came: new Map() })
        await one.gossip.publish(topic, bytes)
        await due
      }
      const expected = times * (honestOnes - 1)
      // What is missing by then counts as lost.
      await until('all has arrived', () => arrivals().length === expected, lateMs).catch(() => undefined)

      const arrived = arrivals()
      const { p50, p99 } = figureOf([...arrived, ...Array.from({ length: expected - arrived.length }, () => Infinity)])
      const scores = begunGossip.flatMap((gossip) =>
        gossip
          .getPeers()
          .map((peer) => ({ isHonest: devices.has(known.get(peer.toString()) as DeviceId), score: gossip.getScore(peer.toString()) })),
      )
      const penalised = (isHonest: boolean): string => {
        const all = scores.filter((one) => one.isHonest === isHonest)
        return `${all.filter(({ score }) => score < 0).length} of ${all.length}`
      }
      console.log(
        `${arrived.length} of ${expected} arrived (${((100 * arrived.length) / expected).toFixed(2)} %), p50 ${p50} ms, p99 ${p99} ms, ` +
          `at most ${Math.round(Math.max(...arrived))} ms; penalised ${penalised(true)} honest and ${penalised(false)} hostile at the other end of a link`,
      )
      expect(scores.filter(({ isHonest, score }) => isHonest && score < 0)).toEqual([])
      expect(arrived.length / expected).toBeGreaterThanOrEqual(deliveredShare)
      expect(p99).toBeLessThan(p99Ms)
    } finally {
      await Promise.all([...honest, ...hostile].map((one) => one.stop()))
    }
  },
)

/** Half of them only keep others out, which nothing can punish; of each other kind there are as many. */
const kindOf = (n: number): AttackKind => {
  const others = attackKinds.filter((kind) => kind !== 'silent')
  return (n < hostileOnes / 2 ? undefined : others[Math.floor((2 * n - hostileOnes) * (others.length / hostileOnes))]) ?? 'silent'
}

/** Each with its neighbours, as the page chooses them in a group. */
const joinRing = async (people: readonly Honest[]): Promise<void> => {
  const conversation = conversationId(randomBytes(16))
  const joined = new Set<string>()
  for (const one of people) {
    const ring = ringAround(
      conversation,
      one.id,
      people.flatMap(({ id }) => (id === one.id ? [] : [id])),
    )
    for (const id of neighboursOn(ring, { isUp: () => true, spare: 0 })) {
      const other = people.find((person) => person.id === id)
      const pair = [one.id, id].toSorted().join(' ')
      if (other === undefined || joined.has(pair)) continue
      joined.add(pair)
      const [ours, theirs] = await join(one, other)
      one.links.push(ours)
      other.links.push(theirs)
    }
  }
}

const markOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 8)).trim()
