import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchGuests } from '../../bootstrap-node/watch-guests.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

interface Guest {
  readonly remotePeer: string
  readonly timeline: { readonly open: number }
  abort(): void
}

const watch = (answers: (peer: string) => Promise<number>, count: number) => {
  const asked: string[][] = [[]]
  const ended: string[] = []
  const guests = Array.from({ length: count }, (_, index): Guest => {
    const remotePeer = `guest ${index}`
    return { remotePeer, timeline: { open: Date.now() }, abort: () => ended.push(remotePeer) }
  })
  const ping = (peer: string): Promise<number> => {
    asked.at(-1)?.push(peer)
    return answers(peer)
  }
  const stop = watchGuests({ getConnections: () => guests, services: { ping: { ping } } } as never)
  return {
    asked,
    ended,
    stop,
    async pass(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        await vi.advanceTimersByTimeAsync(1_000)
        asked.push([])
      }
    },
  }
}

test('everybody is asked once a minute, and never many at once', async () => {
  const { asked, pass, ended, stop } = watch(() => Promise.resolve(1), 1_000)
  await pass(100)
  expect(new Set(asked.flat()).size).toBe(1_000)
  expect(Math.max(...asked.map((second) => second.length))).toBeLessThanOrEqual(34)
  await pass(200)
  expect(asked.flat().length).toBeLessThanOrEqual(5_000)
  expect(ended).toEqual([])
  stop()
})

test('who does not answer is ended, and who only does not know the question is not', async () => {
  const unknown = Object.assign(new Error('what?'), { name: 'UnsupportedProtocolError' })
  const { pass, ended, stop } = watch((peer) => (peer === 'guest 0' ? Promise.reject(unknown) : Promise.reject(new Error('late'))), 2)
  await pass(70)
  expect(ended).toEqual(['guest 1'])
  stop()
})
