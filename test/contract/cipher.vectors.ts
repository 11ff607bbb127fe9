// Published vectors that the real cipher must meet, wherever it runs.
import { expect, test } from 'vitest'
import { createHpke } from '../../src/adapters/cipher-hpke/hpke.ts'
import { fromHex, toHex } from '../../src/core/ids.ts'
import { hpkeSuites, type Signer } from '../../src/ports/cipher.ts'
import type { Random } from '../../src/ports/clock.ts'

/** RFC 8032, section 7.1: tests 1, 2, 3: seed, public key, message, signature. */
const rfc8032 = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const

/** RFC 8032 vectors, and keys and signatures on which implementations are known to differ. */
export const signerVectors = (name: string, createSigner: () => Signer): void => {
  test(`${name}: the signatures of RFC 8032 come out byte by byte`, async () => {
    const signer = createSigner()
    for (const [seed, publicKey, message, signature] of rfc8032) {
      expect(toHex(await signer.publicKey(fromHex(seed)))).toBe(publicKey)
      expect(toHex(await signer.sign(fromHex(seed), fromHex(message)))).toBe(signature)
      expect(await signer.verify(fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(true)
    }
  })

  test(`${name}: a second signature made by adding the group order to S is refused`, async () => {
    const [, publicKey, message, signature] = rfc8032[1]
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const s = BigInt(`0x${toHex(fromHex(signature).slice(32).toReversed())}`) + order
    const other = fromHex(s.toString(16).padStart(64, '0')).toReversed()
    const signer = createSigner()
    expect(await signer.verify(fromHex(publicKey), fromHex(message), fromHex(signature.slice(0, 64) + toHex(other)))).toBe(false)
  })

  test(`${name}: keys of small order sign nothing`, async () => {
    const signer = createSigner()
    const smallOrder = [
      '0100000000000000000000000000000000000000000000000000000000000000',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      '0000000000000000000000000000000000000000000000000000000000000080',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    ]
    for (const key of smallOrder) {
      // R the neutral element and S zero: the equation of RFC 8032 holds for every message.
      const signature = fromHex(`01${'00'.repeat(63)}`)
      expect(await signer.verify(fromHex(key), fromHex('72'), signature)).toBe(false)
    }
  })
}

/** RFC 9180, appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode, sequence number 0. */
const rfc9180 = {
  ikmE: '909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b',
  enc: '1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a',
  ikmR: '1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df',
  publicKey: '4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a',
  privateKey: '8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb',
  info: '4f6465206f6e2061204772656369616e2055726e',
  aad: '436f756e742d30',
  plaintext: '4265617574792069732074727574682c20747275746820626561757479',
  ciphertext: '1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28',
} as const

const given = (hex: string): Random => ({
  bytes: (length) => {
    const bytes = fromHex(hex)
    if (bytes.length !== length) throw new RangeError(`asked for ${length} bytes, the vector has ${bytes.length}`)
    return bytes
  },
})

/** RFC 9180 through the port, and the X-Wing draft's first vector through the same library. */
export const hpkeVectors = (name: string): void => {
  test(`${name}: RFC 9180 appendix A.2.1 comes out byte by byte`, async () => {
    const pair = await createHpke(given(rfc9180.ikmR)).generate(hpkeSuites.x25519)
    expect([toHex(pair.publicKey), toHex(pair.privateKey)]).toEqual([rfc9180.publicKey, rfc9180.privateKey])
    const hpke = createHpke(given(rfc9180.ikmE))
    const [info, aad, plaintext] = [fromHex(rfc9180.info), fromHex(rfc9180.aad), fromHex(rfc9180.plaintext)]
    const sealed = await hpke.seal(hpkeSuites.x25519, pair.publicKey, info, aad, plaintext)
    expect([toHex(sealed.enc), toHex(sealed.ciphertext)]).toEqual([rfc9180.enc, rfc9180.ciphertext])
    expect(await hpke.open(hpkeSuites.x25519, pair.privateKey, sealed, info, aad)).toEqual(plaintext)
  })
}
