// A private node: who comes with an invite is a guest for good, and nobody else is let in over either transport.
import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inviteCookie, makeInvite, openInvites } from '../../bootstrap-node/invites.ts'
import { limits } from '../../bootstrap-node/limits.ts'
import { createNodeClient } from '../fixtures/node-client.ts'
import type { NodeClient } from '../fixtures/node-client.ts'
import { spawnNode } from '../fixtures/spawn-node.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-invites-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const day = 24 * 3_600_000
const asked = (token: string, remotePort: number): IncomingMessage =>
  ({ headers: { cookie: `theme=dark; ${inviteCookie(token, true)}` }, socket: { remotePort } }) as never

describe('an invite', () => {
  test('is good until it is over, and only where it was made', async () => {
    let now = Date.now()
    const invites = await openInvites(folder, limits, () => now)
    const token = await makeInvite(folder, 2)
    expect(invites.isGood(token)).toBe(true)
    for (const wrong of ['', 'x', `${token}A`, token.slice(1), `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`])
      expect(invites.isGood(wrong)).toBe(false)
    now += 3 * day
    expect(invites.isGood(token)).toBe(false)
    const other = await mkdtemp(join(tmpdir(), 'parley-invites-'))
    expect((await openInvites(other, limits)).isGood(token)).toBe(false)
    await rm(other, { recursive: true })
  })

  test('makes a guest of who comes with it, for good, and of so many at most', async () => {
    const few = { ...limits, guestsPerInvite: 2 }
    const invites = await openInvites(folder, few)
    const token = await makeInvite(folder, 1)
    for (const [index, peer] of ['Alice', 'Bob', 'Carol'].entries()) {
      expect(invites.admits(peer, '192.0.2.1', index)).toBe(false)
      invites.cameWith(asked(token, index), '192.0.2.1')
      // Somebody else's socket is not theirs.
      expect(invites.admits(peer, '192.0.2.2', index)).toBe(false)
      expect(invites.admits(peer, '192.0.2.1', index)).toBe(peer !== 'Carol')
    }
    await invites.kept()
    const again = await openInvites(folder, few)
    expect(['Alice', 'Bob', 'Carol'].map((peer) => again.admits(peer, '198.51.100.1', 9))).toEqual([true, true, false])
  })
})

describe('a private node', () => {
  test('takes a cookie for its invite, and then the device over either transport', async () => {
    const node = await spawnNode({ args: ['--invite-only'] })
    const clients: NodeClient[] = []
    const comes = async (address: string, headers: Record<string, string>, seed: Uint8Array): Promise<boolean> => {
      const client = await createNodeClient(address, { headers, seed })
      clients.push(client)
      return client.reserve().then(
        () => true,
        () => false,
      )
    }
    try {
      const [alice, stranger] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
      expect(await comes(node.address, {}, alice)).toBe(false)
      const answer = await fetch(`${node.url}invite/${await makeInvite(node.data, 1)}`, { redirect: 'manual' })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
      const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
      expect((await fetch(`${node.url}invite/nonsense`, { redirect: 'manual' })).status).toBe(403)
      expect(await comes(node.address, { cookie }, alice)).toBe(true)
      expect(await comes(node.webRtcDirect, {}, alice)).toBe(true)
      expect(await comes(node.webRtcDirect, {}, stranger)).toBe(false)
    } finally {
      await Promise.all(clients.map((client) => client.stop()))
      await node.end()
    }
  })
})
