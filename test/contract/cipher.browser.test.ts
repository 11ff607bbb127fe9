// The cipher's promises in a real browser: in a window and in a dedicated worker.
import { expect, test } from 'vitest'
import { createHpke } from '../../src/adapters/cipher-hpke/hpke.ts'
import { createPlatformEd25519 } from '../../src/adapters/cipher-hpke/platform-ed25519.ts'
import { createSigner, nobleEd25519 } from '../../src/adapters/cipher-hpke/signer.ts'
import { hpkeContract, signerContract } from './cipher.contract.ts'
import { hpkeVectors, signerVectors } from './cipher.vectors.ts'
import type { CipherReport } from './cipher.worker.ts'

hpkeContract('the real cipher in a window', () => createHpke())
hpkeVectors('the real cipher in a window')
signerContract('the real cipher in a window', () => createSigner())
signerVectors('the real cipher in a window', () => createSigner())
signerVectors('the real cipher in a window without WebCrypto', () => createSigner(async () => nobleEd25519))

test('this browser has Ed25519 of its own, so that the suites above are about WebCrypto', async () => {
  expect(await createPlatformEd25519()).toBeDefined()
})

test('the real cipher works in a dedicated worker', async () => {
  const worker = new Worker(new URL('./cipher.worker.ts', import.meta.url), { type: 'module' })
  try {
    const report = await new Promise<CipherReport>((resolve, reject) => {
      worker.addEventListener('message', (message: MessageEvent<CipherReport>) => resolve(message.data), { once: true })
      worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true })
    })
    expect(report).toEqual({ opened: ['sealed', 'sealed'], verified: true, refused: true })
  } finally {
    worker.terminate()
  }
})
