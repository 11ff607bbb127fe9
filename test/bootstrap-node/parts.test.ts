// The node's own pieces, each by itself: who counts as one party, how fast, what STUN answers, what is found under a name.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../bootstrap-node/config.ts'
import { createDoorkeeper } from '../../bootstrap-node/doorkeeper.ts'
import { limits } from '../../bootstrap-node/limits.ts'
import { pathOf } from '../../bootstrap-node/page.ts'
import { createRegistrations } from '../../bootstrap-node/registrations.ts'
import { answerStun } from '../../bootstrap-node/stun.ts'
import { subnetOf } from '../../bootstrap-node/subnet.ts'
import { createTokenBuckets } from '../../bootstrap-node/token-buckets.ts'
import { fromHex, toHex } from '../../src/core/ids.ts'

describe('the command line', () => {
  test('knows its defaults, its options and its mistakes', () => {
    expect(readConfig([])).toMatchObject({ port: 8080, host: '0.0.0.0', logLevel: 'info' })
    expect(readConfig(['--port', '0', '--no-page'])).toMatchObject({ port: 0, page: undefined })
    expect(readConfig(['--help'])).toEqual({ help: true })
    expect(readConfig(['--port', 'x'])).toHaveProperty('problem')
    expect(readConfig(['--port', '70000'])).toHaveProperty('problem')
    expect(readConfig(['--nonsense'])).toHaveProperty('problem')
  })

  test('refuses an argument that nobody means before it is taken apart', () => {
    expect(readConfig([`-${'x'.repeat(16_384)}`])).toEqual({ problem: '"-xxxxxxxxxxxxxxxxxxx..." has more than 4096 characters.' })
  })
})

describe('a party', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7', '192.0.2.7', false],
    ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.7', false],
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', true],
    ['127.0.0.2', '127.0.0.2', '127.0.0.2', false],
    ['::1', '0000:0000:0000:00', '0000:0000:0000', true],
    ['2001:db8:1:2345::9', '2001:0db8:0001:23', '2001:0db8:0001', false],
    ['2001:db8:1:23ff:1:2:3:4', '2001:0db8:0001:23', '2001:0db8:0001', false],
    ['2001:db8:1:2400::', '2001:0db8:0001:24', '2001:0db8:0001', false],
  ])('%s lives at %s', (address, household, site, local) => {
    expect(subnetOf(address)).toEqual({ household, site, local })
  })

  test('is never a throw, whatever the address', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.ipV6(), fc.ipV4()), (address) => void subnetOf(address)))
  })

  test('holds as many connections as a household may, and gets one back for each that ends', () => {
    let now = 0
    const door = createDoorkeeper(limits, () => now)
    for (let count = 0; count < limits.connectionsPerSubnet; count++) expect(door.enter('192.0.2.1')).toBe(true)
    now += 60_000
    expect(door.enter('192.0.2.1')).toBe(false)
    expect(door.enter('192.0.2.2')).toBe(true)
    door.leave('192.0.2.1')
    expect(door.enter('192.0.2.1')).toBe(true)
    expect(door.refused).toBe(1)
  })

  test('is slowed down after a burst', () => {
    let now = 0
    const door = createDoorkeeper(limits, () => now)
    for (let count = 0; count < limits.connectionBurst; count++) {
      expect(door.enter('192.0.2.1')).toBe(true)
      door.leave('192.0.2.1')
    }
    expect(door.enter('192.0.2.1')).toBe(false)
    now += 1_000
    expect(door.enter('192.0.2.1')).toBe(true)
  })

  test('holds as many sockets as a household needs to fetch the page, and no more', () => {
    let now = 0
    const door = createDoorkeeper(limits, () => now)
    for (let count = 0; count < limits.socketsPerSubnet; count++) expect(door.connect('192.0.2.1')).toBe(true)
    expect(door.connect('192.0.2.1')).toBe(false)
    expect(door.connect('192.0.2.2')).toBe(true)
    now += 1_000
    door.disconnect('192.0.2.1')
    expect(door.connect('192.0.2.1')).toBe(true)
    expect(door.connect('192.0.2.1')).toBe(false)
  })

  test('opens sockets again and again no faster than a reload does', () => {
    let now = 0
    const door = createDoorkeeper(limits, () => now)
    const knocks = (count: number): number =>
      Array.from({ length: count }).filter(() => {
        const granted = door.connect('192.0.2.1')
        if (granted) door.disconnect('192.0.2.1')
        return granted
      }).length
    expect(knocks(2_000)).toBe(limits.socketsPerSubnet)
    now += 1_000
    expect(knocks(2_000)).toBe(limits.socketsPerSecond)
    expect(door.refused).toBe(4_000 - limits.socketsPerSubnet - limits.socketsPerSecond)
    expect(door.connect('192.0.2.2')).toBe(true)
  })

  test('on this machine is not capped, because a proxy is one address for many', () => {
    const door = createDoorkeeper(limits)
    for (let count = 0; count < 1_000; count++) expect(door.enter('127.0.0.1')).toBe(true)
  })

  test('holds as many relay slots as a household and a site may', () => {
    const door = createDoorkeeper(limits)
    const holders = Array.from({ length: limits.reservationsPerSubnet }, () => '192.0.2.1')
    expect(door.mayReserve('192.0.2.1', holders)).toBe(false)
    expect(door.mayReserve('192.0.2.1', holders.slice(1))).toBe(true)
    expect(door.mayReserve('192.0.2.2', holders)).toBe(true)
    const site = Array.from({ length: limits.reservationsPerSite }, (_, index) => `2001:db8:1:${(index * 256).toString(16)}::1`)
    expect(door.mayReserve('2001:db8:1:ff00::1', site)).toBe(false)
    expect(door.mayReserve('2001:db8:2::1', site)).toBe(true)
  })

  test('is forgotten once its bucket is full again', () => {
    const buckets = createTokenBuckets(() => ({ burst: 10, perSecond: 5 }))
    for (let party = 0; party < 100; party++) buckets.take(String(party), 100_000)
    buckets.take('one more', 200_000)
    expect(buckets.size).toBe(1)
  })
})

