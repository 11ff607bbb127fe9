// Every planted bug.
import { courierMutants } from './couriers.ts'
import { keyMutants } from './keys.ts'
import { logMutants } from './log.ts'
import { memberMutants } from './members.ts'
import type { Mutant } from './mutant.ts'
import { storeMutants } from './store.ts'
import { syncMutants } from './sync.ts'
import { timelineMutants } from './timeline.ts'

export const mutants: readonly Mutant[] = [
  ...logMutants,
  ...memberMutants,
  ...keyMutants,
  ...storeMutants,
  ...syncMutants,
  ...timelineMutants,
  ...courierMutants,
]
