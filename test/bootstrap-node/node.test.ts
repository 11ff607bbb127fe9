// A real node in its own process, spoken to as pages, browsers and strangers speak to it.
import { createSocket } from 'node:dgram'
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { lpStream } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../bootstrap-node/limits.ts'
import { securityHeaders } from '../../bootstrap-node/security-headers.ts'
import { fromHex, toHex } from '../../src/core/ids.ts'
import { rendezvousProtocol } from '../../src/core/wire/protocol-ids.ts'
import { decodeRendezvous, encodeRendezvous, rendezvousStatus } from '../../src/core/wire/rendezvous.ts'
import type { RendezvousMessage } from '../../src/core/wire/rendezvous.ts'
import { createNodeClient } from '../fixtures/node-client.ts'
import type { NodeClient } from '../fixtures/node-client.ts'
import { spawnNode } from '../fixtures/spawn-node.ts'
import type { SpawnedNode } from '../fixtures/spawn-node.ts'

let node: SpawnedNode
let page: string
const clients: NodeClient[] = []

beforeEach(async () => {
  page = await mkdtemp(join(tmpdir(), 'parley-page-'))
  await mkdir(join(page, 'assets'))
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Parley</title>')
  await writeFile(join(page, 'assets', 'app-Ab3dE_f9.js'), 'x'.repeat(5_000))
  await writeFile(join(page, 'icon.svg'), '<svg/>')
  await writeFile(join(page, 'site.webmanifest'), '{}')
  await writeFile(join(page, 'hash.wasm'), 'wasm')
  await symlink('/etc/hostname', join(page, 'leak.txt'))
  node = await spawnNode({ page })
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop()))
  await node.end()
  await rm(page, { recursive: true, force: true })
})

const client = async (): Promise<NodeClient> => {
  const made = await createNodeClient(node.address)
  clients.push(made)
  return made
}

const health = async (): Promise<{ connections: number; reservations: number; registrations: number; ok: boolean; peer: string }> =>
  (await (await fetch(`${node.url}healthz`)).json()) as never

