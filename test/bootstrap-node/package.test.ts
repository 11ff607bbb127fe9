// The package for `npx`: joined into plain JavaScript it is the same program.
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { buildNode } from '../../scripts/lib/build-node.mjs'
import { spawnNode } from '../fixtures/spawn-node.ts'
import type { SpawnedNode } from '../fixtures/spawn-node.ts'

// Inside the clone, where the native package is found as it would be beside an installed one.
const folder = fileURLToPath(new URL('../../node_modules/.cache/parley-node-package', import.meta.url))
const program = join(folder, 'bootstrap-node', 'main.js')
let node: SpawnedNode | undefined
afterEach(async () => {
  await node?.end()
  await rm(folder, { recursive: true, force: true })
})

test('the packed node runs, and its check goes all the way over both transports', async () => {
  await buildNode(folder)
  node = await spawnNode({ program })
  const check = spawn(process.execPath, [program, 'check', node.url], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  check.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise((resolve) => check.on('exit', resolve))
  expect(said).toMatch(/^ok +WebSocket: [^]*^ok +WebRTC-direct: /m)
  expect(code).toBe(0)
}, 60_000)
