// Fifty in one group, on the memory network in virtual time: at most twelve links each, one connected graph while people come and go, and
// every message of gossip arrives.
import { ed25519 } from '@noble/curves/ed25519.js'
import { expect, test } from 'vitest'
import { createMemoryHub } from '../../src/adapters/network-memory/hub.ts'
import { maxLinksInGroup } from '../../src/core/fan-out/ring.ts'
import { conversationId, deviceId, tag, type DeviceId } from '../../src/core/ids.ts'
import { createFanOut } from '../../src/services/fan-out.ts'
import { createDice } from '../sim/world/dice.ts'
import { createScheduler, type Owner } from '../sim/world/scheduler.ts'

const node = '/dns4/node.test/tcp/443/wss/p2p/12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'
const id = conversationId(new Uint8Array(16).fill(7))
const topic = tag(new Uint8Array(16).fill(9))
const people = 50

const crowd = () => {
  const owner: Owner = { name: 'crowd', alive: true }
  const scheduler = createScheduler(
    () => {},
    (error) => {
      throw error
    },
  )
  const clock = { now: () => scheduler.now(), after: (ms: number, call: () => void) => scheduler.after(owner, ms, 'crowd', call) }
  const hub = createMemoryHub({
    clock,
    dice: createDice('crowd'),
    faults: { relayedFirst: 0.5, upgradeMs: [50, 500], noticeMs: [500, 15_000] },
  })
  const seeds = Array.from({ length: people }, (_, n) => new Uint8Array(32).fill(n + 1))
  const devices = seeds.map((seed) => deviceId(ed25519.getPublicKey(seed)))
  const heard = new Map<DeviceId, Set<number>>()
  const linksOf = new Map<DeviceId, Set<DeviceId>>()
  let most = 0
  const running = new Map<DeviceId, ReturnType<typeof hub.network>>()

  const start = async (at: number): Promise<void> => {
    const [seed, self] = [seeds[at], devices[at]]
    if (seed === undefined || self === undefined) return
    const network = hub.network()
    const links = new Set<DeviceId>()
    linksOf.set(self, links)
    const others = devices.filter((device) => device !== self)
    const refresh = (): void => network.want(fanOut.choose([{ id, others, owing: new Set() }], new Set()))
    const close = (device: DeviceId): void => {
      links.delete(device)
      network.close(device)
    }
    const fanOut = createFanOut({ self: () => self, clock, close, isMissing: () => false, changed: refresh })
    network.listen((event) => {
      if (event.kind === 'gossip') heard.set(self, (heard.get(self) ?? new Set()).add(event.bytes[0] ?? 0))
      if (event.kind === 'link-up') {
        links.add(event.device)
        most = Math.max(most, links.size)
        fanOut.up(event.device)
        refresh()
      } else if (event.kind === 'link-down') {
        links.delete(event.device)
        fanOut.down(event.device)
        refresh()
      }
    })
    network.allowDirect(others)
    network.subscribe([{ tag: topic, authors: devices }])
    running.set(self, network)
    await network.start({ deviceSeed: seed, nodes: [node] })
    refresh()
  }
  const run = (ms: number) => scheduler.run(scheduler.now() + ms, 5_000_000)
  const present = (): readonly DeviceId[] => [...running.keys()]
  const leave = (at: number): void => {
    const device = devices[at]
    if (device === undefined || !running.delete(device)) return
    hub.crash(device, 'late')
    linksOf.delete(device)
  }
  const isConnected = (): boolean => {
    const reached = new Set<DeviceId>()
    const visit = (device: DeviceId): void => {
      if (reached.has(device)) return
      reached.add(device)
      for (const next of linksOf.get(device) ?? []) if (hub.isLinked(device, next)) visit(next)
    }
    visit(present()[0]!)
    return reached.size === present().length
  }
  return { start, leave, run, present, isConnected, most: () => most, running, heard }
}

test('fifty people are linked with at most twelve others each, and hear everything that anybody says', async () => {
  const { start, run, present, isConnected, most, running, heard } = crowd()
  for (let at = 0; at < people; at++) await start(at)
  await run(60_000)
  expect(isConnected()).toBe(true)
  expect(most()).toBeLessThanOrEqual(maxLinksInGroup)
  for (const [n, device] of present().entries()) await running.get(device)?.publish(topic, Uint8Array.of(n))
  await run(10_000)
  for (const device of present()) expect(heard.get(device)?.size).toBe(people - 1)
}, 60_000)

test('while people come and go without a word the graph comes together again, and nobody has more than twelve links', async () => {
  const { start, leave, run, isConnected, most, present } = crowd()
  const dice = createDice('churn')
  for (let at = 0; at < people; at++) await start(at)
  await run(60_000)
  for (let round = 0; round < 6; round++) {
    for (let n = 0; n < 8; n++) leave(dice.between(0, people - 1))
    for (let n = 0; n < 6; n++) {
      const at = dice.between(0, people - 1)
      leave(at)
      await start(at)
    }
    await run(30_000)
    expect(most()).toBeLessThanOrEqual(maxLinksInGroup)
    expect(isConnected()).toBe(true)
  }
  expect(present().length).toBeGreaterThan(5)
}, 60_000)

test('whoever never tells what they have is visited less and less often, and nobody else has to wait for it', async () => {
  const owner: Owner = { name: 'Alice', alive: true }
  const scheduler = createScheduler(
    () => {},
    (error) => {
      throw error
    },
  )
  const [self, ...others] = Array.from({ length: 20 }, (_, n) => deviceId(ed25519.getPublicKey(new Uint8Array(32).fill(n + 1)))) as [
    DeviceId,
    ...DeviceId[],
  ]
  const fanOut = createFanOut({
    self: () => self,
    clock: { now: () => scheduler.now(), after: (ms, call) => scheduler.after(owner, ms, 'turn', call) },
    close: () => {},
    isMissing: () => false,
    changed: () => look(),
  })
  // All are linked, so that only who is visited goes beyond the neighbours.
  for (const device of others) fanOut.up(device)
  const neighbours = new Set(fanOut.choose([{ id, others, owing: new Set() }], new Set()))
  const [silent, another] = others.filter((device) => !neighbours.has(device)) as [DeviceId, DeviceId]
  let owing = new Set([silent])
  let turns = 0
  let was = false
  const look = (): readonly DeviceId[] => {
    const chosen = fanOut.choose([{ id, others, owing }], new Set())
    if (chosen.includes(silent) && !was) turns++
    was = chosen.includes(silent)
    return chosen
  }
  look()
  const run = (ms: number) => scheduler.run(scheduler.now() + ms, 100_000)
  await run(2 * 60 * 60_000)
  expect(turns).toBeGreaterThan(8)
  expect(turns).toBeLessThan(24)
  // Nobody is visited who may still say it by gossip.
  owing = new Set([silent, another])
  expect(look()).not.toContain(another)
  await run(60_000)
  expect(look()).toContain(another)
  owing = new Set([another])
  look()
  owing = new Set([silent])
  expect(look()).not.toContain(silent)
  await run(60_000)
  expect(look()).toContain(silent)
})