const until = async (what: string, holds: () => Promise<boolean>, ms = 5_000): Promise<void> => {
  const deadline = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

describe('the relay', () => {
  test('frees the slot of a page that vanishes, however often', async () => {
    for (let cycle = 0; cycle < 60; cycle++) {
      const carol = await createNodeClient(node.address)
      await carol.reserve()
      for (const connection of carol.host.getConnections()) connection.abort(new Error('the tab was killed'))
      await carol.stop()
    }
    await until('no slot is held', async () => (await health()).reservations === 0)
  })

  test('carries more than a library would by default, and keeps the link limited so that pages still look for a direct path', async () => {
    const [alice, bob] = await Promise.all([client(), client()])
    await bob.reserve()
    const got = new Promise<number>((resolve) => {
      let count = 0
      void bob.host.handle(
        '/test/1',
        (stream) => {
          stream.addEventListener('message', ({ data }) => {
            count += data.byteLength
            if (count >= 512 * 1024) resolve(count)
          })
        },
        { runOnLimitedConnection: true },
      )
    })
    const link = await alice.host.dial(multiaddr(`${node.address}/p2p-circuit/p2p/${bob.host.peerId.toString()}`))
    expect(link.limits?.bytes).toBeLessThanOrEqual(limits.relayedLinkBytes)
    expect(link.limits?.bytes).toBeGreaterThan(limits.relayedLinkBytes - 100_000n)
    expect(link.limits?.seconds).toBeGreaterThan(3_500)
    const stream = await link.newStream('/test/1', { runOnLimitedConnection: true })
    for (let part = 0; part < 8; part++) {
      if (!stream.send(new Uint8Array(64 * 1024))) await new Promise((resolve) => stream.addEventListener('drain', resolve, { once: true }))
    }
    expect(await got).toBe(512 * 1024)
  })

  test('reaches a page that came back while its old connection was not missed yet', async () => {
    const [alice, bob] = await Promise.all([client(), client()])
    await bob.reserve()
    const first = await bob.connect()
    const second = await bob.host.dial(multiaddr(node.address), { force: true })
    expect(second.id).not.toBe(first.id)
    await until('the older connection is closed', async () => first.status !== 'open')
    await bob.reserve()
    const link = await alice.host.dial(multiaddr(`${node.address}/p2p-circuit/p2p/${bob.host.peerId.toString()}`))
    expect(link.status).toBe('open')
  })
})

describe('the rendezvous point', () => {
  const talk = async (who: NodeClient): Promise<(message: RendezvousMessage | Uint8Array) => Promise<RendezvousMessage | undefined>> => {
    const stream = lpStream(await (await who.connect()).newStream(rendezvousProtocol))
    return async (message) => {
      await stream.write(message instanceof Uint8Array ? message : encodeRendezvous(message))
      if (!(message instanceof Uint8Array) && message.kind === 'unregister') return undefined
      return decodeRendezvous((await stream.read({ signal: AbortSignal.timeout(5_000) })).subarray())
    }
  }
  const recordOf = async ({ privateKey }: NodeClient): Promise<Uint8Array> =>
    (await RecordEnvelope.seal(new PeerRecord({ peerId: peerIdFromPrivateKey(privateKey), multiaddrs: [] }), privateKey)).marshal()

  test('finds who registered, gives news only to a cookie, and forgets who unregisters', async () => {
    const [alice, bob] = await Promise.all([client(), client()])
    const [aliceSays, bobSays] = await Promise.all([talk(alice), talk(bob)])
    const record = await recordOf(alice)
    expect(await aliceSays({ kind: 'register', ns: 'a', record })).toEqual({ kind: 'register-response', status: 0, ttl: 7200 })
    const found = await bobSays({ kind: 'discover', ns: 'a' })
    expect(found).toMatchObject({ kind: 'discover-response', status: 0, registrations: [{ ns: 'a', record }] })
    const cookie = found?.kind === 'discover-response' ? found.cookie : undefined
    expect(await bobSays({ kind: 'discover', ns: 'a', ...(cookie && { cookie }) })).toMatchObject({ registrations: [], status: 0 })
    expect(await bobSays({ kind: 'discover', ns: 'a', cookie: Uint8Array.of(1) })).toMatchObject({ status: rendezvousStatus.invalidCookie })
    await aliceSays({ kind: 'unregister', ns: 'a' })
    await until('the registration is gone', async () => (await health()).registrations === 0)
  })

  test('forgets whoever disconnects', async () => {
    const alice = await client()
    await (
      await talk(alice)
    )({ kind: 'register', ns: 'a', record: await recordOf(alice) })
    expect((await health()).registrations).toBe(1)
    await alice.stop()
    await until('the registration is gone', async () => (await health()).registrations === 0)
  })

  test('takes nobody for another, and no nonsense', async () => {
    const [alice, stranger] = await Promise.all([client(), client()])
    const says = await talk(stranger)
    const record = await recordOf(alice)
    const own = await recordOf(stranger)
    const damaged = own.slice()
    damaged[damaged.length - 1] = (damaged[damaged.length - 1] ?? 0) ^ 1
    const statusOf = async (message: RendezvousMessage): Promise<number | undefined> => {
      const answer = await says(message)
      return answer !== undefined && 'status' in answer ? answer.status : undefined
    }
    expect(await statusOf({ kind: 'register', ns: 'a', record })).toBe(rendezvousStatus.notAuthorized)
    expect(await statusOf({ kind: 'register', ns: 'a', record: damaged })).toBe(rendezvousStatus.invalidSignedPeerRecord)
    expect(await statusOf({ kind: 'register', ns: 'a', record: new Uint8Array(5) })).toBe(rendezvousStatus.invalidSignedPeerRecord)
    expect(await statusOf({ kind: 'register', ns: 'a', record: new Uint8Array(100_000) })).toBe(rendezvousStatus.invalidSignedPeerRecord)
    expect(await statusOf({ kind: 'register', ns: '', record: own })).toBe(rendezvousStatus.invalidNamespace)
    expect(await statusOf({ kind: 'register', ns: 'n'.repeat(256), record: own })).toBe(rendezvousStatus.invalidNamespace)
    expect(await statusOf({ kind: 'register', ns: 'a', record: own, ttl: 0 })).toBe(rendezvousStatus.invalidTtl)
    expect(await statusOf({ kind: 'register', ns: 'a', record: own, ttl: limits.registrationTtlMaxS + 1 })).toBe(
      rendezvousStatus.invalidTtl,
    )
    expect(await statusOf({ kind: 'discover' })).toBe(rendezvousStatus.invalidNamespace)
    expect((await health()).registrations).toBe(0)
  })

  test('ends a conversation that is none, and goes on with others', async () => {
    const [alice, stranger] = await Promise.all([client(), client()])
    const says = await talk(stranger)
    await expect(says(Uint8Array.of(1, 2, 3))).rejects.toThrow(/reset|closed|EOF/i)
    expect(await (await talk(alice))({ kind: 'discover', ns: 'a' })).toMatchObject({ status: 0 })
  })
})

describe('STUN', () => {
  test('tells who asks its own address, on the port of the page', async () => {
    const socket = createSocket('udp4')
    try {
      const answer = await new Promise<Buffer>((resolve, reject) => {
        socket.once('message', resolve)
        socket.once('error', reject)
        socket.send(fromHex('000100002112a442b7e7a701bc34d686fa87dfae'), node.port, '127.0.0.1')
      })
      expect(toHex(answer.subarray(0, 2))).toBe('0101')
      expect(answer.readUInt16BE(26) ^ 0x2112).toBe(socket.address().port)
    } finally {
      socket.close()
    }
  })
})

describe('a WebSocket', () => {
  const say = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(node.port, '127.0.0.1', () =>
        socket.write(
          'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n' +
            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        ),
      )
      socket.once('data', () => socket.write(bytes))
      socket.on('data', () => {})
      socket.on('close', () => resolve())
      socket.on('error', reject)
    })

  test('that says what nobody may say is closed, and everybody else stays', async () => {
    const alice = await client()
    await alice.reserve()
    const peer = (await health()).peer
    // A message of 2 MiB, a frame of no known kind, a frame without a mask.
    for (const frame of ['82ff0000000000200000', '8b8000000000', '820141']) await say(fromHex(frame))
    expect(await health()).toMatchObject({ ok: true, peer, reservations: 1 })
  })
})

