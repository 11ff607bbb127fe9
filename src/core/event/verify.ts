// The only door from bytes that somebody sent to events that rules are applied to.
import { fromHex } from '../ids.ts'
import { deviceCardClaims, type SignatureClaim } from '../members/card.ts'
import { err, failure, ok, type Failure, type Result } from '../result.ts'
import { payloadOf, signatureBytes, signedMessage } from './codec.ts'
import type { SignedEvent, VerifiedEvent } from './event.ts'

export type BadSignature = Failure<'bad-signature'>

/** Whether a signature is good; comes from a port, because browsers only verify asynchronously. */
export type SignatureCheck = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>

/** Checks the event's own signature and those of the cards inside it. */
export const verifyEvent = async (event: SignedEvent, check: SignatureCheck): Promise<Result<VerifiedEvent, BadSignature>> => {
  for (const claim of claimsOf(event)) {
    // One after the other: the first bad one ends it, and a flood of bad events costs one check each.
    if (!(await check(claim.publicKey, claim.message, claim.signature))) {
      return err(failure('bad-signature', 'A message with a forged signature was dropped.', 'The signature is not good.'))
    }
  }
  return ok(event as VerifiedEvent)
}

const claimsOf = (event: SignedEvent): readonly SignatureClaim[] => {
  const own: SignatureClaim = {
    publicKey: fromHex(event.device),
    message: signedMessage(payloadOf(event.bytes)),
    signature: event.bytes.subarray(0, signatureBytes),
  }
  switch (event.body.kind) {
    case 'create':
    case 'add':
    case 'apply':
      return [own, ...event.body.person.devices.flatMap(deviceCardClaims)]
    case 'device':
      return [own, ...deviceCardClaims(event.body.device)]
    default:
      return [own]
  }
}
