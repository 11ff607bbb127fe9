// The cipher's promises in Node: the real one with WebCrypto, the real one with the library alone, and the simulator's.
import { expect, test } from 'vitest'
import type { KemInterface } from '@hpke/core'
import { XWing } from '@hpke/hybridkem-x-wing'
import { sha256 } from '@noble/hashes/sha2.js'
import { createHpke } from '../../src/adapters/cipher-hpke/hpke.ts'
import { createPlatformEd25519 } from '../../src/adapters/cipher-hpke/platform-ed25519.ts'
import { createPlatformX25519, libraryX25519 } from '../../src/adapters/cipher-hpke/x25519.ts'
import { createSigner, nobleEd25519 } from '../../src/adapters/cipher-hpke/signer.ts'
import { fromHex, toHex } from '../../src/core/ids.ts'
import { hpkeSuites } from '../../src/ports/cipher.ts'
import type { Random } from '../../src/ports/clock.ts'
import { createTestCipherWorld } from '../fixtures/test-cipher.ts'
import { hpkeContract, signerContract } from './cipher.contract.ts'
import { hpkeVectors, signerVectors } from './cipher.vectors.ts'

const counting = (start: number): Random => {
  let count = start
  return { bytes: (length) => new Uint8Array(length).map((_, i) => sha256(Uint8Array.of(count++ & 255, count >> 8, i))[0]!) }
}

hpkeContract('the real cipher in Node', () => createHpke())
hpkeVectors('the real cipher in Node')
hpkeContract('the real cipher with the library’s X25519', () => createHpke(undefined, async () => libraryX25519()))
signerContract('the real cipher in Node', () => createSigner())
signerVectors('the real cipher in Node', () => createSigner())
signerContract('the real cipher without WebCrypto', () => createSigner(async () => nobleEd25519))
signerVectors('the real cipher without WebCrypto', () => createSigner(async () => nobleEd25519))

const world = createTestCipherWorld('contract')
hpkeContract('the quick cipher', () => world.hpke(counting(1)))
signerContract('the quick cipher', () => world.signer)

test('Node has Ed25519 of its own, so that the first suite above is about WebCrypto', async () => {
  expect(await createPlatformEd25519()).toBeDefined()
})

test('Node has X25519 of its own, and it seals the same bytes as the library', async () => {
  const platform = await createPlatformX25519()
  expect(platform).toBeDefined()
  const run = async (kem: () => Promise<KemInterface>) => {
    const hpke = createHpke(counting(5), kem)
    const pair = await hpke.generate(hpkeSuites.x25519)
    return { pair, sealed: await hpke.seal(hpkeSuites.x25519, pair.publicKey, new Uint8Array(1), new Uint8Array(2), new Uint8Array(3)) }
  }
  expect(await run(async () => platform!)).toEqual(await run(async () => libraryX25519()))
})

test('the first vector of the X-Wing draft comes out of the library', async () => {
  const kem = new XWing()
  const pair = await kem.generateKeyPairDerand(fromHex('7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26'))
  const ekm = fromHex(
    '3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2',
  )
  const { sharedSecret, enc } = await kem.encap({ recipientPublicKey: pair.publicKey, ekm })
  expect(toHex(new Uint8Array(sharedSecret))).toBe('d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384')
  expect(toHex(new Uint8Array(await kem.decap({ recipientKey: pair.privateKey, enc })))).toBe(toHex(new Uint8Array(sharedSecret)))
})

test('the same dice give the same bytes, with the real cipher and with the quick one', async () => {
  for (const make of [createHpke, (random: Random) => world.hpke(random)]) {
    const run = async () => {
      const hpke = make(counting(77))
      const pair = await hpke.generate(hpkeSuites.xWing)
      return { pair, sealed: await hpke.seal(hpkeSuites.xWing, pair.publicKey, new Uint8Array(1), new Uint8Array(2), new Uint8Array(3)) }
    }
    expect(await run()).toEqual(await run())
  }
})

test('nobody of another world opens or forges with the quick cipher', async () => {
  const other = createTestCipherWorld('other')
  const [seed, message] = [new Uint8Array(32).fill(3), Uint8Array.of(1, 2, 3)]
  expect(await world.signer.verify(await world.signer.publicKey(seed), message, await other.signer.sign(seed, message))).toBe(false)
})
