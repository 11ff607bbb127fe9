// Time and dice come in through ports, so that a simulator can hold both.

export interface Clock {
  /** Milliseconds since 1970, as the device believes. May jump. */
  now(): number
  /** Calls back once after `ms` milliseconds; the returned function takes it back. */
  after(ms: number, call: () => void): () => void
}

export interface Random {
  /** `length` bytes from a cryptographic source. */
  bytes(length: number): Uint8Array
}

export interface ClockDep {
  readonly clock: Clock
}
export interface RandomDep {
  readonly random: Random
}
