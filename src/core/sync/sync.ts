// One device, one conversation, one link: what is said, as a state machine. Values in, values out; a timer is a value that goes out and
// comes back. See PROTOCOL.md beside this file for the conversation in words.
import { unreachable } from '../result.ts'
import { equalBytes } from '../codec/bytes.ts'
import { exceeds, holdSame, mergeVectors, type Vector } from '../log/chains.ts'
import type { SyncMessage } from './messages.ts'

/** What this device has committed. */
export interface Held {
  readonly have: Vector
  readonly digest: Uint8Array
  /** How far the person here has read; 0 when that is not shared. */
  readonly readHlc: number
}

type DigestMessage = Extract<SyncMessage, { kind: 'digest' }>

export interface SyncState {
  readonly held: Held
  /** What they have acknowledged or offered. */
  readonly theirs: Vector
  /** The digest they said last, when it was another one and they were not asked yet, because somebody else was. */
  readonly differing: DigestMessage | undefined
  /** The digest that was said on this link. What they conclude from theirs being equal holds for this one. */
  readonly offered: Uint8Array | undefined
  /** What they have been told of what is held here. */
  readonly told: { readonly have: Vector; readonly readHlc: number }
  /** `due`: they hold more, and it may be on its way already; `asked`: a `want` is out. `tries` counts those that brought nothing. */
  readonly asking: { readonly kind: 'idle' } | { readonly kind: 'due' | 'asked'; readonly tries: number }
  readonly telling: boolean
}

export type SyncTimer = 'ask' | 'tell'

export type SyncInput =
  /** A link stands, or was replaced by a better one; or what came could not be committed, and the two compare once more. */
  | { readonly kind: 'linked' }
  /** Something was committed here, from wherever it came. */
  | { readonly kind: 'held'; readonly held: Held }
  | { readonly kind: 'message'; readonly message: Exclude<SyncMessage, { kind: 'events' }> }
  /** A batch of theirs was committed or dropped; `progressed` when at least one event was new. */
  | { readonly kind: 'applied'; readonly more: boolean; readonly progressed: boolean }
  | { readonly kind: 'timer'; readonly timer: SyncTimer }

export type SyncEffect =
  | { readonly kind: 'send'; readonly message: SyncMessage }
  /** Send `events` beyond a vector, as far as they are for them. */
  | { readonly kind: 'serve'; readonly beyond: Vector }
  /** Their device has committed this: the only thing that moves a delivery state. */
  | { readonly kind: 'acknowledged'; readonly have: Vector; readonly readHlc: number }
  | { readonly kind: 'set-timer'; readonly timer: SyncTimer; readonly ms: number }

type Step = readonly [SyncState, readonly SyncEffect[]]

/** Time for something to arrive by the quick way before it is asked for. */
const graceMs = 250
/** Time for an answer; doubled with each try. */
const answerMs = 4_000
const maxTries = 4
/** Time in which several commits become one message. */
const tellMs = 15

export const startSync = (held: Held): SyncState => ({
  held,
  theirs: new Map(),
  differing: undefined,
  offered: undefined,
  told: { have: new Map(), readHlc: held.readHlc },
  asking: { kind: 'idle' },
  telling: false,
})

/** `isOthersTurn`: another device is being asked about the conversation, and may bring what this one has too; it waits. */
export const step = (state: SyncState, input: SyncInput, isOthersTurn = false): Step => {
  switch (input.kind) {
    case 'linked':
      // Whatever was under way on a former link is void: compare again from the start. Their offers are forgotten too, so that the same
      // counts as news when it is heard again: what storage did not take then would never be asked for now.
      return [{ ...startSync(state.held), telling: state.telling, offered: state.held.digest }, [digestOf(state.held)]]
    case 'held':
      return holds({ ...state, held: input.held })
    case 'message':
      return hear(state, input.message, isOthersTurn)
    case 'applied':
      if (!input.progressed) return fruitless(state)
      return input.more ? ask(state, 1) : settle({ ...state, asking: { kind: 'idle' } })
    case 'timer':
      return input.timer === 'tell' ? tell({ ...state, telling: false }) : askDue(state, isOthersTurn)
    default:
      return unreachable(input)
  }
}

/** What somebody else brought may be all that they had. */
const holds = (state: SyncState): Step => {
  const { differing, held } = state
  if (differing === undefined || !equalBytes(differing.digest, held.digest)) return tellSoon(state)
  return hearSame({ ...state, differing: undefined, asking: { kind: 'idle' } }, differing)
}

