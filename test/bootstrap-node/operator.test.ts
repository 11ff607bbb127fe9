// What an operator does to a real node: proxies before it, lists, limits, certificates, metrics, reloads, and its end.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get as getSecurely } from 'node:https'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../bootstrap-node/limits.ts'
import { checkNode } from '../../bootstrap-node/check.ts'
import type { Finding } from '../../bootstrap-node/check-step.ts'
import { targetFrom } from '../../bootstrap-node/check-target.ts'
import { certificateOne, certificateTwo } from '../fixtures/certificates.ts'
import type { TestCertificate } from '../fixtures/certificates.ts'
import { createNodeClient } from '../fixtures/node-client.ts'
import type { NodeClient } from '../fixtures/node-client.ts'
import { spawnNode } from '../fixtures/spawn-node.ts'
import type { SpawnedNode, SpawnOptions } from '../fixtures/spawn-node.ts'

let folder: string
const nodes: SpawnedNode[] = []
const clients: NodeClient[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-operator-'))
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop()))
  await Promise.all(nodes.splice(0).map((node) => node.end()))
  await rm(folder, { recursive: true, force: true })
})

const start = async (options: SpawnOptions = {}): Promise<SpawnedNode> => {
  const node = await spawnNode(options)
  nodes.push(node)
  return node
}
const client = async (node: SpawnedNode, address = node.address): Promise<NodeClient> => {
  const made = await createNodeClient(address)
  clients.push(made)
  return made
}
const file = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}
const until = async (what: string, holds: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> => {
  const deadline = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
const statusOf = async (node: SpawnedNode, path: string, address?: string): Promise<number> => {
  const response = await fetch(`${node.url}${path}`, address === undefined ? {} : from(address))
  await response.arrayBuffer()
  return response.status
}
const open: IncomingMessage[] = []
/** The status of the answer to a WebSocket's first request; one that is let in stays open until the test is over. */
const knock = (node: SpawnedNode, address: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = {
      upgrade: 'websocket',
      connection: 'upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    const asked = request(node.url, { headers: { ...headers, 'x-forwarded-for': address } })
    asked.on('upgrade', (response) => {
      open.push(response)
      resolve(response.statusCode)
    })
    asked.on('response', (response) => resolve(response.resume().statusCode))
    asked.on('error', reject)
    asked.end()
  })
afterEach(() => {
  for (const response of open.splice(0)) response.socket.destroy()
})

describe('behind a reverse proxy', () => {
  const proxied = async (limits: object): Promise<SpawnedNode> =>
    start({ args: ['--trusted-proxy', '127.0.0.1', '--limits', await file('limits.json', JSON.stringify(limits))] })

  test('each address has its own share of requests, until the operator gives more', async () => {
    const node = await proxied({ httpBurst: 3, httpPerSecond: 1 })
    const statuses = []
    for (let count = 0; count < 8; count++) statuses.push(await statusOf(node, 'parley.json', '198.51.100.1'))
    expect(statuses.slice(0, 3)).toEqual([200, 200, 200])
    expect(statuses).toContain(429)
    expect(await statusOf(node, 'parley.json', '198.51.100.2')).toBe(200)
    // What a client claims of itself comes before what the proxy has seen.
    expect(await statusOf(node, 'parley.json', '198.51.100.9, 198.51.100.3')).toBe(200)
    expect(await statusOf(node, 'parley.json')).toBe(200)

    await file('limits.json', JSON.stringify({ httpBurst: 1_000, httpPerSecond: 1_000 }))
    node.hangUp()
    await until('the new limit holds', async () => (await statusOf(node, 'parley.json', '198.51.100.1')) === 200)
    for (let count = 0; count < 8; count++) expect(await statusOf(node, 'parley.json', '198.51.100.1')).toBe(200)
  })

  test('each address has its own share of connections', async () => {
    const node = await proxied({ connectionsPerSubnet: 2 })
    expect(await knock(node, '198.51.100.1')).toBe(101)
    expect(await knock(node, '198.51.100.1')).toBe(101)
    expect(await knock(node, '198.51.100.1')).toBe(429)
    expect(await knock(node, '198.51.100.2')).toBe(101)
  })

  test('whoever opens WebSockets from twenty addresses and says nothing keeps nobody out', async () => {
    const node = await proxied({})
    for (let address = 1; address <= 20; address++)
      await Promise.all(Array.from({ length: limits.connectionsPerSubnet }, () => knock(node, `203.0.113.${address}`)))
    const alice = await createNodeClient(node.address, { headers: { 'x-forwarded-for': '198.51.100.1' } })
    clients.push(alice)
    await alice.reserve()
    expect(open.length).toBe(20 * limits.connectionsPerSubnet)
  })

  test('a node that listens on :: takes IPv4 too, and knows the proxy', async () => {
    const limits = await file('limits.json', JSON.stringify({ connectionsPerSubnet: 1 }))
    const node = await start({ args: ['--host', '::', '--trusted-proxy', '127.0.0.1', '--limits', limits] })
    expect(await knock(node, '198.51.100.1')).toBe(101)
    expect(await knock(node, '198.51.100.1')).toBe(429)
    expect(await knock(node, '198.51.100.2')).toBe(101)
    expect((await fetch(`http://[::1]:${node.port}/parley.json`)).status).toBe(200)
  })

  test('the page is told where to find the UDP port, which no proxy passes on', async () => {
    const told = async (args: readonly string[]): Promise<unknown> => {
      const node = await start({ args: ['--trusted-proxy', '127.0.0.1', ...args] })
      const { stun, udpPort } = (await (await fetch(`${node.url}parley.json`)).json()) as { stun: boolean; udpPort?: number }
      return { stun, udpPort: udpPort === node.port ? 'its own' : udpPort }
    }
    const anywhere = ['--host', '0.0.0.0']
    expect(await told([...anywhere, '--public-url', 'https://node.example.org'])).toEqual({ stun: true, udpPort: 'its own' })
    // Whoever forwards a port forwards both kinds of it.
    expect(await told([...anywhere, '--public-url', 'http://203.0.113.7:9000'])).toEqual({ stun: true, udpPort: undefined })
    // Which listens for the proxy alone hears no datagram from the world.
    expect(await told(['--public-url', 'https://node.example.org'])).toEqual({ stun: false, udpPort: undefined })
  })

  test('limits that make no sense are told, and the former stay', async () => {
    const limits = await file('limits.json', '{ "connections": 0 }')
    await expect(start({ args: ['--limits', limits] })).rejects.toThrow(/"connections" must be a whole number/)
  })
})

describe('a socket', () => {
  test('on which nobody says anything is closed, and one that is in use is not', async () => {
    const node = await start({ args: ['--limits', await file('limits.json', JSON.stringify({ silentSocketMs: 500 }))] })
    const alice = await client(node)
    const link = await alice.connect()
    const silent = connect(node.port, '127.0.0.1')
    silent.on('error', () => {})
    await new Promise((resolve) => silent.on('close', resolve).resume())
    expect(link.status).toBe('open')
    await alice.reserve()
  })

  test('of whom comes too often is refused before it is heard, and others are not', async () => {
    const node = await start({
      args: ['--limits', await file('limits.json', JSON.stringify({ socketsPerSubnet: 5, socketsPerSecond: 1 }))],
    })
    const answers = (localAddress: string): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = connect({ port: node.port, host: '127.0.0.1', localAddress })
        socket.on('connect', () => socket.write('GET /healthz HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n'))
        socket.on('data', () => resolve(true))
        socket.on('error', () => resolve(false))
        socket.on('close', () => resolve(false))
      })
    const floods = await Promise.all(Array.from({ length: 50 }, () => answers('127.0.0.7')))
    expect(floods.filter(Boolean).length).toBeGreaterThanOrEqual(5)
    expect(floods.filter(Boolean).length).toBeLessThan(25)
    expect(await answers('127.0.0.8')).toBe(true)
    expect(await (await client(node)).connect()).toMatchObject({ status: 'open' })
  })
})

