// What every `Hpke` and `Signer` promises. Run by the real cipher in Node, in a window and in a worker, and by the simulator's quick one.
import { describe, expect, test } from 'vitest'
import { hpkeSuites, type Hpke, type HpkeSuite, type Signer } from '../../src/ports/cipher.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value)
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
const info = bytesOf('parley test')
const aad = bytesOf('bound')

/** The promises of `Hpke`. */
export const hpkeContract = (name: string, createHpke: () => Hpke): void => {
  const suites: readonly (readonly [string, HpkeSuite, number, number])[] = [
    ['X-Wing', hpkeSuites.xWing, 1_216, 1_120],
    ['X25519', hpkeSuites.x25519, 32, 32],
  ]
  describe.each(suites)(`${name}: HPKE with %s`, (_, suite, publicKeyBytes, encBytes) => {
    const hpke = createHpke()

    test('Bob opens what Alice sealed to his public key', async () => {
      const bob = await hpke.generate(suite)
      const sealed = await hpke.seal(suite, bob.publicKey, info, aad, bytesOf('a secret'))
      expect(await hpke.open(suite, bob.privateKey, sealed, info, aad)).toEqual(bytesOf('a secret'))
    })

    test('keys and encapsulations have the sizes of the suite, and the plaintext grows by 16 bytes', async () => {
      const bob = await hpke.generate(suite)
      const sealed = await hpke.seal(suite, bob.publicKey, info, aad, filled(33, 7))
      expect([bob.suite, bob.publicKey.length, bob.privateKey.length]).toEqual([suite, publicKeyBytes, 32])
      expect([sealed.enc.length, sealed.ciphertext.length]).toEqual([encBytes, 49])
    })

    test('an empty and a large plaintext both make the way', async () => {
      const bob = await hpke.generate(suite)
      for (const plaintext of [filled(0, 0), filled(70_000, 9)]) {
        const sealed = await hpke.seal(suite, bob.publicKey, info, aad, plaintext)
        expect(await hpke.open(suite, bob.privateKey, sealed, info, aad)).toEqual(plaintext)
      }
    })

    test('Carol opens nothing that was sealed to Bob', async () => {
      const [bob, carol] = [await hpke.generate(suite), await hpke.generate(suite)]
      const sealed = await hpke.seal(suite, bob.publicKey, info, aad, bytesOf('a secret'))
      expect(await hpke.open(suite, carol.privateKey, sealed, info, aad)).toBeUndefined()
    })

    test('nothing opens under another info, another aad, or with any part changed or cut', async () => {
      const bob = await hpke.generate(suite)
      const sealed = await hpke.seal(suite, bob.publicKey, info, aad, bytesOf('a secret'))
      const open = (enc: Uint8Array, ciphertext: Uint8Array, i = info, a = aad) =>
        hpke.open(suite, bob.privateKey, { enc, ciphertext }, i, a)
      const { enc, ciphertext } = sealed
      expect(await open(enc, ciphertext, bytesOf('other'))).toBeUndefined()
      expect(await open(enc, ciphertext, info, bytesOf('other'))).toBeUndefined()
      expect(await open(flipped(enc, 0), ciphertext)).toBeUndefined()
      expect(await open(flipped(enc, enc.length - 2), ciphertext)).toBeUndefined()
      expect(await open(enc, flipped(ciphertext, 0))).toBeUndefined()
      expect(await open(enc, flipped(ciphertext, ciphertext.length - 1))).toBeUndefined()
      expect(await open(enc, ciphertext.subarray(1))).toBeUndefined()
      expect(await open(enc.subarray(1), ciphertext)).toBeUndefined()
      expect(await open(filled(0, 0), filled(0, 0))).toBeUndefined()
      expect(await open(filled(encBytes, 0), ciphertext)).toBeUndefined()
    })

    test('a private key of the wrong length opens nothing and throws nothing', async () => {
      const bob = await hpke.generate(suite)
      const sealed = await hpke.seal(suite, bob.publicKey, info, aad, bytesOf('a secret'))
      expect(await hpke.open(suite, bob.privateKey.subarray(1), sealed, info, aad)).toBeUndefined()
      expect(await hpke.open(suite, filled(0, 0), sealed, info, aad)).toBeUndefined()
    })

    test('sealing to a malformed public key throws RangeError', async () => {
      const malformed = [filled(0, 0), filled(publicKeyBytes - 1, 1), filled(publicKeyBytes + 1, 1)]
      // Coefficients beyond the modulus make an ML-KEM key malformed (FIPS 203, section 7.2); every 32 bytes are an X25519 key.
      if (suite === hpkeSuites.xWing) malformed.push(filled(publicKeyBytes, 0xff))
      for (const publicKey of malformed) {
        await expect(hpke.seal(suite, publicKey, info, aad, bytesOf('x'))).rejects.toBeInstanceOf(RangeError)
      }
    })

    test('the same plaintext never looks the same twice', async () => {
      const bob = await hpke.generate(suite)
      const [one, two] = [
        await hpke.seal(suite, bob.publicKey, info, aad, bytesOf('a secret')),
        await hpke.seal(suite, bob.publicKey, info, aad, bytesOf('a secret')),
      ]
      expect(one.enc).not.toEqual(two.enc)
      expect(one.ciphertext).not.toEqual(two.ciphertext)
    })

    test('no input is changed, and a part of a larger buffer will do', async () => {
      const bob = await hpke.generate(suite)
      const room = filled(publicKeyBytes + 64, 0xaa)
      room.set(bob.publicKey, 32)
      const inputs = [
        room.subarray(32, 32 + publicKeyBytes),
        bob.privateKey,
        Uint8Array.from(info),
        Uint8Array.from(aad),
        bytesOf('a secret'),
      ] as const
      const before = inputs.map((bytes) => Uint8Array.from(bytes))
      const sealed = await hpke.seal(suite, inputs[0], inputs[2], inputs[3], inputs[4])
      const [enc, ciphertext] = [Uint8Array.from(sealed.enc), Uint8Array.from(sealed.ciphertext)]
      expect(await hpke.open(suite, inputs[1], sealed, inputs[2], inputs[3])).toEqual(bytesOf('a secret'))
      expect(inputs.map((bytes) => Uint8Array.from(bytes))).toEqual(before)
      expect([sealed.enc, sealed.ciphertext]).toEqual([enc, ciphertext])
    })

    test('many at once do not disturb each other', async () => {
      const people = await Promise.all([1, 2, 3, 4, 5].map(() => hpke.generate(suite)))
      const sealed = await Promise.all(people.map((person, i) => hpke.seal(suite, person.publicKey, info, aad, filled(i + 1, i))))
      const opened = await Promise.all(people.map((person, i) => hpke.open(suite, person.privateKey, sealed[i]!, info, aad)))
      expect(opened).toEqual(people.map((_, i) => filled(i + 1, i)))
    })
  })

  test(`${name}: a key of one suite opens nothing of the other`, async () => {
    const hpke = createHpke()
    const [bob, other] = [await hpke.generate(hpkeSuites.x25519), await hpke.generate(hpkeSuites.xWing)]
    const sealed = await hpke.seal(hpkeSuites.x25519, bob.publicKey, info, aad, bytesOf('a secret'))
    expect(await hpke.open(hpkeSuites.xWing, bob.privateKey, sealed, info, aad)).toBeUndefined()
    expect(await hpke.open(hpkeSuites.x25519, other.privateKey, sealed, info, aad)).toBeUndefined()
  })
}