const hear = (state: SyncState, message: Exclude<SyncMessage, { kind: 'events' }>, isOthersTurn: boolean): Step => {
  switch (message.kind) {
    case 'digest':
      if (equalBytes(message.digest, state.held.digest)) return hearSame(state, message)
      return isOthersTurn ? askSoon({ ...state, differing: message }, 0) : ask(state, 1)
    case 'want': {
      // All that they hold: where it is not just as much, it says more than their digest did.
      const differing = holdSame(message.have, state.held.have) ? state.differing : undefined
      const [next, effects] = hearVector({ ...state, differing }, message.have)
      return [next, [acknowledged(message.have, message.readHlc), { kind: 'serve', beyond: message.have }, ...effects]]
    }
    case 'have': {
      const [next, effects] = hearVector(state, message.have)
      return [next, [acknowledged(message.have, message.readHlc), ...effects]]
    }
    default:
      return unreachable(message)
  }
}

const hearSame = (state: SyncState, { readHlc }: DigestMessage): Step => {
  const { have, digest } = state.held
  const heard = { ...state, theirs: mergeVectors(state.theirs, have) }
  if (state.offered !== undefined && equalBytes(state.offered, digest)) {
    return [{ ...heard, told: { have, readHlc: state.told.readHlc } }, [acknowledged(have, readHlc)]]
  }
  // They hold the same, but cannot know it: what was said here was older, or nothing.
  const [next, effects] = tellSoon(heard)
  return [next, [acknowledged(have, readHlc), ...effects]]
}

/** What was asked for in vain is not asked for again because it is offered again: two who cannot take each other's would never end. */
const hearVector = (state: SyncState, have: Vector): Step => {
  const heard = { ...state, theirs: mergeVectors(state.theirs, have) }
  return exceeds(have, mergeVectors(state.theirs, state.held.have)) ? settle(heard) : [heard, []]
}

const acknowledged = (have: Vector, readHlc: number): SyncEffect => ({ kind: 'acknowledged', have, readHlc })
const digestOf = (held: Held): SyncEffect => ({ kind: 'send', message: { kind: 'digest', digest: held.digest, readHlc: held.readHlc } })

/** When they hold more, or something else, ask soon: it may be on its way. What they gave unasked may not be all of it. */
const settle = (state: SyncState): Step =>
  state.asking.kind === 'idle' && (state.differing !== undefined || exceeds(state.theirs, state.held.have))
    ? askSoon(state, 0)
    : [state, []]

const askSoon = (state: SyncState, tries: number): Step => [
  { ...state, asking: { kind: 'due', tries } },
  [{ kind: 'set-timer', timer: 'ask', ms: graceMs * 2 ** tries }],
]

/** An answer that brought nothing: it had come another way, or cannot be taken. A few times more, since much may be on its way. */
const fruitless = (state: SyncState): Step => {
  const { asking } = state
  if (asking.kind !== 'asked') return [state, []]
  const missing = exceeds(state.theirs, state.held.have)
  return missing && asking.tries < maxTries ? askSoon(state, asking.tries) : [{ ...state, asking: { kind: 'idle' } }, []]
}

const ask = (state: SyncState, tries: number): Step => {
  const { have, readHlc } = state.held
  return [
    { ...state, differing: undefined, asking: { kind: 'asked', tries }, told: { have, readHlc } },
    [
      { kind: 'send', message: { kind: 'want', have, readHlc } },
      { kind: 'set-timer', timer: 'ask', ms: answerMs * 2 ** (tries - 1) },
    ],
  ]
}

const askDue = (state: SyncState, isOthersTurn: boolean): Step => {
  const { asking, differing } = state
  const isMissing = asking.kind !== 'idle' && (differing !== undefined || exceeds(state.theirs, state.held.have))
  if (!isMissing || asking.tries === maxTries) return [{ ...state, differing: undefined, asking: { kind: 'idle' } }, []]
  return isOthersTurn
    ? [{ ...state, asking: { kind: 'due', tries: asking.tries } }, [{ kind: 'set-timer', timer: 'ask', ms: graceMs }]]
    : ask(state, asking.tries + 1)
}

const tellSoon = (state: SyncState): Step => {
  if (state.telling || !hasNews(state)) return [state, []]
  return [{ ...state, telling: true }, [{ kind: 'set-timer', timer: 'tell', ms: tellMs }]]
}

const tell = (state: SyncState): Step => {
  if (!hasNews(state)) return [state, []]
  const { have, readHlc } = state.held
  const news = new Map([...have].filter(([key, seq]) => seq > (state.told.have.get(key) ?? 0)))
  return [{ ...state, told: { have, readHlc } }, [{ kind: 'send', message: { kind: 'have', have: news, readHlc } }]]
}

const hasNews = (state: SyncState): boolean => exceeds(state.held.have, state.told.have) || state.held.readHlc > state.told.readHlc
