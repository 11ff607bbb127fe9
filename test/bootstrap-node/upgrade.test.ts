// An upgrade: what an earlier node left in its data folder makes the same node today. `fixtures/node-data` is such a folder, frozen: the first
// package that knew WebRTC-direct and invites wrote it, printed these addresses, made this invite, and let Alice in by it.
// When this fails, every address that was ever printed or shared is dead after the upgrade: mend the program, never the folder.
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { createNodeClient } from '../fixtures/node-client.ts'
import { spawnNode } from '../fixtures/spawn-node.ts'
import type { SpawnedNode } from '../fixtures/spawn-node.ts'

const dataFrom = fileURLToPath(new URL('../fixtures/node-data', import.meta.url))
const peer = '12D3KooWMUKMHCkpU7LY1TYgn1i5pmP9gTpZzBbvuj4Hfqrdns11'
const certhash = 'uEiBM30wQg_JYo4t-pD3joqmIjZbPgxPe11kJ0ROi98s6eg'
/** Good until 2036. */
const invite = 'K0edHRl3Ahi-SqOOQ0qforeAeUt2Ag'

let node: SpawnedNode | undefined
afterEach(() => node?.end())

test('a node has the addresses that it had before', async () => {
  node = await spawnNode({ dataFrom })
  expect(node.address).toBe(`/ip4/127.0.0.1/tcp/${node.port}/ws/p2p/${peer}`)
  expect(node.webRtcDirect).toBe(`/ip4/127.0.0.1/udp/${node.port}/webrtc-direct/certhash/${certhash}/p2p/${peer}`)
  // That is what it says; the handshakes prove that it is so.
  for (const address of [node.address, node.webRtcDirect]) {
    const client = await createNodeClient(address)
    expect((await client.connect()).remotePeer.toString()).toBe(peer)
    await client.stop()
  }
})

test('a private node knows its guests and its invites', async () => {
  node = await spawnNode({ dataFrom, args: ['--invite-only'] })
  expect((await fetch(`${node.url}invite/${invite}`, { redirect: 'manual' })).status).toBe(303)
  const comes = async (seed: Uint8Array): Promise<boolean> => {
    const client = await createNodeClient(node?.webRtcDirect ?? '', { seed })
    const isIn = await client.reserve().then(
      () => true,
      () => false,
    )
    await client.stop()
    return isIn
  }
  const [alice, stranger] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(8)]
  expect(await comes(alice)).toBe(true)
  expect(await comes(stranger)).toBe(false)
})
