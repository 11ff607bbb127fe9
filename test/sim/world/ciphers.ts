// Which cipher a world uses: the quick one, or the real one fed from the world's dice.
import { createHpke } from '../../../src/adapters/cipher-hpke/hpke.ts'
import { createSigner } from '../../../src/adapters/cipher-hpke/signer.ts'
import type { Hpke, Signer } from '../../../src/ports/cipher.ts'
import type { Random } from '../../../src/ports/clock.ts'
import { createTestCipherWorld } from '../../fixtures/test-cipher.ts'
import { hashForReal } from './hashes.ts'
import type { Scheduler } from './scheduler.ts'

export interface Ciphers {
  readonly signer: Signer
  hpke(random: Random): Hpke
}

export const createCiphers = (seed: number, isReal: boolean, scheduler: Scheduler): Ciphers => {
  hashForReal(isReal)
  if (!isReal) return createTestCipherWorld(String(seed))
  // WebCrypto answers outside of virtual time, so time stands still until it has.
  const held = <T>(work: Promise<T>): Promise<T> => {
    scheduler.hold(work)
    return work
  }
  const signer = createSigner()
  return {
    signer: {
      publicKey: (signingSeed) => held(signer.publicKey(signingSeed)),
      sign: (signingSeed, message) => held(signer.sign(signingSeed, message)),
      verify: (publicKey, message, signature) => held(signer.verify(publicKey, message, signature)),
    },
    hpke: (random) => {
      const hpke = createHpke(random)
      return {
        generate: (suite) => held(hpke.generate(suite)),
        seal: (...given) => held(hpke.seal(...given)),
        open: (...given) => held(hpke.open(...given)),
      }
    },
  }
}
