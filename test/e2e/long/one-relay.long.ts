// Twenty people of one room who all come through one node by its /ip4 address: gossip takes that for the address of everybody whom it dialled.
// The library takes points from all at an address that more than ten share, and does not listen to fifteen at all. Here nobody loses any
// points, and what is said reaches everybody.
import { expect, test } from 'vitest'
import { createLibp2pNetwork } from '../../../src/adapters/network-libp2p/index.ts'
import { utf8ToBytes } from '../../../src/core/codec/bytes.ts'
import { befriend, createPerson, randomTag, topicOf, type Person } from '../../contract/network.contract.ts'
import { spawnNode } from '../../fixtures/spawn-node.ts'
import { pause, until } from '../world/until.ts'
import { begunGossip } from './begun-gossip.ts'
import { timesOf } from './times.ts'

const people = 20
/** Messages of each. */
const times = timesOf(5)
/** The library's own settings take points from so many at one address. */
const punishedFrom = 11
/** Milliseconds for all to be linked directly with all, and for all that is said to arrive, where all of it runs in one process. */
const meetingMs = 120_000
const arrivingMs = 60_000
/** Milliseconds until points that were counted before are counted anew. */
const recountMs = 2_000

test(`${people} people behind one relay hear each other, and nobody loses points`, { timeout: 5 * meetingMs }, async () => {
  // People in Node have no window, and never leave.
  Object.assign(globalThis, { addEventListener: () => undefined })
  const node = await spawnNode()
  expect(node.address).toMatch(/^\/ip4\/127\.0\.0\.1\//)
  const room = Array.from({ length: people }, (_, n) =>
    createPerson(`person ${n + 1}`, createLibp2pNetwork({ insecureNodes: true, stunUrls: () => [node.stunUrl] })),
  )
  const topic = randomTag()
  try {
    befriend(...room)
    const came = performance.now()
    for (const [there, { network, seed }] of room.entries()) {
      // Whoever comes dials all who are there: the last one dials everybody.
      network.want(room.slice(0, there).map(({ device }) => device))
      network.subscribe([topicOf(topic, ...room)])
      await network.start({ deviceSeed: seed, nodes: [node.address] })
      await until(
        `person ${there + 1} hears everybody who is there directly, and they do`,
        () => begunGossip.length > there && begunGossip.every((gossip) => gossip.getSubscribers(topic).length === there),
        meetingMs,
      )
    }
    const met = performance.now() - came
    // Else nothing would be shown: at least one of them has dialled so many through the one address.
    const atOneAddress = begunGossip.map(({ score }) => Math.max(0, ...[...score.peerIPs.values()].map(({ size }) => size)))
    expect(Math.max(...atOneAddress)).toBeGreaterThanOrEqual(punishedFrom)
    await pause(recountMs)

    const marks: string[] = []
    for (let turn = 0; turn < times; turn++) {
      for (const [n, { network }] of room.entries()) {
        const mark = `person ${n + 1}, ${turn + 1}`
        marks.push(mark)
        await network.publish(topic, utf8ToBytes(mark))
      }
    }
    const began = performance.now()
    await until('all has arrived', () => room.every((person) => heardBy(person).length >= marks.length - times), arrivingMs).catch(
      // What is missing is said below.
      () => undefined,
    )
    const took = performance.now() - began
    for (const [n, person] of room.entries())
      expect(heardBy(person).toSorted()).toEqual(marks.filter((mark) => !mark.startsWith(`person ${n + 1},`)).toSorted())

    await pause(recountMs)
    const scores = begunGossip.flatMap((gossip) => gossip.getPeers().map((peer) => gossip.getScore(peer.toString())))
    console.log(
      `all linked after ${Math.round(met)} ms; at most ${Math.max(...atOneAddress)} at one address; ` +
        `${room.reduce((sum, person) => sum + heardBy(person).length, 0)} of ${marks.length * (people - 1)} arrived, the last ${Math.round(took)} ms ` +
        `after it was said; ${scores.filter((score) => score < 0).length} of ${scores.length} penalised, the lowest has ${Math.min(...scores)} points`,
    )
    expect(scores).toHaveLength(people * (people - 1))
    expect(scores.filter((score) => score < 0)).toEqual([])
  } finally {
    await Promise.all(room.map(({ network }) => network.stop()))
    await node.end()
  }
})

const heardBy = ({ events }: Person): readonly string[] =>
  events.flatMap((event) => (event.kind === 'gossip' ? [new TextDecoder().decode(event.bytes)] : []))
