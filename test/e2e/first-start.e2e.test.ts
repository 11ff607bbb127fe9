// Story 1, from a tree that is ready: `npm start` prints an address, and a person who opens it can begin. (A fresh clone is tried by hand:
// it installs packages, and takes minutes.)
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createProfile } from './world/profile.ts'
import { story } from './world/story.ts'
import { createTab } from './world/tab.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))
const startMs = 60_000

test('npm start prints an address, the page there lets one begin, and Ctrl+C ends it cleanly', { timeout: 120_000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'parley-start-'))
  // A group of its own, so that a signal reaches what a terminal's Ctrl+C would.
  const started = spawn('npm', ['start', '--', '--port', '0', '--data', data], {
    cwd: top,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => started.once('exit', (code) => resolve(code)))
  const signalAll = (signal: NodeJS.Signals): void => {
    if (started.pid !== undefined && started.exitCode === null) process.kill(-started.pid, signal)
  }
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = ''
      const timer = setTimeout(() => reject(new Error(`no address was printed: ${said}`)), startMs)
      const read = (chunk: Buffer): void => {
        said += chunk.toString()
        const address = /^Parley is ready at (http:\/\/localhost:\d+\/)$/m.exec(said)?.[1]
        if (address === undefined) return
        clearTimeout(timer)
        resolve(address)
      }
      started.stdout.on('data', read)
      started.stderr.on('data', read)
      started.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)))
    })
    const browser = await createProfile('Alice', new Set([new URL(url).host]))
    try {
      const alice = createTab('Alice', browser.page)
      await alice.visit(url)
      await alice.getStarted()
      expect(await alice.invite()).toContain(`${url}#/j/`)
      await alice.connection(/Ready|Direct/)
      expect(browser.witnesses.flatMap(({ faults }) => faults)).toEqual([])
    } finally {
      await browser.end()
    }
    signalAll('SIGINT')
    expect([0, 130]).toContain(await ended)
  } finally {
    signalAll('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})

/** Milliseconds until all has come, of which five tries wait 15,000: each twice as long as the one before. */
const broughtMs = 40_000

story('On a network that drops each file once, Alice has the page all the same, is connected, and Bob gets in', async (world) => {
  const [alice, bob] = await world.people('Alice', 'Bob')
  for (const { browser } of [alice, bob]) {
    const asked = new Set<string>()
    for (const each of browser.witnesses) each.nodeIsAway()
    // The page is there, and the first and smallest file, or there would be nobody who could help.
    await browser.page().route('**/*', (route) => {
      const url = route.request().url()
      if (route.request().isNavigationRequest() || url.endsWith('/start-again.js') || asked.has(url)) return route.continue()
      asked.add(url)
      return route.abort('connectionfailed')
    })
  }
  await alice.visit(world.url)
  await alice.getStarted()
  await alice.connection(/Ready/, broughtMs)
  await alice.page().unroute('**/*')
  await bob.visit(world.url)
  await bob.getStarted()
  await bob.connection(/Ready/, broughtMs)
  await bob.page().unroute('**/*')
  await bob.join(await alice.invite())
  await bob.say('here at last')
  await alice.open('Bob')
  await alice.sees(['here at last'])
})
