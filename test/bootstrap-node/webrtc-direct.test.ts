// WebRTC-direct at the node: who knocks and how, the certificate that makes the address, and a client of the library's own, which speaks
// version 1. (Browsers and version 2: test/e2e/node-without-domain.)
import { createSocket } from 'node:dgram'
import { X509Certificate, createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { credentialsIn, userNameIn } from '../../bootstrap-node/ice-guest.ts'
import { loadWebRtcCertificate } from '../../bootstrap-node/webrtc-certificate.ts'
import { fromHex } from '../../src/core/ids.ts'
import { createNodeClient } from '../fixtures/node-client.ts'
import type { NodeClient } from '../fixtures/node-client.ts'
import { spawnNode } from '../fixtures/spawn-node.ts'
import type { SpawnedNode } from '../fixtures/spawn-node.ts'

let folder: string
const nodes: SpawnedNode[] = []
const clients: NodeClient[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-direct-'))
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop()))
  await Promise.all(nodes.splice(0).map((node) => node.end()))
  await rm(folder, { recursive: true, force: true })
})
const start = async (limits: object = {}): Promise<SpawnedNode> => {
  await writeFile(join(folder, 'limits.json'), JSON.stringify(limits))
  const node = await spawnNode({ args: ['--limits', join(folder, 'limits.json')] })
  nodes.push(node)
  return node
}
const client = async (address: string): Promise<NodeClient> => {
  const made = await createNodeClient(address)
  clients.push(made)
  return made
}
const health = async (node: SpawnedNode): Promise<{ connections: number; reservations: number }> =>
  (await fetch(`${node.url}healthz`)).json()
const until = async (what: string, holds: () => Promise<boolean>, ms = 18_000): Promise<void> => {
  const deadline = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
/** A binding request with a user name (RFC 8489 sections 5 and 14.3), as a browser's check begins. */
const check = (userName: string): Buffer => {
  const name = Buffer.from(userName, 'latin1')
  const padded = Buffer.concat([name, Buffer.alloc((4 - (name.length % 4)) % 4)])
  const attribute = Buffer.concat([Buffer.from([0, 6, name.length >> 8, name.length & 255]), padded])
  const header = Buffer.from('000100002112a442b7e7a701bc34d686fa87dfae', 'hex')
  header.writeUInt16BE(attribute.length, 2)
  return Buffer.concat([header, attribute])
}

const secret = 'abcdefghijklmnopqrstuvwxyz'

describe('who knocks', () => {
  test('with version 1 gives one secret for everything, with version 2 a name and a password', () => {
    const own = `libp2p+webrtc+v1/${secret}`
    expect(credentialsIn(`${own}:${own}`)).toEqual({ own, guest: own, guestPassword: own })
    expect(credentialsIn(`libp2p+webrtc+v2/${secret}:x1Y2`)).toEqual({
      own: `libp2p+webrtc+v2/${secret}`,
      guest: 'x1Y2',
      guestPassword: secret,
    })
  })

  test.each([
    ['a version to come', `libp2p+webrtc+v3/${secret}:x1Y2`],
    ['no version', `${secret}:${secret}`],
    ['two names in version 1', `libp2p+webrtc+v1/${secret}:x1Y2`],
    ['a password that is too short', 'libp2p+webrtc+v2/abcdefghijklmnopqrstu:x1Y2'],
    ['a name that is too short', `libp2p+webrtc+v2/${secret}:x1Y`],
    ['a line break', `libp2p+webrtc+v2/${secret}\r\na=candidate:x1Y2`],
    ['a third part', `libp2p+webrtc+v2/${secret}:x1Y2:x1Y2`],
    ['a name without end', `libp2p+webrtc+v2/${'a'.repeat(300)}:x1Y2`],
  ])('with %s is nobody', (_, userName) => {
    expect(credentialsIn(userName)).toBeUndefined()
  })

  test('is read out of the datagram, and out of no noise', () => {
    expect(userNameIn(check('Bob:Alice'))).toBe('Bob:Alice')
    expect(userNameIn(fromHex('000100002112a442b7e7a701bc34d686fa87dfae'))).toBeUndefined()
    expect(userNameIn(check('Bob:Alice').subarray(0, 26))).toBeUndefined()
    fc.assert(fc.property(fc.uint8Array({ minLength: 20, maxLength: 200 }), (bytes) => void userNameIn(bytes)))
  })
})

describe('the certificate', () => {
  test('is good for ten years, and the same as long as the folder is there', async () => {
    const made = await loadWebRtcCertificate(folder)
    expect(await loadWebRtcCertificate(folder)).toEqual(made)
    const certificate = new X509Certificate(made.pem)
    const years = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / (365.25 * 24 * 3_600_000)
    expect(Math.round(years * 10) / 10).toBe(10)
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
    const hash = createHash('sha256').update(certificate.raw).digest()
    expect(made.certhash).toBe(`u${Buffer.concat([Buffer.from([0x12, 0x20]), hash]).toString('base64url')}`)
    // Multiaddrs take it.
    expect(multiaddr(`/ip4/192.0.2.1/udp/1/webrtc-direct/certhash/${made.certhash}`).toString()).toContain(made.certhash)
  })

  test('that is damaged is told in a sentence', async () => {
    await writeFile(join(folder, 'webrtc-direct.pem'), 'nothing')
    await expect(loadWebRtcCertificate(folder)).rejects.toThrow(/damaged/)
  })
})

describe('a guest', () => {
  test('holds a slot, is reached through it, is there after a restart by the same address, and leaves nothing behind', async () => {
    const node = await start()
    const [alice, bob] = [await client(node.webRtcDirect), await client(node.webRtcDirect)]
    await bob.reserve()
    const link = await alice.host.dial(multiaddr(`${node.webRtcDirect}/p2p-circuit/p2p/${bob.host.peerId.toString()}`))
    expect(link.status).toBe('open')
    expect(await node.terminate()).toBe(0)
    await node.revive()
    await until('Bob is back', async () =>
      bob.reserve().then(
        () => true,
        () => false,
      ),
    )
    for (const connection of bob.host.getConnections()) await connection.close()
    await until('nothing is held', async () => {
      const { connections, reservations } = await health(node)
      return connections === 0 && reservations === 0
    })
  })

  test('who is refused by the limits costs nothing but a look', async () => {
    const node = await start({ connections: 1 })
    const alice = await client(node.address)
    await alice.connect()
    const stranger = await client(node.webRtcDirect)
    await expect(stranger.host.dial(multiaddr(node.webRtcDirect), { signal: AbortSignal.timeout(1_500) })).rejects.toThrow(/./)
    expect((await alice.connect()).status).toBe('open')
  })

  test('who knocks and says no more is forgotten, however many do', async () => {
    const node = await start({ guestHandshakeMs: 1_500, pendingGuests: 8 })
    const sockets = Array.from({ length: 40 }, () => createSocket('udp4'))
    for (const [index, socket] of sockets.entries()) socket.send(check(`libp2p+webrtc+v2/${secret}${index}:x1Y2`), node.port, '127.0.0.1')
    try {
      const alice = await client(node.webRtcDirect)
      await until('Alice is let in', async () =>
        alice.reserve().then(
          () => true,
          () => false,
        ),
      )
      expect((await health(node)).connections).toBe(1)
    } finally {
      for (const socket of sockets) socket.close()
    }
  })
})
