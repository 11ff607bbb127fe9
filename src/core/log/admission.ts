// Whether an event can take its place in the log now: only after everything that it names as its past.
import { lanes, type Dep, type EventFields, type Head, type SignedEvent } from '../event/event.ts'
import { chainKey, heldSeq, type Chains } from './chains.ts'

export type Admission =
  | { readonly kind: 'next' }
  /** Held already, or below the floor. */
  | { readonly kind: 'known' }
  /** Something before it has not come yet. */
  | { readonly kind: 'early' }
  /** It continues another chain than the one that is held: its author told different people different things. */
  | { readonly kind: 'fork' }
  /** Breaks a rule that everyone can check: its clock does not run ahead of its own chain. */
  | { readonly kind: 'broken' }

/**
 * `impatient`: what was said and named does not have to be held any more. Its only holder may be gone for ever (a member who left, a
 * device that was lost), and nobody's words may wait for that. Order does not suffer: clocks run ahead of all that was seen. The own
 * chain and the members lane are never let off, since rights are judged by them.
 *
 * Which of two forked events another author names is no reason to refuse: whoever was lied to says what they saw, and proof lies in the
 * liar's own chain alone.
 */
export type Patience = 'patient' | 'impatient'

export const admit = (chains: Chains, event: EventFields, patience: Patience = 'patient'): Admission => {
  const own = chains.get(chainKey(event.lane, event.device))
  if (event.seq <= (own?.seq ?? 0)) return { kind: 'known' }
  if (event.seq > (own?.seq ?? 0) + 1) return { kind: 'early' }
  if (own !== undefined && event.prev !== own.id) return { kind: 'fork' }
  if (own !== undefined && event.hlc <= own.hlc) return { kind: 'broken' }
  const isAwaited = (dep: Dep) => patience === 'patient' || dep.lane === lanes.members
  const isEarly = event.deps.some((dep) => isAwaited(dep) && heldSeq(chains, dep.lane, dep.device) < dep.seq)
  return { kind: isEarly ? 'early' : 'next' }
}

/** The heads of a lane after an event: it replaces those that it names. */
export const advanceHeads = (heads: readonly Head[], event: SignedEvent): readonly Head[] => {
  const seen = (head: Head) =>
    (head.device === event.device && head.lane === event.lane) ||
    event.deps.some((dep) => dep.lane === head.lane && dep.device === head.device && dep.seq >= head.seq)
  return [...heads.filter((head) => !seen(head)), headOf(event)]
}

export const headOf = (event: SignedEvent): Head => ({
  lane: event.lane,
  device: event.device,
  seq: event.seq,
  id: event.id,
  hlc: event.hlc,
})
