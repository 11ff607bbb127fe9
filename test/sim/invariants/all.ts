// Everything that must hold in every world.
import { createCausality } from './causality.ts'
import { createClosedDoor } from './closed-door.ts'
import { createCommitBeforeTell } from './commit-before-tell.ts'
import { createConverged } from './converged.ts'
import { createCouriersHonest } from './couriers-honest.ts'
import { createDeliveryHonest } from './delivery-honest.ts'
import type { CreateInvariant } from './invariant.ts'
import { createKeysOnce } from './keys-once.ts'
import { createNoPlaintext } from './no-plaintext.ts'
import { createNothingLost } from './nothing-lost.ts'
import { createNothingTwice } from './nothing-twice.ts'

/** "Never a crash" and "quiet end" belong to the run itself; "fences" is all of these holding while a stranger throws garbage about. */
export const invariants: readonly CreateInvariant[] = [
  createConverged,
  createNothingLost,
  createNothingTwice,
  createCausality,
  createClosedDoor,
  createCommitBeforeTell,
  createCouriersHonest,
  createDeliveryHonest,
  createNoPlaintext,
  createKeysOnce,
]
