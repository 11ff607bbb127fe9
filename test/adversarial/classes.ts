// All classes of the corpus, in the order of Alice's doors.
import { chains } from './classes/chains.ts'
import { clocks } from './classes/clocks.ts'
import { deps } from './classes/deps.ts'
import { encoding } from './classes/encoding.ts'
import { equivocation } from './classes/equivocation.ts'
import { replay } from './classes/replay.ts'
import { signatures } from './classes/signatures.ts'
import type { VectorClass } from './vector.ts'

export const classes: readonly VectorClass[] = [encoding, signatures, chains, equivocation, replay, deps, clocks]