describe('STUN', () => {
  // The request and the addresses of RFC 5769's test vectors (2.2, 2.3), without the attributes that are not needed here.
  const transaction = 'b7e7a701bc34d686fa87dfae'
  const request = fromHex(`000100002112a442${transaction}`)

  test('tells an IPv4 address as the RFC has it', () => {
    const answer = answerStun(request, { address: '192.0.2.1', port: 32_853 })
    expect(toHex(answer ?? new Uint8Array())).toBe(`0101000c2112a442${transaction}002000080001a147e112a643`)
  })

  test('tells an IPv6 address as the RFC has it', () => {
    const answer = answerStun(request, { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 })
    expect(toHex(answer ?? new Uint8Array())).toBe(`010100182112a442${transaction}002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9`)
  })

  test('tells an IPv4 address that came over an IPv6 socket as IPv4', () => {
    expect(answerStun(request, { address: '::ffff:192.0.2.1', port: 32_853 })).toEqual(
      answerStun(request, { address: '192.0.2.1', port: 32_853 }),
    )
  })

  test('answers nothing else, and never throws', () => {
    const from = { address: '192.0.2.1', port: 1 }
    expect(answerStun(fromHex(`000100042112a442${transaction}`), from)).toBeUndefined()
    expect(answerStun(fromHex(`010100002112a442${transaction}`), from)).toBeUndefined()
    expect(answerStun(fromHex(`000100002112a443${transaction}`), from)).toBeUndefined()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void answerStun(bytes, from)))
  })
})

describe('registrations', () => {
  const run = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const registration = (ns: string, byte = 1, ttl = 100) => ({ ns, record: Uint8Array.of(byte), ttl })
  const found = (all: ReturnType<typeof createRegistrations>, ns: string, now: number, cookie?: Uint8Array) =>
    all.find(ns, 100, cookie, now)?.found.map(({ record }) => record[0])

  test('are found under their name alone, the newest first, until their time is over', () => {
    const all = createRegistrations(limits, run)
    all.add('alice', registration('a', 1, 10), 0)
    all.add('bob', registration('a', 2, 20), 0)
    all.add('carol', registration('b', 3), 0)
    expect(found(all, 'a', 5_000)).toEqual([2, 1])
    expect(all.find('a', 100, undefined, 5_000)?.found.map(({ ttl }) => ttl)).toEqual([15, 5])
    expect(found(all, 'a', 10_000)).toEqual([2])
    expect(found(all, 'a', 20_000)).toEqual([])
    expect(all.size).toBe(1)
  })

  test('replace the same device under the same name', () => {
    const all = createRegistrations(limits, run)
    all.add('alice', registration('a', 1), 0)
    all.add('alice', registration('a', 2), 0)
    expect(found(all, 'a', 0)).toEqual([2])
    expect(all.size).toBe(1)
  })

  test('are given once to whoever brings the cookie back', () => {
    const all = createRegistrations(limits, run)
    all.add('alice', registration('a', 1), 0)
    const first = all.find('a', 100, undefined, 0)
    expect(found(all, 'a', 0, first?.cookie)).toEqual([])
    all.add('bob', registration('a', 2), 0)
    expect(found(all, 'a', 0, first?.cookie)).toEqual([2])
    all.add('alice', registration('a', 3), 0)
    expect(found(all, 'a', 0, first?.cookie)).toEqual([3, 2])
  })

  test('refuse cookies of another run and cookies that are none', () => {
    const all = createRegistrations(limits, run)
    const other = createRegistrations(limits, Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1))
    expect(all.find('a', 100, other.find('a', 100, undefined, 0)?.cookie, 0)).toBeUndefined()
    expect(all.find('a', 100, Uint8Array.of(1), 0)).toBeUndefined()
  })

  test('of a device that left are gone', () => {
    const all = createRegistrations(limits, run)
    for (const ns of ['a', 'b', 'c']) all.add('alice', registration(ns), 0)
    all.add('bob', registration('a', 2), 0)
    all.forget('alice')
    expect(found(all, 'a', 0)).toEqual([2])
    expect(all.size).toBe(1)
    all.remove('bob', 'a')
    all.remove('bob', 'a')
    expect(all.size).toBe(0)
  })

  test('have their caps, for each device and in all', () => {
    const all = createRegistrations({ ...limits, registrationsPerPeer: 2, registrations: 3 }, run)
    expect([
      all.add('alice', registration('a'), 0),
      all.add('alice', registration('b'), 0),
      all.add('alice', registration('c'), 0),
    ]).toEqual([true, true, false])
    expect([all.add('bob', registration('a'), 0), all.add('carol', registration('a'), 0)]).toEqual([true, false])
    expect(all.add('bob', registration('a', 9), 0)).toBe(true)
  })
})

describe('a path', () => {
  test('never leads out of the folder', () => {
    for (const url of ['/../x', '/a/../../x', '/%2e%2e/x', '/..%2fx', '/a\\..\\x', '/\0', 'x', '/%', '/./x', '/.env', '/a/.git/config']) {
      expect(pathOf(url)).toBeUndefined()
    }
    expect(pathOf('/')).toBe('/index.html')
    expect(pathOf('/assets/a.js?x=/../y')).toBe('/assets/a.js')
  })
})
