// Two who hold the same meet again: what that costs on the wire, all frames of both sides counted. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { WireTap } from '../../src/adapters/network-memory/hub.ts'
import { decodeLinkMessage } from '../../src/core/sync/messages.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

const minuteMs = 60_000
const run = (ms: number) => world.scheduler.run(world.scheduler.now() + ms, 2_000_000)

/** Frames after Alice and Bob, who share some groups and hold the same of each, have lost their link and found each other again. */
const meetAgain = async (groups: number): Promise<readonly (WireTap & { readonly kind: 'frame' })[]> => {
  world = createWorld({ seed: 46, devices: 2, realCipher: false, keepTrace: false })
  // A link that is replaced by a better one compares anew.
  world.hub.setFaults({ latencyMs: [1, 20], dialMs: [20, 100], relayedFirst: 0 })
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  for (const device of world.devices) device.start()
  await untilTrue(world, () => world.devices.every((device) => device.run()?.isStarted))
  for (const device of world.devices) await valueOf(world, commandsOf(device).createProfile(device.name))
  for (let number = 0; number < groups; number++) {
    const group = await valueOf(world, commandsOf(alice).createGroup(`Group ${number}`))
    const { link } = await valueOf(world, commandsOf(alice).createInvite(group))
    await valueOf(world, commandsOf(bob).joinInvite(link))
    const isIn = async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.standing === 'member'
    await untilTrue(world, isIn)
    await valueOf(world, commandsOf(alice).sendMessage(group, 'hello'))
    await valueOf(world, commandsOf(bob).sendMessage(group, 'hello to you'))
  }
  // Keys are replaced after use, and what was said is read and acknowledged.
  await run(5 * minuteMs)
  world.hub.cut(() => false)
  await run(minuteMs)
  const frames: (WireTap & { readonly kind: 'frame' })[] = []
  world.witness({ wire: (seen) => void (seen.kind === 'frame' && frames.push(seen)) })
  world.hub.cut(undefined)
  await run(5 * minuteMs)
  const [first, second] = [alice.id()!, bob.id()!]
  expect(world.hub.isLinked(first, second)).toBe(true)
  return frames
}

/** A link's first words about something else than what the two hold: nodes that one knows, mail that one carries. */
const greetings: readonly string[] = ['nodes', 'collect', 'keys-left']

test.each([1, 3, 5])('Alice and Bob, who hold the same of %i groups, compare it in one round trip and under 400 bytes', async (groups) => {
  const frames = (await meetAgain(groups)).map(({ from, bytes }) => {
    const message = decodeLinkMessage(bytes)
    return { from, size: bytes.length, kind: message.ok ? message.value.kind : 'malformed' }
  })
  const sync = frames.filter(({ kind }) => !greetings.includes(kind))
  // Each side says one digest of each group, of its own accord; nothing is asked, answered or said again afterwards.
  for (const device of world.devices) {
    expect(sync.filter(({ from }) => from === device.id()).map(({ kind }) => kind)).toEqual(Array.from({ length: groups }, () => 'digest'))
  }
  const bytesOf = (some: typeof frames): number => some.reduce((sum, { size }) => sum + size, 0)
  expect(bytesOf(sync)).toBeLessThan(400)
  // The greetings are said once a link too.
  const others = frames.filter((frame) => !sync.includes(frame))
  expect(others.length).toBeLessThanOrEqual(2 * greetings.length)
  expect(bytesOf(others)).toBeLessThan(150 + 350 * groups)
})
