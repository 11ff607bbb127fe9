// All classes of the corpus, in the order of Alice's doors.
import { chains } from './classes/chains.ts'
import { clocks } from './classes/clocks.ts'
import { couriers } from './classes/couriers.ts'
import { deps } from './classes/deps.ts'
import { doors } from './classes/doors.ts'
import { encoding } from './classes/encoding.ts'
import { epochs } from './classes/epochs.ts'
import { equivocation } from './classes/equivocation.ts'
import { fading } from './classes/fading.ts'
import { members } from './classes/members.ts'
import { parted } from './classes/parted.ts'
import { replay } from './classes/replay.ts'
import { rights } from './classes/rights.ts'
import { signatures } from './classes/signatures.ts'
import { sync } from './classes/sync.ts'
import { texts } from './classes/texts.ts'
import type { VectorClass } from './vector.ts'

export const classes: readonly VectorClass[] = [
  encoding,
  signatures,
  chains,
  equivocation,
  replay,
  deps,
  clocks,
  epochs,
  parted,
  rights,
  members,
  texts,
  fading,
  sync,
  doors,
  couriers,
]
