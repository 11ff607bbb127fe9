// Who opens streams without end, at a real node.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '@libp2p/interface'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rendezvousProtocol } from '../../src/core/wire/protocol-ids.ts'
import { createNodeClient } from '../fixtures/node-client.ts'
import type { NodeClient } from '../fixtures/node-client.ts'
import { spawnNode } from '../fixtures/spawn-node.ts'
import type { SpawnedNode } from '../fixtures/spawn-node.ts'

const streamBurst = 20
let folder: string
let node: SpawnedNode
const clients: NodeClient[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-streams-'))
  await writeFile(join(folder, 'limits.json'), JSON.stringify({ streamBurst, streamsPerSecond: 1 }))
  node = await spawnNode({ args: ['--limits', join(folder, 'limits.json')] })
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.stop()))
  await node.end()
  await rm(folder, { recursive: true, force: true })
})

const client = async (address: string): Promise<NodeClient> => {
  const made = await createNodeClient(address)
  clients.push(made)
  return made
}

/** Opens streams and leaves them, one after the other; settles with how many it could before it was put out. */
const openStreams = async (connection: Connection, most: number): Promise<number> => {
  for (let count = 0; count < most; count++) {
    try {
      const stream = await connection.newStream(rendezvousProtocol, { signal: AbortSignal.timeout(5_000) })
      await stream.close()
    } catch {
      return count
    }
  }
  return most
}

test.each([
  ['WebSocket', () => node.address],
  ['WebRTC-direct', () => node.webRtcDirect],
])('whoever opens them without end over %s is put out, and nobody else', async (_, address) => {
  const [alice, mallory] = [await client(address()), await client(address())]
  const [hers, his] = [await alice.connect(), await mallory.connect()]
  const ended = new Promise((resolve) => his.addEventListener('close', resolve, { once: true }))
  expect(await openStreams(his, 200)).toBeLessThan(2 * streamBurst)
  await ended
  expect(hers.status).toBe('open')
  // What a page opens at one time.
  expect(await openStreams(hers, 10)).toBe(10)
  await alice.reserve()
})