describe('a socket', () => {
  test('that is torn off at any moment harms nobody else', async () => {
    const alice = await client()
    await alice.reserve()
    const upgrade =
      'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
    for (const said of [
      '',
      'G',
      'GET / HTTP/1.1\r\n',
      upgrade.slice(0, -2),
      upgrade,
      `${upgrade}\x82\xff`,
      '\x16\x03\x01',
      '\0'.repeat(99),
    ]) {
      for (const ending of ['resetAndDestroy', 'destroySoon'] as const)
        await new Promise<void>((resolve, reject) => {
          const socket = connect(node.port, '127.0.0.1', () => {
            socket.write(said, 'latin1', () => socket[ending]())
          })
          socket.on('close', () => resolve())
          socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? reject(error) : undefined))
        })
    }
    expect(await health()).toMatchObject({ ok: true, reservations: 1 })
    expect((await alice.connect()).status).toBe('open')
  })
})

describe('the page', () => {
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${node.url}${path}`, { headers })

  test('comes with every header of the policy, also where there is nothing', async () => {
    for (const path of ['', 'assets/app-Ab3dE_f9.js', 'nothing', 'healthz']) {
      const response = await get(path)
      for (const [name, value] of Object.entries(securityHeaders))
        expect(`${name}: ${response.headers.get(name)}`).toBe(`${name}: ${value}`)
    }
  })

  test('is kept for ever where its name says what is in it, and asked for again where not', async () => {
    expect((await get('assets/app-Ab3dE_f9.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const shell = await get('')
    expect(shell.headers.get('cache-control')).toBe('no-cache')
    const again = await get('', { 'if-none-match': shell.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
    await writeFile(join(page, 'index.html'), '<!doctype html><title>Parley, newer</title>')
    expect(await (await get('', { 'if-none-match': shell.headers.get('etag') ?? '' })).text()).toContain('newer')
  })

  test.each([
    ['', 'text/html; charset=utf-8'],
    ['assets/app-Ab3dE_f9.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml; charset=utf-8'],
    ['site.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['hash.wasm', 'application/wasm'],
  ])('%s has the type %s', async (path, type) => {
    expect((await get(path)).headers.get('content-type')).toBe(type)
  })

  test('is compressed for whoever can read that', async () => {
    const response = await get('assets/app-Ab3dE_f9.js', { 'accept-encoding': 'gzip' })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(Number(response.headers.get('content-length'))).toBeLessThan(200)
    expect(await response.text()).toBe('x'.repeat(5_000))
  })

  test('is given away as it was compressed beforehand, where its name says what is in it', async () => {
    for (const name of ['assets/app-Ab3dE_f9.js', 'index.html']) await writeFile(join(page, `${name}.br`), brotliCompressSync('beforehand'))
    const asked = { 'accept-encoding': 'br' }
    expect(await (await get('assets/app-Ab3dE_f9.js', asked)).text()).toBe('beforehand')
    expect(await (await get('index.html', asked)).text()).toContain('Parley')
    expect(await (await get('assets/app-Ab3dE_f9.js', { 'accept-encoding': 'gzip' })).text()).toBe('x'.repeat(5_000))
  })

  test('gives nothing from outside of its folder', async () => {
    const raw = (path: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(node.port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))
        let text = ''
        socket.on('data', (chunk) => (text += chunk.toString()))
        socket.on('end', () => resolve(text))
        socket.on('error', reject)
      })
    for (const path of [
      '/../../../../etc/hostname',
      '/%2e%2e/%2e%2e/etc/hostname',
      '//etc/hostname',
      '/leak.txt',
      '/assets/..%2f..%2fetc/hostname',
    ]) {
      expect(await raw(path)).toMatch(/^HTTP\/1\.1 404/)
    }
  })

  test('is only read, never written', async () => {
    expect((await fetch(node.url, { method: 'POST', body: 'x' })).status).toBe(405)
    expect((await fetch(node.url, { method: 'HEAD' })).status).toBe(200)
  })

  test('learns who its node is', async () => {
    const info = (await (await get('parley.json')).json()) as { peer: string; certhash: string }
    expect(node.address.endsWith(`/p2p/${info.peer}`)).toBe(true)
    expect(info).toEqual({ peer: info.peer, stun: true, certhash: info.certhash, nodes: [] })
    expect(node.webRtcDirect).toBe(`/ip4/127.0.0.1/udp/${node.port}/webrtc-direct/certhash/${info.certhash}/p2p/${info.peer}`)
  })
})

describe('the program', () => {
  test('keeps its identity over a restart, readable by its owner alone', async () => {
    const told = async () => (await fetch(`${node.url}parley.json`)).json()
    const before = await told()
    const files = await readdir(node.data)
    expect(files.toSorted()).toEqual(['identity.key', 'webrtc-direct.pem'])
    for (const file of files) expect((await stat(join(node.data, file))).mode & 0o777).toBe(0o600)
    await node.kill()
    await node.revive()
    expect(await told()).toEqual(before)
  })

  test('ends cleanly on SIGTERM, also with pages connected', async () => {
    const alice = await client()
    await alice.reserve()
    expect(await node.terminate()).toBe(0)
  })

  test('says in one sentence that its port is taken', async () => {
    await expect(spawnNode({ port: node.port })).rejects.toThrow(/port \d+ is taken/)
  })
})