describe('lists', () => {
  test('keep addresses and peers out, also those that are in', async () => {
    const deny = await file('deny', '203.0.113.0/24 # a flood\n')
    const node = await start({ args: ['--trusted-proxy', '127.0.0.1', '--deny', deny] })
    expect(await statusOf(node, 'parley.json', '203.0.113.7')).toBe(403)
    expect(await knock(node, '203.0.113.7')).toBe(403)
    expect(await knock(node, '203.0.114.7')).toBe(101)

    const [alice, stranger] = [await client(node), await client(node)]
    await alice.connect()
    const link = await stranger.connect()
    await file('deny', `203.0.113.0/24\n${stranger.host.peerId.toString()}\n`)
    node.hangUp()
    await until('Dave is out', () => link.status !== 'open')
    await expect(stranger.connect().then((again) => again.newStream('/ipfs/ping/1.0.0'))).rejects.toThrow(/./)
    expect((await alice.connect()).status).toBe('open')
  })

  test('let nobody else in', async () => {
    const node = await start({ args: ['--trusted-proxy', '127.0.0.1', '--allow', await file('allow', '198.51.100.0/24\n')] })
    expect(await knock(node, '198.51.100.7')).toBe(101)
    expect(await knock(node, '203.0.113.7')).toBe(403)
  })
})

