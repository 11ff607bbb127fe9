// Making events of one's own inside a journey: signed, absorbed like anybody's, and, for what people say, sealed for the outbox.
import { decodeEvent } from '../core/event/codec.ts'
import { authorEvent, nextEvent, type AuthoringPoint, type SealPlace } from '../core/event/author.ts'
import {
  lanes,
  type ContentBody,
  type EventBody,
  type EventRef,
  type Fading,
  type Lane,
  type MembersBody,
  type VerifiedEvent,
} from '../core/event/event.ts'
import { fadingOf, isSaid, saltBytes } from '../core/event/fading.ts'
import { keyAt } from '../core/epoch/sender-chain.ts'
import { seal, sealNonceBytes } from '../core/epoch/sealed.ts'
import type { ConversationId } from '../core/ids.ts'
import { maxEventBytes } from '../core/limits.ts'
import { chainKey } from '../core/log/chains.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import { absorb } from './absorb.ts'
import type { Deps } from './deps.ts'
import type { Draft } from './draft.ts'
import { newEpochBody, presentEpoch, startEpoch } from './epochs.ts'
import type { Me } from './me.ts'
import type { Room } from './room.ts'

export type AuthorDeps = Pick<Deps, 'hpke' | 'clock' | 'random' | 'signer' | 'store'> & { readonly me: Me; readonly deviceSeed: Uint8Array }

/** An operation on the members. */
export const authorMembersOp = async (deps: AuthorDeps, draft: Draft, room: Room, body: MembersBody): Promise<Room> =>
  (await signInto(deps, draft, room, lanes.members, body)).room

/** Something said: under an epoch that fits the members, which is made first when there is none. */
export const say = async (deps: AuthorDeps, draft: Draft, room: Room, body: Exclude<ContentBody, { kind: 'epoch' }>): Promise<Room> => {
  const ready = await ensureEpoch(deps, draft, room)
  const epoch = presentEpoch(ready, deps.clock.now())
  const chain = epoch && (await draft.get('senderChains', [ready.conversation.id, epoch.id, deps.me.device]))
  if (epoch === undefined || chain === undefined) throw new Error('an epoch was made and is not there')
  const place: SealPlace = { epoch: epoch.id, index: chain.next }
  const key = keyAt(chain, chain.next)
  if (key === undefined) throw new Error('a chain has no next key')
  const { room: after, event } = await signInto(deps, draft, ready, lanes.content, body, place, await fadingFor(deps, draft, ready, body))
  const sealed = seal({ ...place, sender: deps.me.device }, key, deps.random.bytes(sealNonceBytes), event.bytes)
  draft.put('outbox', [ready.conversation.id, event.seq], { said: ready.record.said ?? 0 })
  draft.hand(sealed)
  return { ...after, lastSaid: event.seq }
}

/** What is said disappears after the time that the conversation has now; an edit goes with its message. */
const fadingFor = async (
  { random }: AuthorDeps,
  draft: Draft,
  { conversation: { id, members } }: Room,
  body: ContentBody,
): Promise<Fading | undefined> => {
  if (!isSaid(body)) return undefined
  const lifetime = body.kind === 'edit' ? await lifetimeOf(draft, id, body.target) : members?.timer
  return lifetime === undefined || lifetime === 0 ? undefined : fadingOf(body, lifetime, random.bytes(saltBytes))
}

const lifetimeOf = async (draft: Draft, id: ConversationId, target: EventRef): Promise<number | undefined> => {
  const row = await draft.get('timeline', [id, timelineBucket(target.hlc), target.id])
  return row?.kind === 'message' ? row.fades?.lifetime : undefined
}

/** A room whose present members all have an epoch. */
export const ensureEpoch = async (deps: AuthorDeps, draft: Draft, room: Room): Promise<Room> => {
  if (presentEpoch(room, deps.clock.now()) !== undefined) return room
  const { body, secret } = await newEpochBody(deps, room)
  const { room: after, event } = await signInto(deps, draft, room, lanes.content, body)
  return startEpoch(draft, after, event, secret)
}

const signInto = async (
  deps: AuthorDeps,
  draft: Draft,
  room: Room,
  lane: Lane,
  body: EventBody,
  place?: SealPlace,
  fading?: Fading,
): Promise<{ readonly room: Room; readonly event: VerifiedEvent }> => {
  const fields = nextEvent(pointOf(deps.me, room, lane), lane, body, deps.clock.now(), place, fading)
  const event = await authorEvent(fields, (message) => deps.signer.sign(deps.deviceSeed, message))
  if (event.bytes.length > maxEventBytes) throw new TooLargeError()
  // What others cannot read would end this chain for all of them: they take nothing that comes after it.
  if (!decodeEvent(event.bytes).ok) throw new NotAllowedError()
  // Nobody can have spoken of an event that was made just now.
  draft.expectNone('timeline', [room.conversation.id, timelineBucket(event.hlc), event.id])
  const absorbed = await absorb(deps, draft, room, [event])
  // What one's own log refuses nobody else would take: the journey ends here and nothing is committed.
  if (absorbed.taken === 0) throw new NotAllowedError()
  return { room: absorbed.room, event }
}

/** Thrown inside a journey when the rules do not give the right to an event; the command answers `not-allowed`. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError'
}

/** Thrown inside a journey when an event would be larger than anybody takes; the command answers `too-long`. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
}

const pointOf = (me: Me, room: Room, lane: Lane): AuthoringPoint => ({
  conversation: room.conversation.id,
  device: me.device,
  own: room.conversation.chains.get(chainKey(lane, me.device)),
  membersHeads: room.conversation.membersHeads,
  contentHeads: room.conversation.contentHeads,
  ends: [...room.conversation.chains.values()],
})
