// The rendezvous point against an exchange that was written out by hand from the specification: other implementations' clients send these
// bytes, and expect those.
import { readFileSync } from 'node:fs'
import { byteStream } from '@libp2p/utils'
import { expect, test } from 'vitest'
import { fromHex, toHex } from '../../src/core/ids.ts'
import { rendezvousProtocol } from '../../src/core/wire/protocol-ids.ts'
import { createNodeClient } from '../fixtures/node-client.ts'
import { spawnNode } from '../fixtures/spawn-node.ts'

interface Vectors {
  readonly seed: string
  readonly peerIdMultihash: string
  readonly exchange: readonly { readonly says: string; readonly request: string; readonly answer: string }[]
}

/** Hexadecimal digits of a cookie. */
const cookieDigits = 32
const { seed, peerIdMultihash, exchange } = JSON.parse(
  readFileSync(new URL('rendezvous-exchange.json', import.meta.url), 'utf8'),
) as Vectors

test('the node answers the exchange of the specification byte for byte', async () => {
  const node = await spawnNode()
  const alice = await createNodeClient(node.address, { seed: fromHex(seed) })
  try {
    expect(toHex(alice.host.peerId.toMultihash().bytes)).toBe(peerIdMultihash)
    const bytes = byteStream(await (await alice.connect()).newStream(rendezvousProtocol))
    let cookie = ''
    for (const { says, request, answer } of exchange) {
      await bytes.write(fromHex(request.replace('COOKIE', cookie)))
      const expected = answer.length / 2 + (answer.includes('COOKIE') ? cookieDigits / 2 - 3 : 0)
      if (expected === 0) continue
      const got = toHex((await bytes.read({ bytes: expected, signal: AbortSignal.timeout(5_000) })).subarray())
      const at = answer.indexOf('COOKIE')
      if (at !== -1) cookie = got.slice(at, at + cookieDigits)
      expect(`${says}: ${got}`).toBe(`${says}: ${answer.replace('COOKIE', cookie)}`)
    }
  } finally {
    await alice.stop()
    await node.end()
  }
})
