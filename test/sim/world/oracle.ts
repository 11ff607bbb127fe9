// What people did and were told that it is done: the measure for everything that is checked afterwards.
import type { ConversationId, IdentityId } from '../../../src/core/ids.ts'
import type { SimDevice } from './device.ts'

/** A message whose sending was acknowledged to its author. */
export interface Said {
  /** Occurs in no other message. */
  readonly text: string
  readonly author: SimDevice
  readonly conversation: ConversationId
  /** Members other than the author, as the author saw them when writing; empty while joining. */
  readonly toIdentities: readonly IdentityId[]
  /** Texts of messages that stood in the author's timeline when it was written. */
  readonly afterTexts: readonly string[]
}

export interface Oracle {
  readonly said: Said[]
  /** Conversations that somebody asked to leave, and was told that it is done. */
  readonly left: { readonly device: SimDevice; readonly conversation: ConversationId }[]
  /** `by`: whose link it was. */
  readonly joined: { readonly device: SimDevice; readonly conversation: ConversationId; readonly by: SimDevice }[]
  /** Whom somebody tried to remove; whether it came to that depends on their rights and on crashes. */
  readonly removed: { readonly identity: IdentityId; readonly conversation: ConversationId }[]
  /** Who was made a reader: what they typed before they knew may not be said any more. */
  readonly readers: { readonly identity: IdentityId; readonly conversation: ConversationId }[]
  /** Groups in which at some time only some may write: what others typed before they knew may not be said any more. */
  readonly hushed: { readonly conversation: ConversationId }[]
  /** Texts that were said to disappear. */
  readonly fading: Set<string>
  /** Commands that said no, by their reason. */
  readonly refusals: Map<string, number>
}

export const createOracle = (): Oracle => ({
  said: [],
  left: [],
  joined: [],
  removed: [],
  readers: [],
  hushed: [],
  fading: new Set(),
  refusals: new Map(),
})

/** In every text and every name, so that plaintext is found wherever it leaks. */
export const marker = 'sesame'
