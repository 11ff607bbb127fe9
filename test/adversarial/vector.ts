// What a vector of the corpus is: something hostile that a real device must refuse, and what everybody who reads it must call it.
import type { Stage, Throw } from './stage.ts'

/** The typed errors of core, in the words of the failures that say them; and what the doors of the services say where core is not asked. */
export type Verdict =
  // Formats: no byte of it is looked at twice.
  | 'malformed'
  // Whoever says it has no part in the conversation.
  | 'unheard'
  | 'bad-signature'
  | 'elsewhere'
  // Its place in the log.
  | 'known'
  | 'early'
  | 'fork'
  | 'broken'
  | 'contradicts'
  // Its author's right.
  | 'not-a-member'
  | 'not-allowed'
  | 'not-a-beginning'
  // Sealed: no key for it, or the key does not fit, or what is inside is not what the outside says.
  | 'no-key'
  | 'shut'
  | 'mislabelled'
  // Invites: answered with a reason, or not at all.
  | 'refused: unknown'
  | 'refused: expired'
  | 'refused: used'
  | 'refused: full'
  | 'refused: approval'
  | 'refused: declined'
  | 'unanswered'
  // Couriers: given back, or dropped without a word.
  | 'not-kept'
  // Taken in and of no effect: the lie is about nobody but the liar.
  | 'without-effect'
  // The log takes it, and everybody reads it as void, or as nothing that changes who belongs.
  | 'taken'

export interface Vector<S = Stage> {
  /** What is wrong with it, as a sentence's end: "an event that ...". */
  readonly name: string
  readonly expected: Verdict
  /** Prepares the world, honestly: a role that is given, a device that restarts. */
  readonly before?: (stage: S) => Promise<void>
  readonly make: (stage: S) => Promise<Throw> | Throw
  /**
   * Kept in the `log`, because everybody must hold the same, and of no account: nothing that is seen changes, and no keys are taken from it;
   * or only `keys` are, and never used. Not counted among those that change no row.
   */
  readonly changes?: 'log' | 'keys'
  /** Fork proofs that must be kept because of it; none unless said. */
  readonly proofs?: number
  /** Clears away what the vector leaves in memory, such as events that wait. */
  readonly after?: (stage: S) => Promise<void>
}

export interface VectorClass {
  readonly name: string
  /** All of them come one after the other in one world. */
  readonly vectors: readonly Vector[]
  /** What is like them and good: must be taken and change the state, else the vectors would prove nothing. */
  readonly controls: readonly Vector[]
}
