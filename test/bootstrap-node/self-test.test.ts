// What the node prints and finds out about itself.
import { describe, expect, test } from 'vitest'
import { addressesOf, shareLink } from '../../bootstrap-node/addresses.ts'
import { findNodeAddress } from '../../src/core/nodes/multiaddr.ts'
import { testedLine, testOwnAddresses } from '../../bootstrap-node/self-test.ts'
import type { Tested } from '../../bootstrap-node/self-test.ts'
import { spawnNode } from '../fixtures/spawn-node.ts'

const peer = '12D3KooWGyMMP1jU1FFPkATVvvcffdv28AWy4t3KvhMEa1SUHa3L'
const certhash = 'uEiBKmHnXuS9rG7N0POvr_7S32mfD1CCbcly8gF--My45Wg'

describe('the printed addresses', () => {
  test('are both transports of each host, the one for the world first', () => {
    const config = { host: '192.0.2.7', publicUrl: undefined, tls: undefined }
    const direct = `/ip4/192.0.2.7/udp/8080/webrtc-direct/certhash/${certhash}/p2p/${peer}`
    const webSocket = `/ip4/192.0.2.7/tcp/8080/ws/p2p/${peer}`
    expect(addressesOf(config, { peer, port: 8080, certhash })).toEqual([direct, webSocket])
    expect(addressesOf(config, { peer, port: 8080, certhash: undefined })).toEqual([webSocket])
    expect(addressesOf({ ...config, publicUrl: 'https://node.example.org' }, { peer, port: 8080, certhash })).toEqual([
      `/dns/node.example.org/tcp/443/tls/ws/p2p/${peer}`,
      direct,
      webSocket,
    ])
    // Behind a router: the address of the router, for both.
    expect(addressesOf({ ...config, publicUrl: 'http://203.0.113.7:8080' }, { peer, port: 8080, certhash }).slice(0, 2)).toEqual([
      `/ip4/203.0.113.7/tcp/8080/ws/p2p/${peer}`,
      `/ip4/203.0.113.7/udp/8080/webrtc-direct/certhash/${certhash}/p2p/${peer}`,
    ])
    // A container, or a router that forwards another port: it does so for both.
    expect(addressesOf({ ...config, publicUrl: 'http://203.0.113.7:9000' }, { peer, port: 8080, certhash })[1]).toBe(
      `/ip4/203.0.113.7/udp/9000/webrtc-direct/certhash/${certhash}/p2p/${peer}`,
    )
    // A proxy knows of no UDP.
    expect(addressesOf({ ...config, publicUrl: 'https://203.0.113.7:8443' }, { peer, port: 8080, certhash })[1]).toBe(
      `/ip4/203.0.113.7/udp/8080/webrtc-direct/certhash/${certhash}/p2p/${peer}`,
    )
    // The machine's own: each once.
    expect(addressesOf({ ...config, publicUrl: 'http://192.0.2.7:8080' }, { peer, port: 8080, certhash })).toEqual([webSocket, direct])
    const tls = { cert: 'cert.pem', key: 'key.pem' }
    expect(addressesOf({ host: '2001:db8::7', publicUrl: undefined, tls }, { peer, port: 443, certhash: undefined })).toEqual([
      `/ip6/2001:db8::7/tcp/443/tls/ws/p2p/${peer}`,
    ])
  })
})

describe('the link that people open', () => {
  const addresses = [`/ip4/192.0.2.7/tcp/8080/ws/p2p/${peer}`, `/ip4/192.0.2.7/udp/8080/webrtc-direct/certhash/${certhash}/p2p/${peer}`]

  test('is the page elsewhere with an address that it may use, and the app understands it', () => {
    const link = shareLink({ appUrl: 'https://app.example.org', page: undefined }, addresses, '')
    expect(link).toBe(`https://app.example.org/#/n${addresses[1]}`)
    expect(findNodeAddress(link)).toBe(addresses[1])
  })

  test("is the node's own page, or the address when it serves none", () => {
    expect(shareLink({ appUrl: undefined, page: 'dist' }, addresses, 'http://192.0.2.7:8080/')).toBe('http://192.0.2.7:8080/')
    expect(shareLink({ appUrl: undefined, page: undefined }, addresses, 'http://192.0.2.7:8080/')).toBe(addresses[1])
  })
})

describe('a node that tries its own addresses', () => {
  const tested = async (addresses: readonly string[], publicAddress?: string): Promise<Tested[]> => {
    const found: Tested[] = []
    for await (const one of testOwnAddresses(addresses, publicAddress)) found.push(one)
    return found
  }

  test('says what answers, what does not, and what cannot be known', async () => {
    const node = await spawnNode()
    try {
      const found = await tested([node.webRtcDirect, node.address])
      expect(found.map(({ transport, kind }) => `${transport}: ${kind}`)).toEqual(['WebRTC-direct: ok', 'STUN: ok', 'WebSocket: ok'])
      expect(found[0]?.text).toMatch(/answers in \d+ ms; for this network only/)
      expect(testedLine(found[2] as Tested)).toContain(`127.0.0.1 tcp ${node.port}: answers`)
      // What the operator says to be public is so over both transports.
      const known = await tested([node.address, node.webRtcDirect], node.address)
      expect(known.map(({ transport, text }) => `${transport}: ${/that the world uses|same port/.exec(text)?.[0] ?? text}`)).toEqual([
        'WebSocket: that the world uses',
        'WebRTC-direct: that the world uses',
        'STUN: same port',
      ])
      await node.kill()
      expect(await tested([node.address], node.address)).toMatchObject([
        { kind: 'warning', text: expect.stringContaining('from here') as string },
      ])
    } finally {
      await node.end()
    }
  })
})
