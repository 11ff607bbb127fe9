// The keys that handshakes begin with: made by the browser, each for one handshake, and by the library where the browser cannot.
import { x25519 } from '@noble/curves/ed25519.js'
import { pureJsCrypto } from '@libp2p/noise'
import { afterEach, expect, test, vi } from 'vitest'
import { noiseCrypto } from '../../src/adapters/network-libp2p/handshake-keys.ts'
import { toHex } from '../../src/core/ids.ts'

afterEach(() => vi.restoreAllMocks())

test('many handshakes at once and one after another each have a key pair of their own, whose halves belong together', async () => {
  const library = vi.spyOn(pureJsCrypto, 'generateX25519KeyPair')
  const crypto = await noiseCrypto()
  const pairs = Array.from({ length: 12 }, () => crypto.generateX25519KeyPair())
  await vi.waitFor(() => {
    const asked = library.mock.calls.length
    pairs.push(crypto.generateX25519KeyPair())
    expect(library.mock.calls.length).toBe(asked)
  })
  for (const { privateKey, publicKey } of pairs) expect(toHex(publicKey)).toBe(toHex(x25519.getPublicKey(privateKey)))
  expect(new Set(pairs.map(({ privateKey }) => toHex(privateKey))).size).toBe(pairs.length)
})

test('the first handshakes wait for no table of the library', async () => {
  const crypto = await noiseCrypto()
  const library = vi.spyOn(pureJsCrypto, 'generateX25519KeyPair')
  for (let handshake = 0; handshake < 8; handshake += 1) crypto.generateX25519KeyPair()
  expect(library).not.toHaveBeenCalled()
})

test('a browser without X25519 has the keys of the library', async () => {
  vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(new DOMException('no such algorithm', 'NotSupportedError'))
  expect(await noiseCrypto()).toBe(pureJsCrypto)
})
