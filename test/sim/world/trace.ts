// What happened, as one hash: equal traces, equal worlds. Kept as lines only when somebody wants to read it.
import { createHash } from 'node:crypto'

export interface Trace {
  line(text: string): void
  bytes(label: string, bytes: Uint8Array): void
  /** SHA-256 over everything so far, in hex. */
  hash(): string
  /** Empty unless kept. */
  lines(): readonly string[]
}

export const createTrace = (keep: boolean): Trace => {
  const hash = createHash('sha256')
  const lines: string[] = []
  // Few large updates are much cheaper than many small ones.
  let pending: string[] = []
  const flush = (): void => {
    hash.update(pending.join('\n'))
    pending = []
  }
  const line = (text: string): void => {
    pending.push(text)
    if (keep) lines.push(text)
    if (pending.length > 1_000) flush()
  }
  return {
    line,
    bytes: (label, bytes) => {
      line(`${label} ${bytes.length}`)
      flush()
      hash.update(bytes)
    },
    hash: () => {
      flush()
      return hash.copy().digest('hex')
    },
    lines: () => lines,
  }
}
