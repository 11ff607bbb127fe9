// The operator's side in pieces: addresses as they are written, files, the first output, lines of the log, and who is served when.
import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Stream } from '@libp2p/interface'
import * as fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { listFrom } from '../../bootstrap-node/access.ts'
import { createBandwidth } from '../../bootstrap-node/bandwidth.ts'
import { targetFrom } from '../../bootstrap-node/check-target.ts'
import { cidrFrom, inRanges } from '../../bootstrap-node/cidr.ts'
import { createClientAddress } from '../../bootstrap-node/client-address.ts'
import { readConfig } from '../../bootstrap-node/config.ts'
import { limitsFrom } from '../../bootstrap-node/limits-file.ts'
import { limits } from '../../bootstrap-node/limits.ts'
import { plainLine } from '../../bootstrap-node/log.ts'
import { welcomeText } from '../../bootstrap-node/welcome.ts'

const peer = '12D3KooWGyMMP1jU1FFPkATVvvcffdv28AWy4t3KvhMEa1SUHa3L'

describe('the command line of an operator', () => {
  test('takes what fits together and says what does not', () => {
    expect(readConfig(['--trusted-proxy', '10.0.0.0/8, ::1', '--public-url', 'https://node.example.org/'])).toMatchObject({
      trustedProxies: ['10.0.0.0/8', '::1'],
      publicUrl: 'https://node.example.org',
    })
    expect(readConfig(['--metrics-host', '[::1]:9000'])).toMatchObject({ metrics: { host: '::1', port: 9000 } })
    expect(readConfig(['--metrics-host', '10.0.0.5'])).toMatchObject({ metrics: { host: '10.0.0.5', port: 9464 } })
    for (const wrong of [
      ['--trusted-proxy', 'proxy.example.org'],
      ['--tls-cert', 'cert.pem'],
      ['--public-url', 'node.example.org'],
      ['--metrics-host', 'everywhere:1:2'],
      ['--log', 'loud'],
      ['--app-url', 'http://app.example.org'],
    ])
      expect(readConfig(wrong)).toHaveProperty('problem')
  })
})

describe('ranges', () => {
  test.each([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['2001:db8::/32', '2001:db8:1::7', true],
    ['2001:db8::/32', '192.0.2.7', false],
  ])('%s and %s: %s', (range, address, inside) => {
    expect(inRanges([cidrFrom(range) ?? { address: '::', bits: 128, family: 'ipv6' }])(address)).toBe(inside)
  })

  test('are never a throw', () => {
    const inside = inRanges([{ address: '10.0.0.0', bits: 8, family: 'ipv4' }])
    fc.assert(
      fc.property(fc.string(), (text) => {
        cidrFrom(text)
        inside(text)
      }),
    )
    for (const wrong of ['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129', 'x', '']) expect(cidrFrom(wrong)).toBeUndefined()
  })
})