/** The promises of `Signer`. */
export const signerContract = (name: string, createSigner: () => Signer): void => {
  describe(`${name}: signatures`, () => {
    const signer = createSigner()
    const [aliceSeed, bobSeed] = [filled(32, 1), filled(32, 2)]
    const message = bytesOf('I said this')

    test('Alice signs and everyone can tell', async () => {
      const signature = await signer.sign(aliceSeed, message)
      expect(signature.length).toBe(64)
      expect(await signer.verify(await signer.publicKey(aliceSeed), message, signature)).toBe(true)
    })

    test('signing is deterministic and keys follow from seeds', async () => {
      expect(await signer.sign(aliceSeed, message)).toEqual(await signer.sign(aliceSeed, message))
      expect((await signer.publicKey(aliceSeed)).length).toBe(32)
      expect(await signer.publicKey(aliceSeed)).not.toEqual(await signer.publicKey(bobSeed))
    })

    test('the empty message can be signed', async () => {
      const signature = await signer.sign(aliceSeed, filled(0, 0))
      expect(await signer.verify(await signer.publicKey(aliceSeed), filled(0, 0), signature)).toBe(true)
    })

    test('a changed message, signature or key is refused', async () => {
      const [alice, bob] = [await signer.publicKey(aliceSeed), await signer.publicKey(bobSeed)]
      const signature = await signer.sign(aliceSeed, message)
      expect(await signer.verify(alice, flipped(message, 3), signature)).toBe(false)
      expect(await signer.verify(alice, message.subarray(1), signature)).toBe(false)
      expect(await signer.verify(bob, message, signature)).toBe(false)
      for (const at of [0, 31, 32, 63]) expect(await signer.verify(alice, message, flipped(signature, at))).toBe(false)
    })

    test('whatever the bytes, verify says no and throws nothing', async () => {
      const alice = await signer.publicKey(aliceSeed)
      const signature = await signer.sign(aliceSeed, message)
      for (const key of [filled(0, 0), filled(31, 1), filled(33, 1), filled(32, 0), filled(32, 0xff), alice.subarray(1)]) {
        expect(await signer.verify(key, message, signature)).toBe(false)
      }
      for (const bytes of [filled(0, 0), filled(63, 1), filled(65, 1), filled(64, 0), filled(64, 0xff)]) {
        expect(await signer.verify(alice, message, bytes)).toBe(false)
      }
    })

    test('no input is changed', async () => {
      const [seed, text] = [filled(32, 5), bytesOf('still')]
      const key = await signer.publicKey(seed)
      const signature = await signer.sign(seed, text)
      const kept = Uint8Array.from(signature)
      await signer.verify(key, text, signature)
      expect([seed, text, signature]).toEqual([filled(32, 5), bytesOf('still'), kept])
    })
  })
}
