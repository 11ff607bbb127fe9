// Copies that were offered to couriers on the links that stand, and what is not answered yet counts as given: so that no copy is given
// twice. In memory only: with its link an offer is void, and a courier who has the envelope says so again when it is offered again.
import type { DeviceId, EnvelopeId } from '../../core/ids.ts'

export interface Offer<Key> {
  /** The row of the envelope. */
  readonly key: Key
  readonly copies: number
}

export interface Offers<Key> {
  /** Offered on the present link already, whatever the answer. */
  isKnown(envelope: EnvelopeId, courier: DeviceId): boolean
  /** Copies under way. */
  outstanding(envelope: EnvelopeId): number
  add(envelope: EnvelopeId, courier: DeviceId, offer: Offer<Key>): void
  /** The offer that a receipt answers; a refusal frees its copies, a kept one stands until it is settled. */
  answered(envelope: EnvelopeId, courier: DeviceId, kept: boolean): Offer<Key> | undefined
  /** The row says it now. */
  settle(envelope: EnvelopeId, courier: DeviceId): void
  /** The link is gone. */
  drop(courier: DeviceId): void
  /** The envelope is gone. */
  forget(envelope: EnvelopeId): void
}

export const createOffers = <Key>(): Offers<Key> => {
  const offersByEnvelope = new Map<EnvelopeId, Map<DeviceId, Offer<Key>>>()
  const free = (envelope: EnvelopeId, courier: DeviceId): void => {
    const offer = offersByEnvelope.get(envelope)?.get(courier)
    if (offer !== undefined) offersByEnvelope.get(envelope)?.set(courier, { ...offer, copies: 0 })
  }
  return {
    isKnown: (envelope, courier) => offersByEnvelope.get(envelope)?.has(courier) ?? false,
    outstanding: (envelope) => [...(offersByEnvelope.get(envelope)?.values() ?? [])].reduce((sum, { copies }) => sum + copies, 0),
    add: (envelope, courier, offer) => {
      offersByEnvelope.set(envelope, (offersByEnvelope.get(envelope) ?? new Map<DeviceId, Offer<Key>>()).set(courier, offer))
    },
    answered: (envelope, courier, kept) => {
      const offer = offersByEnvelope.get(envelope)?.get(courier)
      if (!kept) free(envelope, courier)
      return offer
    },
    settle: free,
    drop: (courier) => {
      for (const [envelope, offers] of offersByEnvelope) if (offers.delete(courier) && offers.size === 0) offersByEnvelope.delete(envelope)
    },
    forget: (envelope) => {
      offersByEnvelope.delete(envelope)
    },
  }
}
