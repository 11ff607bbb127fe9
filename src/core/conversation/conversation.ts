// A conversation as one device holds it: chains, heads and members. A value; taking in an event gives the next value.
import { lanes, type Head, type VerifiedEvent } from '../event/event.ts'
import type { ConversationId } from '../ids.ts'
import { admit, advanceHeads, headOf, type Admission, type Patience } from '../log/admission.ts'
import { chainKey, heldSeq, type Chains } from '../log/chains.ts'
import { advance } from '../members/advance.ts'
import { emptyMembersLog, namesHeldOps, type MembersLog } from '../members/log.ts'
import { judge, type Refusal } from '../members/judge.ts'
import type { Members } from '../members/members.ts'
import { failure, type Failure } from '../result.ts'

export interface Conversation {
  readonly id: ConversationId
  readonly chains: Chains
  readonly membersHeads: readonly Head[]
  readonly contentHeads: readonly Head[]
  /** The greatest clock of anything taken in. */
  readonly maxHlc: number
  readonly log: MembersLog
  /** Undefined until the `create` is held. */
  readonly members: Members | undefined
}

export const emptyConversation = (id: ConversationId): Conversation => ({
  id,
  chains: new Map(),
  membersHeads: [],
  contentHeads: [],
  maxHlc: 0,
  log: emptyMembersLog,
  members: undefined,
})

export type Taken =
  | { readonly kind: 'taken'; readonly conversation: Conversation }
  /** Came before something that it depends on: offer it again later. */
  | { readonly kind: 'early' }
  | { readonly kind: 'known' }
  /** Its author's own chain is held otherwise: two signed pasts. */
  | { readonly kind: 'fork' }
  | { readonly kind: 'refused'; readonly refusal: Refusal | Elsewhere | Contradiction | Extract<Admission, { kind: 'broken' }> }

type Elsewhere = Failure<'elsewhere'>
const elsewhere: Elsewhere = failure(
  'elsewhere',
  'A message for another conversation was dropped.',
  'That belongs to another conversation.',
)

type Contradiction = Failure<'contradicts'>
const contradicts: Contradiction = failure(
  'contradicts',
  'A message that rests on changes to the members which are not known here was dropped.',
  'It names other changes to the members than those that are held here.',
)

/** Takes an event into its place, if it has one now and its author had the right to it. */
export const takeIn = (conversation: Conversation, event: VerifiedEvent, patience: Patience = 'patient'): Taken => {
  if (event.conversation !== conversation.id) return { kind: 'refused', refusal: elsewhere }
  const admission = admit(conversation.chains, event, patience)
  if (admission.kind === 'broken') return { kind: 'refused', refusal: admission }
  if (admission.kind !== 'next') return admission
  if (!namesHeldOps(conversation.log, event)) return { kind: 'refused', refusal: contradicts }
  const verdict = judge(conversation.log, conversation.members, event)
  if (!verdict.ok) return { kind: 'refused', refusal: verdict.error }
  return { kind: 'taken', conversation: append(conversation, event) }
}

const append = (conversation: Conversation, event: VerifiedEvent): Conversation => {
  const chains = new Map(conversation.chains).set(chainKey(event.lane, event.device), headOf(event))
  const maxHlc = Math.max(conversation.maxHlc, event.hlc)
  if (event.lane === lanes.content) {
    return { ...conversation, chains, maxHlc, contentHeads: advanceHeads(conversation.contentHeads, event) }
  }
  return { ...conversation, chains, maxHlc, membersHeads: advanceHeads(conversation.membersHeads, event), ...advance(conversation, event) }
}

/** Begins the content chains at the floor of a grant: a newcomer holds nothing at or below, and nobody serves it to them. */
export const startAtFloor = (conversation: Conversation, floor: readonly Head[]): Conversation => {
  const chains = new Map(conversation.chains)
  for (const head of floor) {
    if (head.lane === lanes.content && heldSeq(chains, head.lane, head.device) < head.seq)
      chains.set(chainKey(head.lane, head.device), head)
  }
  return { ...conversation, chains, maxHlc: Math.max(conversation.maxHlc, ...floor.map((head) => head.hlc)) }
}

/** The ends of all content chains: the floor for somebody who is let in now. */
export const contentEnds = (conversation: Conversation): readonly Head[] =>
  [...conversation.chains.values()].filter((head) => head.lane === lanes.content)
