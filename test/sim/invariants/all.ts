// Everything that must hold in every world.
import { createCausality } from './causality.ts'
import { createClosedDoor } from './closed-door.ts'
import { createCommitBeforeTell } from './commit-before-tell.ts'
import { createConverged } from './converged.ts'
import { createCouriersHonest } from './couriers-honest.ts'
import { createDeliveryHonest } from './delivery-honest.ts'
import { createDisappears } from './disappears.ts'
import { createErased } from './erased.ts'
import { createForkProofs } from './fork-proofs.ts'
import { createGrants } from './grants.ts'
import { createHidden } from './hidden.ts'
import type { CreateInvariant } from './invariant.ts'
import { createInvitesHold } from './invites-hold.ts'
import { createKeysOnce } from './keys-once.ts'
import { createNobodyAccused } from './nobody-accused.ts'
import { createNoPlaintext } from './no-plaintext.ts'
import { createNothingLost } from './nothing-lost.ts'
import { createNothingTwice } from './nothing-twice.ts'
import { createOutboxKept } from './outbox-kept.ts'
import { createRemovalIsFinal } from './removal-is-final.ts'
import { createSendRule } from './send-rule.ts'
import { createTimelineTrue } from './timeline-true.ts'

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
  createErased,
  createDisappears,
  createSendRule,
  createTimelineTrue,
  createRemovalIsFinal,
  createGrants,
  createInvitesHold,
  createOutboxKept,
  createNobodyAccused,
  createHidden,
  createForkProofs,
]
