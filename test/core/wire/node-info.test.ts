import { describe, expect, test } from 'vitest'
import { nodeAddressAt, nodeInfoFrom, stunUrlAt, webRtcDirectAddressAt } from '../../../src/core/wire/node-info.ts'

const peer = '12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'
const info = { peer, stun: true, nodes: [] }

describe('what a node says of itself', () => {
  test.each([
    [{ protocol: 'http:', hostname: 'localhost', port: '8080' }, `/dns/localhost/tcp/8080/ws/p2p/${peer}`, 'stun:localhost:8080'],
    [
      { protocol: 'https:', hostname: 'chat.example.org', port: '' },
      `/dns/chat.example.org/tcp/443/tls/ws/p2p/${peer}`,
      'stun:chat.example.org:443',
    ],
    [{ protocol: 'http:', hostname: '192.168.1.7', port: '80' }, `/ip4/192.168.1.7/tcp/80/ws/p2p/${peer}`, 'stun:192.168.1.7:80'],
    [{ protocol: 'http:', hostname: '[fd00::1]', port: '8080' }, `/ip6/fd00::1/tcp/8080/ws/p2p/${peer}`, 'stun:[fd00::1]:8080'],
  ])('becomes its address at %o', (location, address, stun) => {
    expect(nodeAddressAt(info, location)).toBe(address)
    expect(stunUrlAt(info, location)).toBe(stun)
  })

  test('has a UDP port of its own where a proxy passes the page on', () => {
    const certhash = 'uEiBM30wQg_JYo4t-pD3joqmIjZbPgxPe11kJ0ROi98s6eg'
    const said = nodeInfoFrom({ ...info, certhash, udpPort: 8080 }) ?? info
    expect(stunUrlAt(said, { protocol: 'https:', hostname: 'chat.example.org', port: '' })).toBe('stun:chat.example.org:8080')
    expect(webRtcDirectAddressAt(said, { protocol: 'https:', hostname: '192.0.2.7', port: '' })).toBe(
      `/ip4/192.0.2.7/udp/8080/webrtc-direct/certhash/${certhash}/p2p/${peer}`,
    )
    for (const udpPort of [0, -1, 65_536, 1.5, '8080', null]) expect(nodeInfoFrom({ ...info, udpPort })).toEqual(info)
  })

  test('gives no STUN server where there is none', () => {
    expect(stunUrlAt({ ...info, stun: false }, { protocol: 'http:', hostname: 'localhost', port: '1' })).toBeUndefined()
  })

  test('is refused when it is anything else', () => {
    for (const value of [undefined, null, 1, 'x', [], {}, { peer: 7 }, { peer: '../x' }, { peer: '' }])
      expect(nodeInfoFrom(value)).toBeUndefined()
    expect(nodeInfoFrom({ peer, stun: 1, nodes: ['/a', 2], more: true })).toEqual({ peer, stun: false, nodes: ['/a'] })
  })
})
