// Story 1, from a tree that is ready: `npm start` prints an address, and a person who opens it can begin. (A fresh clone is tried by hand:
// it installs packages, and takes minutes.)
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createProfile } from './world/profile.ts'
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
