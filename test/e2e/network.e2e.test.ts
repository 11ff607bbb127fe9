// The network between real browser profiles: a page that holds nothing else, served by a real node under the page's real policy.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serveNetworkPage } from '../fixtures/network-page/serve.ts'
import type { NetworkSite, NetworkVisitor } from '../fixtures/network-page/serve.ts'

const reserved = `event.kind === 'status' && event.nodes.some(({ state }) => state === 'reserved')`
const measured = `event.kind === 'status' && event.links.some(({ path, roundTripMs }) => path === 'direct' && roundTripMs !== undefined)`
const topic = '00112233445566778899aabbccddeeff'
const direct = (other: NetworkVisitor): string =>
  `event.kind === 'link-up' && event.device === '${other.device}' && event.path === 'direct'`
const up = (other: NetworkVisitor): string => `event.kind === 'link-up' && event.device === '${other.device}'`
const down = (other: NetworkVisitor): string => `event.kind === 'link-down' && event.device === '${other.device}'`

describe('between browsers', () => {
  let site: NetworkSite
  beforeEach(async () => {
    site = await serveNetworkPage()
  })
  afterEach(() => site.end())

  const meet = async (one: NetworkVisitor, other: NetworkVisitor): Promise<void> => {
    await site.befriend()
    await one.run((parley, device) => parley.want([device]), other.device)
    await other.run((parley, device) => parley.want([device]), one.device)
    await Promise.all([one.until(direct(other)), other.until(direct(one))])
  }
  const two = async (): Promise<[NetworkVisitor, NetworkVisitor]> => {
    const pair = await Promise.all([site.open('Alice'), site.open('Bob')])
    await Promise.all(pair.map((visitor) => visitor.start()))
    await Promise.all(pair.map((visitor) => visitor.until(reserved)))
    return pair
  }
  const marks = async (visitor: NetworkVisitor, kind: 'frame' | 'gossip', from: number): Promise<number[]> =>
    (await visitor.seen()).flatMap(({ at, event }) =>
      at >= from && event.kind === kind && 'bytes' in event
        ? [
            Object.values(event.bytes)
              .slice(2, 4)
              .reduce((sum, byte) => sum * 256 + byte, 0),
          ]
        : [],
    )
  const oneToTwenty = Array.from({ length: 20 }, (_, index) => index + 1)

  test('a link comes up relayed, becomes direct, is measured, breaks no rule of the page and asks no other host', async () => {
    const [alice, bob] = await two()
    const from = Date.now()
    await site.befriend()
    await alice.run((parley, device) => parley.want([device]), bob.device)
    const first = await alice.until(up(bob))
    const second = await alice.until(direct(bob))
    expect(first.event).toMatchObject({ path: 'relayed' })
    await alice.until(measured)
    console.info(`relayed after ${(first.at - from).toFixed(0)} ms, direct after ${(second.at - from).toFixed(0)} ms`)
    expect(await alice.run((parley) => parley.violations)).toEqual([])
    const hosts = [...alice.requests, ...bob.requests].map((address) => new URL(address).host)
    expect([...new Set(hosts)]).toEqual([`localhost:${site.node.port}`])
  })

  test('of 16 direct dials none hangs', async () => {
    const [alice, bob] = await Promise.all([site.open('Alice'), site.open('Bob')])
    const [, peer] = await Promise.all([alice, bob].map((visitor) => visitor.run((parley) => parley.startBareHost())))
    const times = await alice.run((parley, id) => parley.dialDirectly(id, 16), peer)
    console.info(`direct dials: p50 ${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms`)
    expect(times.length).toBe(16)
    expect(Math.max(...times)).toBeLessThan(5_000)
  })

  test('the node is killed in the middle: every frame and every gossip message arrives; it comes back: slots within 15 s, and newcomers', async () => {
    const [alice, bob] = await two()
    for (const visitor of [alice, bob])
      await visitor.run((parley, [name, authors]) => parley.subscribe(name, authors), [topic, [alice.device, bob.device]] as const)
    await meet(alice, bob)
    // Gossip finds its way in the second after the link; the test is about what comes then.
    const deadline = Date.now() + 10_000
    while ((await alice.run((parley, name) => parley.publish(name, 0), topic)) === 0) expect(Date.now()).toBeLessThan(deadline)
    await bob.until(`event.kind === 'gossip'`)

    const killedAt = Date.now()
    await site.node.kill()
    for (const mark of oneToTwenty) {
      await alice.run((parley, [device, number]) => parley.send(device, number), [bob.device, mark] as const)
      await alice.run((parley, [name, number]) => parley.publish(name, number), [topic, mark] as const)
    }
    await bob.until(`event.kind === 'gossip' && event.bytes[3] === 20`, killedAt)
    expect(await marks(bob, 'frame', killedAt)).toEqual(oneToTwenty)
    expect((await marks(bob, 'gossip', killedAt)).toSorted((a, b) => a - b)).toEqual(oneToTwenty)
    const lost = (await bob.seen()).filter(({ at, event }) => at >= killedAt && event.kind === 'link-down')
    expect(lost).toEqual([])

    // Long enough for the steps between attempts to have grown.
    await alice.until(`event.kind === 'status' && event.nodes.every(({ state }) => state === 'unreachable')`, killedAt)
    await new Promise((resolve) => setTimeout(resolve, 10_000))
    await site.node.revive()
    const revivedAt = Date.now()
    const slots = await Promise.all([alice, bob].map((visitor) => visitor.until(reserved, revivedAt - 1_000)))
    console.info(`slots back after ${slots.map(({ at }) => `${(at - revivedAt).toFixed(0)} ms`).join(' and ')}`)
    for (const { at } of slots) expect(at - revivedAt).toBeLessThan(15_000)
    const carol = await site.open('Carol')
    await carol.start()
    await meet(carol, alice)
  })

  test('a tab that is closed is missed within a second, a browser that is killed within 15 s, a page that is reloaded is back at once', async () => {
    const [alice, bob] = await two()
    await meet(alice, bob)
    const reloadedAt = Date.now()
    await bob.page.reload()
    await bob.ready()
    await bob.start()
    await site.befriend()
    await bob.run((parley, device) => parley.want([device]), alice.device)
    const missed = await alice.until(down(bob), reloadedAt)
    const again = await alice.until(direct(bob), missed.at)
    console.info(
      `reloaded: missed after ${(missed.at - reloadedAt).toFixed(0)} ms, direct again after ${(again.at - reloadedAt).toFixed(0)} ms`,
    )
    await bob.until(direct(alice))

    const carol = await site.open('Carol')
    await carol.start()
    await meet(carol, alice)
    const closedAt = Date.now()
    await bob.page.close({ runBeforeUnload: false })
    const closed = await alice.until(down(bob), closedAt)
    console.info(`closed: missed after ${(closed.at - closedAt).toFixed(0)} ms`)
    expect(closed.at - closedAt).toBeLessThan(1_500)

    const killedAt = Date.now()
    await carol.kill()
    const killed = await alice.until(down(carol), killedAt, 20_000)
    console.info(`killed: missed after ${(killed.at - killedAt).toFixed(0)} ms`)
    expect(killed.at - killedAt).toBeLessThan(15_000)
  })

  test('where no direct path can be had the relayed link stays and carries frames of any size', async () => {
    const [alice, bob] = await Promise.all([site.open('Alice'), site.open('Bob', { withoutWebrtc: true })])
    await Promise.all([alice.start(), bob.start()])
    await site.befriend()
    await alice.run((parley, device) => parley.want([device]), bob.device)
    const from = await bob.until(up(alice))
    for (const mark of oneToTwenty)
      await alice.run((parley, [device, number]) => parley.send(device, number, 200_000), [bob.device, mark] as const)
    await bob.until(`event.kind === 'frame' && event.bytes[3] === 20`, from.at)
    expect(await marks(bob, 'frame', from.at)).toEqual(oneToTwenty)
    await alice.until(`event.kind === 'status' && event.links.some(({ path, since }) => path === 'relayed' && ${Date.now()} - since > 0)`)
    const events = (await alice.seen()).flatMap(({ event }) =>
      event.kind === 'link-up' ? [event.path] : event.kind === 'link-down' ? ['down'] : [],
    )
    expect(events).toEqual(['relayed'])
  })
})

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
