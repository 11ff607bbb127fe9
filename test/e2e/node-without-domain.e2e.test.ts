// A node that has neither domain nor signed certificate, and pages that came over https from somewhere else: over WebRTC-direct, in the
// version that browsers know now and in the one that they will want.
import { afterEach, describe, expect, test } from 'vitest'
import { serveNetworkPage } from '../fixtures/network-page/serve.ts'
import type { NetworkSite } from '../fixtures/network-page/serve.ts'
import { pause } from './world/until.ts'

const reserved = `event.kind === 'status' && event.nodes.some(({ state }) => state === 'reserved')`
const hasNoSlot = `event.kind === 'status' && event.nodes.every(({ state }) => state !== 'reserved')`

describe('a page on https and a node without a domain', () => {
  let site: NetworkSite
  afterEach(() => site.end())

  test.each([
    ['as browsers are', []],
    ['in a browser that refuses offers which were rewritten', ['--force-fieldtrials=WebRTC-NoSdpMangleUfrag/Enabled/']],
  ])('reach each other and bring two browsers together, %s', async (_, switches) => {
    site = await serveNetworkPage({ elsewhere: true, switches })
    const [alice, bob] = await Promise.all([site.open('Alice'), site.open('Bob')])
    const from = Date.now()
    await Promise.all([alice.start(), bob.start()])
    await Promise.all([alice.until(reserved), bob.until(reserved)])
    console.info(`a slot at the node after ${Date.now() - from} ms`)
    expect(await alice.page.evaluate('location.protocol')).toBe('https:')
    await site.befriend()
    await alice.run((parley, device) => parley.want([device]), bob.device)
    await bob.run((parley, device) => parley.want([device]), alice.device)
    const link = `event.kind === 'link-up' && event.path === 'direct'`
    await Promise.all([alice.until(link), bob.until(link)])
    // Each may have made a direct path, and what is said while one of the two gives way may be lost: whoever hears nothing says it again.
    let isHeard = false
    const heard = bob.until(`event.kind === 'frame'`).finally(() => (isHeard = true))
    while (!isHeard) {
      await alice.run((parley, device) => parley.send(device, 7), bob.device)
      await Promise.race([heard, pause(500)])
    }
    await heard
    expect(await alice.run((parley) => parley.violations)).toEqual([])
  })

  test('have each other again by the same address, twice, also when the node was killed', async () => {
    site = await serveNetworkPage({ elsewhere: true })
    const alice = await site.open('Alice')
    await alice.start()
    await alice.until(reserved)
    for (const end of [() => site.node.kill(), () => site.node.terminate()]) {
      const at = Date.now()
      await end()
      await site.node.revive()
      // What was told before she missed it says nothing of its return.
      const missed = await alice.until(hasNoSlot, at)
      const back = await alice.until(reserved, missed.at)
      console.info(`missed after ${(missed.at - at).toFixed(0)} ms, back ${(back.at - at).toFixed(0)} ms after its end`)
    }
  })
})
