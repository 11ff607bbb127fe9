// Devices and their newest HPKE keys: a device's later card replaces its earlier one; ties go to the larger announcement; a
// device that was revoked is gone for good.
import { compareIds, toHex, type DeviceId, type IdentityId } from '../../ids.ts'
import { maxDevicesPerPerson } from '../../limits.ts'
import type { VerifiedEvent } from '../../event/event.ts'
import type { DeviceCard } from '../card.ts'

export const resolveDevices = (ops: readonly VerifiedEvent[]): ReadonlyMap<IdentityId, ReadonlyMap<DeviceId, DeviceCard>> => {
  const cards = new Map<IdentityId, Map<DeviceId, DeviceCard>>()
  const revoked = new Set(ops.flatMap((op) => (op.body.kind === 'revoke' ? [op.body.device] : [])))
  for (const card of ops.flatMap(cardsIn)) {
    if (revoked.has(card.device)) continue
    const own = cards.get(card.identity) ?? new Map<DeviceId, DeviceCard>()
    cards.set(card.identity, own)
    const known = own.get(card.device)
    if (known === undefined ? own.size < maxDevicesPerPerson : isNewer(card, known)) own.set(card.device, card)
  }
  return cards
}

const cardsIn = (op: VerifiedEvent): readonly DeviceCard[] => {
  if (op.body.kind === 'create' || op.body.kind === 'add') return op.body.person.devices
  return op.body.kind === 'device' ? [op.body.device] : []
}

/** Devices as members list them. */
export const inOrder = (cards: Iterable<DeviceCard>): readonly DeviceCard[] => [...cards].toSorted((a, b) => (a.device < b.device ? -1 : 1))

/** Whose each device is. A certificate is the identity's own word, and a device that two identities certify stays with the first in order. */
export const resolveOwners = (ops: readonly VerifiedEvent[]): ReadonlyMap<DeviceId, IdentityId> => {
  const owners = new Map<DeviceId, IdentityId>()
  for (const { device, identity } of ops.flatMap(cardsIn)) if (!owners.has(device)) owners.set(device, identity)
  return owners
}

/** Whether `a` replaces `b`, a card of the same device. */
export const isNewer = (a: DeviceCard, b: DeviceCard): boolean =>
  a.createdAt > b.createdAt || (a.createdAt === b.createdAt && compareIds(toHex(a.announcement), toHex(b.announcement)) > 0)
