// Content into an envelope and out of it: signed by this device, sealed by HPKE to a one-time key, bound to what can be read outside.
import { contentMessage, decodeContent, encodeContent, encodeContentPayload, type Content } from '../../core/courier/content.ts'
import { encodeEnvelope, encodeHead, padContent, unpadContent, type Envelope, type EnvelopeHead } from '../../core/courier/envelope.ts'
import type { PublicKey } from '../../core/courier/one-time-keys.ts'
import { domain } from '../../core/codec/bytes.ts'
import { hpkeSuites } from '../../ports/cipher.ts'
import type { Session } from '../session.ts'

const info = domain('courier-envelope/1')

type SealDeps = Pick<Session, 'signer' | 'hpke' | 'deviceSeed'>

/** `undefined` when the content fits into no envelope or the key is none. */
export const wrap = async (
  { signer, hpke, deviceSeed }: SealDeps,
  content: Content,
  head: Omit<EnvelopeHead, 'key'>,
  to: PublicKey,
): Promise<Uint8Array | undefined> => {
  const payload = encodeContentPayload(content)
  const padded = padContent(encodeContent(await signer.sign(deviceSeed, contentMessage(payload)), payload))
  if (padded === undefined) return undefined
  const whole: EnvelopeHead = { ...head, key: to.name }
  try {
    const { enc, ciphertext } = await hpke.seal(hpkeSuites.x25519, to.key, info, encodeHead(whole), padded)
    return encodeEnvelope({ ...whole, enc, ciphertext })
  } catch (error) {
    // Whoever gives a key that is none harms only mail for themselves.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** What was sealed: content of a verified writer, `forged` when somebody else wrote it, `shut` when the key does not fit. */
export const unwrap = async (
  { signer, hpke }: Pick<Session, 'signer' | 'hpke'>,
  envelope: Envelope,
  privateKey: Uint8Array,
): Promise<Content | 'forged' | 'shut'> => {
  const padded = await hpke.open(hpkeSuites.x25519, privateKey, envelope, info, encodeHead(envelope))
  if (padded === undefined) return 'shut'
  const unpadded = unpadContent(padded)
  const decoded = unpadded.ok ? decodeContent(unpadded.value) : unpadded
  if (!decoded.ok) return 'forged'
  const { content, claim } = decoded.value
  return (await signer.verify(claim.publicKey, claim.message, claim.signature)) ? content : 'forged'
}
