// Comparing emojis with somebody on a linked device, as one side sees it: a state machine of one comparison. `ask`, `accept`, `reveal`, then
// both people look at the same seven emojis, and each says whether they are. Only when both have said so is anybody verified; one word that
// they differ ends it for both, loudly. What does not fit the state, the session and the device is dropped: replayed, late, out of order. So
// each side can repeat what it has told when a link was replaced by another, and frames may have been lost with the first.
import { equalBytes } from '../codec/bytes.ts'
import { compareIds } from '../ids.ts'
import { commitmentTo, emojisOf, type ComparisonOf, type ComparisonSide } from './emojis.ts'
import type { ComparisonMessage, ComparisonStep } from './messages.ts'

/** A person may have to find the other by telephone first (milliseconds). */
export const comparisonMs = 5 * 60_000

/** How it ended: `same` and `different` are words of people, `cheated` is a nonce that was exchanged after the commitment. */
export type ComparisonEnd = 'same' | 'different' | 'cheated' | 'stopped' | 'timeout' | 'gone'

export type Comparison =
  /** Asked from here; `nonce` is bound by its commitment and told to nobody yet. */
  | { readonly stage: 'asking'; readonly of: ComparisonOf; readonly nonce: Uint8Array }
  /** Asked from there, and the person here has not answered. */
  | { readonly stage: 'asked'; readonly of: ComparisonOf; readonly commitment: Uint8Array }
  /** Accepted here: the asker's nonce is on its way. */
  | { readonly stage: 'accepted'; readonly of: ComparisonOf; readonly commitment: Uint8Array; readonly nonce: Uint8Array }
  /** Both see the emojis; who has said that they are the same. */
  | {
      readonly stage: 'looking'
      readonly of: ComparisonOf
      readonly emojis: readonly number[]
      readonly mine: boolean
      readonly theirs: boolean
      readonly told: readonly ComparisonStep[]
    }
  | { readonly stage: 'ended'; readonly of: ComparisonOf; readonly end: ComparisonEnd; readonly told: readonly ComparisonStep[] }

export type ComparisonInput =
  /** From the other device, whatever it says. */
  | { readonly kind: 'message'; readonly message: ComparisonMessage }
  /** The person here wants to; the 32 random bytes are used only if so. */
  | { readonly kind: 'accept'; readonly nonce: Uint8Array }
  | { readonly kind: 'say'; readonly same: boolean }
  | { readonly kind: 'stop'; readonly why: 'stopped' | 'timeout' | 'gone' }

/** The next state, and what is to be said to the other device. */
export type ComparisonNext = readonly [Comparison, ...(readonly ComparisonStep[])]

/** Asks somebody to compare. */
export const askToCompare = (of: ComparisonOf, nonce: Uint8Array): ComparisonNext => [
  { stage: 'asking', of, nonce },
  { step: 'ask', commitment: commitmentTo(nonce, of) },
]

/** Was asked by somebody. */
export const askedToCompare = (of: ComparisonOf, commitment: Uint8Array): ComparisonNext => [{ stage: 'asked', of, commitment }]

/** Of two who ask each other at once the one with the smaller device id has asked; the other takes its own question back. */
export const yieldsTo = (mine: ComparisonSide, theirs: ComparisonSide): boolean => compareIds(theirs.device, mine.device) < 0

export const compareStep = (state: Comparison, input: ComparisonInput): ComparisonNext => {
  if (state.stage === 'ended') return [state]
  switch (input.kind) {
    case 'stop':
      return input.why === 'gone' ? [ended(state, 'gone')] : telling(state, input.why, { step: 'stop' })
    case 'accept':
      return state.stage === 'asked'
        ? [
            { stage: 'accepted', of: state.of, commitment: state.commitment, nonce: input.nonce },
            { step: 'accept', nonce: input.nonce },
          ]
        : [state]
    case 'say':
      return state.stage === 'looking' ? say(state, input.same) : [state]
    case 'message':
      return input.message.session === state.of.session && input.message.conversation === state.of.conversation
        ? hear(state, input.message)
        : [state]
  }
}

const hear = (state: Exclude<Comparison, { stage: 'ended' }>, message: ComparisonMessage): ComparisonNext => {
  switch (message.step) {
    case 'accept':
      if (state.stage !== 'asking') return [state]
      return reveal(state, message.nonce)
    case 'reveal':
      if (state.stage !== 'accepted') return [state]
      if (!equalBytes(commitmentTo(message.nonce, state.of), state.commitment)) return telling(state, 'cheated', { step: 'stop' })
      return [looking(state.of, message.nonce, state.nonce, [])]
    case 'say':
      return state.stage === 'looking' ? [said(state, 'theirs', message.same)] : [state]
    case 'stop':
      return [ended(state, 'stopped')]
    case 'ask':
      return [state]
  }
}

const reveal = ({ of, nonce }: Extract<Comparison, { stage: 'asking' }>, theirs: Uint8Array): ComparisonNext => {
  const told: ComparisonStep = { step: 'reveal', nonce }
  return [looking(of, nonce, theirs, [told]), told]
}

const looking = (
  of: ComparisonOf,
  askerNonce: Uint8Array,
  answererNonce: Uint8Array,
  told: readonly ComparisonStep[],
): Extract<Comparison, { stage: 'looking' }> => ({
  stage: 'looking',
  of,
  emojis: emojisOf(of, askerNonce, answererNonce),
  mine: false,
  theirs: false,
  told,
})

const say = (state: Extract<Comparison, { stage: 'looking' }>, same: boolean): ComparisonNext => {
  if (state.mine) return [state]
  const step: ComparisonStep = { step: 'say', same }
  return [said({ ...state, told: [...state.told, step] }, 'mine', same), step]
}

const said = (state: Extract<Comparison, { stage: 'looking' }>, whose: 'mine' | 'theirs', same: boolean): Comparison => {
  if (!same) return ended(state, 'different', state.told)
  const next = { ...state, [whose]: true }
  return next.mine && next.theirs ? ended(next, 'same', next.told) : next
}

const telling = ({ of }: Comparison, end: ComparisonEnd, step: ComparisonStep): ComparisonNext => [
  { stage: 'ended', of, end, told: [step] },
  step,
]

const ended = ({ of }: Comparison, end: ComparisonEnd, told: readonly ComparisonStep[] = []): Comparison => ({
  stage: 'ended',
  of,
  end,
  told,
})

/** What the other device has to know by now, to be said again on a new link. */
export const toldSoFar = (state: Comparison): readonly ComparisonStep[] => {
  switch (state.stage) {
    case 'asking':
      return [{ step: 'ask', commitment: commitmentTo(state.nonce, state.of) }]
    case 'asked':
      return []
    case 'accepted':
      return [{ step: 'accept', nonce: state.nonce }]
    case 'looking':
    case 'ended':
      return state.told
  }
}
