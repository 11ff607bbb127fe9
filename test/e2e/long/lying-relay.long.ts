// Alice and Bob hide their addresses, so that all they say runs through one node, and the node lies in 50 ways, one after the other. What is
// said arrives once it stops lying, everything once and in order, and nothing that was not said.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../../bootstrap-node/config.ts'
import { startNode } from '../../../bootstrap-node/node.ts'
import { createPeer, type Peer } from '../../bench/room-peer.ts'
import { lyingKinds, makeRelayLie, type Lie } from '../../fixtures/lying-relay.ts'
import { pause, until } from '../world/until.ts'
import { deadlineOf, timesOf } from './times.ts'

const lies: readonly Lie[] = [0, 2, 7, 20, 50].flatMap((at) => lyingKinds.map((kind) => ({ kind, at })))
const times = timesOf(lies.length)
/** Milliseconds during which each lie is told, and for everything to have arrived after it. */
const lyingMs = 2_000
const honestMs = 60_000

test(`A relay lies in ${times} ways, and nothing is forged or lost`, { timeout: deadlineOf(2 * times) }, async () => {
  // People in Node have no window, and never leave.
  Object.assign(globalThis, { addEventListener: () => undefined })
  const data = await mkdtemp(join(tmpdir(), 'parley-lying-relay-'))
  const config = readConfig(['--port', '0', '--host', '127.0.0.1', '--data', data, '--log', 'silent'])
  if (!('data' in config)) throw new Error(JSON.stringify(config))
  const node = await startNode(config)
  const relay = makeRelayLie()
  const people: Peer[] = []
  try {
    for (const name of ['Alice', 'Bob'])
      people.push(await createPeer(name, `/ip4/127.0.0.1/tcp/${node.port}/ws/p2p/${node.peer}`, 'stun:127.0.0.1:1'))
    const [alice, bob] = people as [Peer, Peer]
    for (const { commands } of people) await commands.setHidden(true)
    const invite = await alice.commands.createInvite()
    if (!invite.ok) throw new Error('Alice could not invite')
    await bob.join(invite.value.link)
    alice.enter(invite.value.conversation)
    for (const [n, lie] of lies.slice(0, times).entries()) {
      relay.lie(lie)
      // New circuits are made, on which it lies.
      relay.hangUp()
      await Promise.all([alice.say(`from Alice [a${n}]`), bob.say(`from Bob [b${n}]`)])
      await pause(lyingMs)
      relay.lie(undefined)
      const all = Array.from({ length: n + 1 }, (_, at) => [`[a${at}]`, `[b${at}]`]).flat()
      const took = await until(
        `all have arrived after ${lie.kind} at ${lie.at}`,
        () => people.every(({ seen }) => all.every((mark) => seen[mark] !== undefined)),
        honestMs,
      )
      console.log(`${lie.kind} at ${lie.at}: all there ${Math.round(took)} ms after it stopped`)
      for (const { seen } of people) expect(Object.keys(seen).toSorted()).toEqual(all.toSorted())
    }
    expect(relay.told).toBeGreaterThan(times / 2)
  } finally {
    relay.end()
    await Promise.all(people.map((person) => person.stop()))
    await node.stop()
    await rm(data, { recursive: true, force: true })
  }
})
