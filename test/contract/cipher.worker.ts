// Uses the real cipher inside a dedicated worker and tells the window how it went.
import { createHpke } from '../../src/adapters/cipher-hpke/hpke.ts'
import { createSigner } from '../../src/adapters/cipher-hpke/signer.ts'
import { hpkeSuites } from '../../src/ports/cipher.ts'

export interface CipherReport {
  readonly opened: readonly (string | undefined)[]
  readonly verified: boolean
  readonly refused: boolean
}

const report = async (): Promise<CipherReport> => {
  const [hpke, signer, empty] = [createHpke(), createSigner(), new Uint8Array()]
  const opened: (string | undefined)[] = []
  for (const suite of Object.values(hpkeSuites)) {
    const pair = await hpke.generate(suite)
    const sealed = await hpke.seal(suite, pair.publicKey, empty, empty, new TextEncoder().encode('sealed'))
    const bytes = await hpke.open(suite, pair.privateKey, sealed, empty, empty)
    opened.push(bytes === undefined ? undefined : new TextDecoder().decode(bytes))
  }
  const seed = new Uint8Array(32).fill(4)
  const [key, signature] = [await signer.publicKey(seed), await signer.sign(seed, empty)]
  return {
    opened,
    verified: await signer.verify(key, empty, signature),
    refused: !(await signer.verify(key, new Uint8Array(1), signature)),
  }
}

globalThis.postMessage(await report())
