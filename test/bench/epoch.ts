// What an epoch costs by the number of devices, with each suite: bytes of its shares, time to seal all of them, time to open one. Measured
// where this runs (Node); the worker of a browser runs the same library.
import { createHpke } from '../../src/adapters/cipher-hpke/hpke.ts'
import { encodeCbor } from '../../src/core/codec/cbor.ts'
import { commitmentOf, shareInfo } from '../../src/core/epoch/epoch.ts'
import { conversationId, deviceId, fromHex } from '../../src/core/ids.ts'
import { maxEventBytes } from '../../src/core/limits.ts'
import { hpkeSuites } from '../../src/ports/cipher.ts'
import { round, table } from './figures.ts'

export interface EpochFigures {
  readonly epochs: readonly {
    readonly suite: string
    readonly devices: number
    /** Of all shares, as they stand in the event. */
    readonly bytes: number
    readonly fitsAnEvent: boolean
    readonly sealMs: number
    readonly openMs: number
  }[]
}

const sizes = [2, 10, 40, 50, 150, 500]

export const benchEpoch = async (): Promise<EpochFigures> => {
  const hpke = createHpke()
  const conversation = conversationId(new Uint8Array(16))
  const maker = deviceId(new Uint8Array(32))
  const epochs = []
  for (const [suite, kem] of Object.entries(hpkeSuites)) {
    const pair = await hpke.generate(kem)
    for (const devices of sizes) {
      const secret = new Uint8Array(32).fill(7)
      const info = shareInfo(conversation, maker, maker)
      const commitment = commitmentOf(secret)
      const shares = []
      const start = performance.now()
      for (let n = 1; n < devices; n++) shares.push(await hpke.seal(kem, pair.publicKey, info, commitment, secret))
      const sealed = performance.now()
      const [first] = shares
      if (first !== undefined) await hpke.open(kem, pair.privateKey, first, info, commitment)
      const opened = performance.now()
      const bytes = encodeCbor(shares.map((share) => [fromHex(maker), new Uint8Array(8), share.enc, share.ciphertext])).length
      epochs.push({
        suite,
        devices,
        bytes,
        fitsAnEvent: bytes < maxEventBytes - 512,
        sealMs: round(sealed - start),
        openMs: round(opened - sealed),
      })
    }
  }
  return { epochs }
}

export const showEpoch = ({ epochs }: EpochFigures): string =>
  table([
    ['suite', 'devices', 'bytes', 'fits', 'seal ms', 'open ms'],
    ...epochs.map(({ suite, devices, bytes, fitsAnEvent, sealMs, openMs }) => [
      suite,
      devices,
      bytes,
      fitsAnEvent ? 'yes' : 'no',
      sealMs,
      openMs,
    ]),
  ])
