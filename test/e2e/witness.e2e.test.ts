// The eyes of all stories are open: what no page may do is seen when it is done.
import { expect } from 'vitest'
import { createProfile } from './world/profile.ts'
import { story } from './world/story.ts'
import { until } from './world/until.ts'

story(
  'a request elsewhere, a foreign STUN server, an error on the page or in its worker, and a broken policy are each seen',
  async (world) => {
    // A profile of its own: its faults are wanted, and are not those of the story.
    const stranger = await createProfile('Dave', new Set([new URL(world.url).host]))
    try {
      const page = stranger.page()
      await page.goto(world.url)
      await page.getByRole('textbox', { name: 'Your name', exact: true }).waitFor()
      const faults = (): string => stranger.witnesses.flatMap((witness) => witness.faults).join('\n')
      expect(faults()).toBe('')
      const deeds: readonly (readonly [() => unknown, RegExp])[] = [
        [() => fetch('http://127.0.0.2:9/').catch(() => undefined), /broke the policy connect-src/],
        [() => void new RTCPeerConnection({ iceServers: [{ urls: 'stun:stun.example.org:3478' }] }), /another server.*stun\.example\.org/],
        [() => void setTimeout(() => JSON.parse('{'), 0), /threw SyntaxError/],
        [() => void Promise.reject(new Error('nobody caught this')), /nobody caught this/],
        [
          () => void Object.assign(document.createElement('p'), { [['inner', 'HTML'].join('')]: '<b>bold</b>' }),
          /require-trusted-types-for/,
        ],
        [() => void new WebSocket('ws://localhost:9/'), /asked another host: ws:\/\/localhost:9/],
      ]
      for (const [deed, fault] of deeds) {
        await page.evaluate(deed).catch(() => undefined)
        await until(`${String(fault)} is seen`, () => fault.test(faults()))
      }
      const [worker] = page.workers()
      await worker?.evaluate(() => void setTimeout(() => JSON.parse('[worker'), 0))
      await until('the error in the worker is seen', () => /\[worker/.test(faults()))
    } finally {
      await stranger.end()
    }
  },
)
