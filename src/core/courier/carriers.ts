// Who carries an own message, as far as couriers have given receipts: what stands behind the word "Carried". Pure; asked by the queries.
import type { DeviceId } from '../ids.ts'

/** An envelope of one's own, as the one who looks at messages sees it. */
export interface Handed {
  readonly recipient: DeviceId
  /** The last own content event inside. */
  readonly upTo: number
  /** Couriers who gave a receipt. */
  readonly couriers: readonly DeviceId[]
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** Couriers that carry an own message to any of the devices of a person, each once. */
export const carriersOf = (handed: readonly Handed[], devices: readonly DeviceId[], seq: number, now: number): readonly DeviceId[] => {
  const living = handed.filter(({ recipient, upTo, expiresAt }) => devices.includes(recipient) && upTo >= seq && expiresAt > now)
  return [...new Set(living.flatMap(({ couriers }) => couriers))]
}