describe('figures', () => {
  test('are for this machine, and for a port of their own', async () => {
    const node = await start({ args: ['--name', 'Harbour', '--contact', 'harbour@example.org'] })
    const text = await (await fetch(`${node.url}metrics`)).text()
    expect(text).toMatch(/^# TYPE parley_node_connections gauge\nparley_node_connections 0$/m)
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) parley_node_\w+ .+|parley_node_\w+(\{version="[^"]+"\})? [\d.e+-]+)$/)
    expect(await statusOf(node, 'metrics', '198.51.100.1')).toBe(403)

    const alice = await client(node)
    await alice.reserve()
    expect(await (await fetch(`${node.url}healthz`)).json()).toMatchObject({
      ok: true,
      draining: false,
      connections: 1,
      reservations: 1,
      relayedLinks: 0,
    })
    expect(await (await fetch(`${node.url}info.json`)).json()).toMatchObject({
      name: 'Harbour',
      contact: 'harbour@example.org',
      version: expect.any(String) as string,
      policy: expect.stringContaining('Keeps no message') as string,
      limits: { reservationsPerSubnet: 16, relayedLinkBytes: 64 * 1024 * 1024 },
    })
  })
})

describe('a certificate of its own', () => {
  const put = async ({ cert, key }: TestCertificate): Promise<void> => {
    await file('key.pem', key)
    await file('cert.pem', cert)
  }
  const shown = (node: SpawnedNode): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connectTls({ port: node.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().raw.toString('base64'))
        socket.destroy()
      })
      socket.on('error', reject)
    })
  const raw = ({ cert }: TestCertificate): string => cert.replace(/-----[^-]+-----|\s/g, '')

  test('serves page and relay over TLS on the same port, and is read again when it is renewed', async () => {
    await put(certificateOne)
    await file('index.html', '<!doctype html><title>Parley</title>')
    const node = await start({ page: folder, args: ['--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, 'key.pem')] })
    const page = await new Promise<IncomingMessage>((resolve, reject) => {
      getSecurely(`https://localhost:${node.port}/`, { ca: certificateOne.cert, agent: false }, (response) =>
        resolve(response.resume()),
      ).on('error', reject)
    })
    expect(page.statusCode).toBe(200)
    const plain = await fetch(node.url, { redirect: 'manual' })
    expect([plain.status, plain.headers.get('location')]).toEqual([308, `https://127.0.0.1:${node.port}/`])

    expect(await shown(node)).toBe(raw(certificateOne))
    await put(certificateTwo)
    await until('the new certificate is shown', async () => (await shown(node)) === raw(certificateTwo))
  })

  test('that does not fit its key is told in a sentence', async () => {
    await put({ cert: certificateOne.cert, key: certificateTwo.key })
    await expect(start({ args: ['--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, 'key.pem')] })).rejects.toThrow(
      /certificate and key cannot be used/,
    )
  })
})

describe('a relayed link', () => {
  /** Sends `bytes` from Alice to Bob over the relay, `partBytes` at a time; resolves with a count of what has arrived. */
  const relay = async (node: SpawnedNode, address = node.address) => {
    const [alice, bob] = [await client(node, address), await client(node, address)]
    await bob.reserve()
    let arrived = 0
    await bob.host.handle('/test/1', (stream) => stream.addEventListener('message', ({ data }) => (arrived += data.byteLength)), {
      runOnLimitedConnection: true,
    })
    const link = await alice.host.dial(multiaddr(`${address}/p2p-circuit/p2p/${bob.host.peerId.toString()}`))
    const stream = await link.newStream('/test/1', { runOnLimitedConnection: true })
    const send = async (bytes: number): Promise<void> => {
      for (let sent = 0; sent < bytes; sent += 16 * 1024) {
        if (!stream.send(new Uint8Array(16 * 1024))) await stream.onDrain()
      }
    }
    return { send, arrived: () => arrived }
  }

  test('is no faster than it may be, and loses nothing', async () => {
    const limits = await file('limits.json', JSON.stringify({ relayedLinkBytesPerSecond: 256 * 1024, streamWindowBytes: 256 * 1024 }))
    const { send, arrived } = await relay(await start({ args: ['--limits', limits] }))
    const from = performance.now()
    await send(1024 * 1024)
    await until('all has arrived', () => arrived() === 1024 * 1024)
    // The first second's worth passes at once, and the last window may be early.
    expect(performance.now() - from).toBeGreaterThan(1_500)
  })

  test('loses nothing over WebRTC-direct either, where a stream alone cannot hold its sender back', async () => {
    const limits = await file('limits.json', JSON.stringify({ relayedLinkBytesPerSecond: 3 * 1024 * 1024 }))
    const node = await start({ args: ['--limits', limits] })
    const { send, arrived } = await relay(node, node.webRtcDirect)
    await send(12 * 1024 * 1024)
    await until('all has arrived', () => arrived() === 12 * 1024 * 1024)
  })

  test('goes on while the node ends, and nobody new comes in', async () => {
    const node = await start()
    const { send, arrived } = await relay(node)
    await send(16 * 1024)
    await until('the link carries', () => arrived() === 16 * 1024)
    const ended = node.terminate()
    let code: number | null | undefined
    void ended.then((value) => (code = value))
    await until('it says that it ends', async () => (await statusOf(node, 'healthz')) === 503)
    expect(await knock(node, '198.51.100.1')).toBe(503)
    for (let part = 2; part < 12; part++) {
      await send(16 * 1024)
      await until('the link carries on', () => arrived() === part * 16 * 1024)
    }
    expect(code).toBeUndefined()
    expect(await ended).toBe(0)
  })
})

describe('a check', () => {
  const findings = async (address: string): Promise<readonly Finding[]> => {
    const target = targetFrom(address)
    if (target === undefined) throw new Error('no address')
    const found: Finding[] = []
    for await (const finding of checkNode(target)) found.push(finding)
    return found
  }

  test('goes all the way of a page at a node that is well', async () => {
    const node = await start()
    const way = ['information', 'relay slot', 'relayed link', 'rendezvous']
    for (const [address, ...steps] of [
      [node.url, 'node', 'page', 'WebSocket', ...way, 'WebRTC-direct', ...way, 'STUN'],
      [node.webRtcDirect, 'node', 'WebRTC-direct', ...way, 'STUN'],
    ] as const)
      expect((await findings(address)).map(({ step, kind }) => `${step}: ${kind}`)).toEqual(steps.map((step) => `${step}: ok`))
  })

  test('goes over TLS where the certificate is good, and says so where it is not', async () => {
    const [cert, key] = [await file('cert.pem', certificateOne.cert), await file('key.pem', certificateOne.key)]
    await file('index.html', '<!doctype html><title>Parley</title>')
    const node = await start({ page: folder, args: ['--tls-cert', cert, '--tls-key', key] })
    const checked = async (trusted: object): Promise<{ readonly code: number | null; readonly said: string }> => {
      const words = [fileURLToPath(new URL('../../bootstrap-node/main.ts', import.meta.url)), 'check', `https://localhost:${node.port}/`]
      const check = spawn(process.execPath, words, { env: { ...process.env, ...trusted }, stdio: ['ignore', 'pipe', 'inherit'] })
      let said = ''
      check.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
      return { code: await new Promise((resolve) => check.once('close', resolve)), said }
    }
    const good = await checked({ NODE_EXTRA_CA_CERTS: cert })
    expect(good.said).toMatch(/^ok +node: [^]*^ok +page: [^]*^ok +WebSocket: [^]*^ok +WebRTC-direct: [^]*^ok +STUN: /m)
    expect(good).toMatchObject({ code: 0, said: expect.not.stringContaining('warning') as string })
    const bad = await checked({ NODE_EXTRA_CA_CERTS: '' })
    expect(bad).toMatchObject({ code: 1, said: expect.stringContaining('Browsers refuse this certificate') as string })
  })

  test('says what is wrong at a node that is full, that is another, or that is not there', async () => {
    const node = await start({ args: ['--allow', await file('allow', '198.51.100.0/24')] })
    const refused = (await findings(node.url)).find(({ kind }) => kind === 'failed')
    expect(refused).toMatchObject({ step: 'WebSocket', advice: expect.stringContaining('proxy') as string })
    const other = node.address.replace(/\/p2p\/.*$/, '/p2p/12D3KooWGyMMP1jU1FFPkATVvvcffdv28AWy4t3KvhMEa1SUHa3L')
    expect(await findings(other)).toContainEqual(expect.objectContaining({ step: 'identity', kind: 'failed' }))
    await node.kill()
    expect(await findings(node.url)).toMatchObject([
      { step: 'node', kind: 'failed', advice: expect.stringContaining('firewall') as string },
    ])
  })
})