describe('the client of a request', () => {
  const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
    ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage
  const addressOf = createClientAddress(['10.0.0.0/8', '::1'])

  test.each([
    ['a stranger is not believed', '192.0.2.7', '198.51.100.1', '192.0.2.7'],
    ['a proxy is', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['as far as what it has seen itself', '10.0.0.1', '203.0.113.1, 198.51.100.1', '198.51.100.1'],
    ['through a chain of proxies', '10.0.0.1', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['with a port', '10.0.0.1', '198.51.100.1:5000', '198.51.100.1'],
    ['with a port in IPv6', '::1', '[2001:db8::1]:5000', '2001:db8::1'],
    ['not with nonsense', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['also on a socket of both families', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ])('%s', (_, socket, forwarded, address) => {
    expect(addressOf(request(socket, forwarded))).toBe(address)
  })
})

describe('files', () => {
  test('of lists hold peers and ranges', () => {
    const list = listFrom(`# friends\n${peer}  # Alice\n\n10.0.0.0/8\n`)
    expect([...list.peers]).toEqual([peer])
    expect([list.has('10.1.1.1'), list.has('11.1.1.1')]).toEqual([true, false])
    expect(() => listFrom('10.0.0.0/8\nwho?')).toThrow('line 2 is neither a peer id nor an address: "who?"')
  })

  test('of limits change what they name and nothing else', () => {
    expect(limitsFrom('{"connections": 10, "relayedLinkBytes": 5}')).toEqual({ ...limits, connections: 10, relayedLinkBytes: 5n })
    for (const wrong of [
      '',
      '[]',
      '{"conections": 1}',
      '{"connections": -1}',
      '{"connections": 1.5}',
      '{"connections": "1"}',
      '{"toString": 1}',
    ])
      expect(limitsFrom(wrong)).toBeTypeOf('string')
  })
})

describe('what an operator reads', () => {
  const welcome = {
    name: 'Harbour',
    contact: 'harbour@example.org',
    version: '1.2.3',
    peer,
    share: 'https://node.example.org/',
    check: 'https://node.example.org/',
    addresses: [`/dns/node.example.org/tcp/443/tls/ws/p2p/${peer}`],
    stun: true,
    port: 8080,
    data: '/var/lib/parley',
    page: undefined,
    limits,
    changedLimits: ['connections'],
  }

  test('first has everything in it', () => {
    const text = welcomeText(welcome)
    for (const part of [
      'Harbour',
      '1.2.3',
      peer,
      welcome.share,
      'UDP port 8080',
      'harbour@example.org',
      '/var/lib/parley',
      '64 MiB',
      'changed by you: connections',
    ])
      expect(text).toContain(part)
    expect(text).toMatch(/█▀▀▀▀▀▀▀█/)
    expect(welcomeText(welcome, 20)).not.toContain('█')
  })

  test('later is a line', () => {
    expect(plainLine('{"level":40,"time":0,"msg":"hm","n":1,"s":"x"}')).toMatch(/^\d\d:\d\d:\d\d warn: hm \(n: 1, s: x\)\n$/)
  })
})

describe('an address to check', () => {
  test.each([
    ['https://node.example.org/', 'https://node.example.org:443', undefined],
    ['localhost:8080', 'http://localhost:8080', undefined],
    [`/dns/node.example.org/tcp/443/tls/ws/p2p/${peer}`, 'https://node.example.org:443', peer],
    [`/ip6/2001:db8::1/tcp/80/ws/p2p/${peer}`, 'http://[2001:db8::1]:80', peer],
  ])('%s is %s', (text, url, id) => {
    expect(targetFrom(text)).toMatchObject({ url, peer: id })
  })
  test('that is none is told apart', () => {
    for (const wrong of ['', 'https://', '/dns/x', '/nonsense/1', 'http://a b']) expect(targetFrom(wrong)).toBeUndefined()
  })
})

describe('bandwidth', () => {
  /** A stream as far as the shaper sees it: it hears of messages, and pauses. */
  class TestStream extends EventEmitter {
    readStatus: 'readable' | 'paused' = 'readable'
    writableNeedsDrain = false
    addEventListener(name: string, heard: (event: unknown) => void): void {
      this.on(name, heard)
    }
    pause(): void {
      this.readStatus = 'paused'
    }
    resume(): void {
      this.readStatus = 'readable'
    }
    get asStream(): Stream {
      return this as unknown as Stream
    }
    receive(byteLength: number): void {
      this.emit('message', { data: { byteLength } })
    }
  }

  test('is the same for a peer with one link and a peer with ten', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const bandwidth = createBandwidth({ ...limits, relayedBytesPerSecond: 400_000, relayedLinkBytesPerSecond: 400_000 })
    const had = { alice: 0, stranger: 0 }
    const ends = (['alice', ...Array.from({ length: 10 }, () => 'stranger')] as const).map((name) => {
      const end = { name: name as keyof typeof had, stream: new TestStream(), far: new TestStream() }
      bandwidth.link({ stream: end.stream.asStream, peer: name }, { stream: end.far.asStream, peer: 'bob' })
      return end
    })
    let measuring = false
    const from = Date.now()
    while (Date.now() < from + 2_500) {
      // What may pass in advance is for whoever comes first.
      if (!measuring && Date.now() > from + 500) {
        measuring = true
        had.alice = 0
        had.stranger = 0
      }
      for (const { name, stream } of ends) {
        if (stream.readStatus === 'paused') continue
        stream.receive(4_000)
        had[name] += 4_000
      }
      await vi.advanceTimersByTimeAsync(5)
    }
    bandwidth.stop()
    expect(had.alice / had.stranger).toBeGreaterThan(0.5)
    // Two and a half seconds, one in advance, and what each link may be early by.
    expect(bandwidth.carriedBytes).toBeLessThan(3.5 * 400_000 + 11 * 4_000 * 3)
  })

  test('waits for a reader that is slow', async () => {
    const bandwidth = createBandwidth(limits)
    const [near, far] = [new TestStream(), new TestStream()]
    bandwidth.link({ stream: near.asStream, peer: 'alice' }, { stream: far.asStream, peer: 'bob' })
    far.writableNeedsDrain = true
    near.receive(100)
    await expect.poll(() => near.readStatus).toBe('paused')
    far.writableNeedsDrain = false
    await expect.poll(() => near.readStatus).toBe('readable')
    expect(bandwidth.links).toBe(1)
    near.emit('close')
    expect(bandwidth.links).toBe(0)
    bandwidth.stop()
  })
})
