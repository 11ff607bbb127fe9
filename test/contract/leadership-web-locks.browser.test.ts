// Web Locks keep the leadership contract in a real browser, also when the leading tab is killed.
import { expect, test } from 'vitest'
import { createWebLocksLeadership } from '../../src/adapters/leadership-web-locks/web-locks-leadership.ts'
import { leadershipContract } from './leadership.contract.ts'
import { see } from './seen.ts'

leadershipContract('Web Locks', () => {
  const name = `leader-${crypto.randomUUID()}`
  return { tab: () => createWebLocksLeadership({ name }) }
})

const openTab = async (name: string) => {
  const worker = new Worker(new URL('leadership-tab.worker.ts', import.meta.url), { type: 'module' })
  const seen = see<string>({
    subscribe: (next) => {
      worker.addEventListener('message', ({ data }) => next(data))
      return () => worker.terminate()
    },
  })
  worker.postMessage(name)
  await seen.first((word) => word === 'standing', 10_000)
  return { worker, seen }
}

test('when the leading tab is killed, one of the others leads within 2 s', async () => {
  const name = `leader-${crypto.randomUUID()}`
  const leader = await openTab(name)
  await leader.seen.first((word) => word === 'elected')
  const others = [await openTab(name), await openTab(name)]
  let elected = 0
  const won = see<number>({
    subscribe: (next) => {
      for (const { worker } of others) worker.addEventListener('message', ({ data }) => data === 'elected' && next((elected += 1)))
      return () => undefined
    },
  })
  const now = performance.now()
  leader.worker.terminate()
  await won.first((count) => count === 1, 2_000)
  expect(performance.now() - now).toBeLessThan(2_000)
  expect(elected).toBe(1)
  for (const { seen } of others) seen.stop()
})
