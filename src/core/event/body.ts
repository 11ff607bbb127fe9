// Bodies on the wire: a kind's name and a tuple. One table, read both ways; a name that is not in it is kept as unknown.
import * as v from 'valibot'
import {
  bytesOf,
  bytesUpTo,
  checkShape,
  countShape,
  deviceShape,
  eventShape,
  hlcShape,
  identityShape,
  nameShape,
  textShape,
  wallShape,
} from '../codec/shape.ts'
import { malformed, type Malformed } from '../codec/cbor.ts'
import { fromHex, toHex } from '../ids.ts'
import {
  maxAccuracyMetres,
  maxEmojiUnits,
  maxLifetimeSeconds,
  maxMembers,
  maxPictureBytes,
  maxPollOptionCharacters,
  maxPollOptions,
  maxSlowSeconds,
  microDegrees,
} from '../limits.ts'
import { isPicture } from '../members/picture.ts'
import { historyGrants, roles } from '../members/role.ts'
import { deviceCardShape, deviceCardToWire, personCardShape, personCardToWire } from '../members/card.ts'
import { err, ok, unreachable, type Result } from '../result.ts'
import { lanes, type ContentBody, type EventBody, type EventRef, type Head, type Lane, type MembersBody } from './event.ts'

const laneShape = v.picklist([lanes.members, lanes.content])
export const depShape = v.pipe(
  v.strictTuple([laneShape, deviceShape, v.pipe(countShape, v.minValue(1)), eventShape]),
  v.transform(([lane, device, seq, id]) => ({ lane, device, seq, id })),
)
export const headShape = v.pipe(
  v.strictTuple([laneShape, deviceShape, v.pipe(countShape, v.minValue(1)), eventShape, hlcShape]),
  v.transform(([lane, device, seq, id, hlc]): Head => ({ lane, device, seq, id, hlc })),
)
const headsShape = v.pipe(v.array(headShape), v.maxLength(maxMembers * 8))
export const refShape = v.pipe(
  v.strictTuple([eventShape, hlcShape]),
  v.transform(([id, hlc]): EventRef => ({ id, hlc })),
)
const inviteIdShape = v.pipe(bytesOf(16), v.transform(toHex))
const emojiShape = v.pipe(v.string(), v.minLength(1), v.maxLength(maxEmojiUnits))
const optionShape = v.pipe(
  v.string(),
  v.check((option) => option.length > 0 && option.length <= 2 * maxPollOptionCharacters && [...option].length <= maxPollOptionCharacters),
)
const answersShape = v.pipe(v.array(optionShape), v.minLength(2), v.maxLength(maxPollOptions))
const choicesShape = v.pipe(
  v.array(v.pipe(countShape, v.maxValue(maxPollOptions - 1))),
  v.maxLength(maxPollOptions),
  v.check((choices) => choices.every((choice, at) => at === 0 || choice > choices[at - 1]!)),
)
/** Millionths of a degree, up to so many on either side. */
const degreesShape = (most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(-most * microDegrees), v.maxValue(most * microDegrees))
const shareShape = v.pipe(
  v.strictTuple([deviceShape, v.pipe(bytesOf(8), v.transform(toHex)), bytesUpTo(1_120), bytesUpTo(64)]),
  v.transform(([device, key, enc, ciphertext]) => ({ device, key, enc, ciphertext })),
)

const pictureShape = v.pipe(
  bytesUpTo(maxPictureBytes),
  v.check((bytes) => bytes.length === 0 || isPicture(bytes)),
)

const membersShapes = {
  create: v.pipe(
    v.strictTuple([v.picklist(['direct', 'group']), bytesOf(16), v.union([nameShape, v.literal('')]), bytesOf(32), personCardShape]),
    v.transform(([as, nonce, name, meeting, person]): MembersBody => ({ kind: 'create', as, nonce, name, meeting, person })),
  ),
  add: v.pipe(
    v.strictTuple([personCardShape, v.nullable(inviteIdShape), headsShape]),
    v.transform(([person, invite, floor]): MembersBody => ({ kind: 'add', person, invite, floor })),
  ),
  remove: v.pipe(
    v.strictTuple([identityShape, headsShape]),
    v.transform(([identity, last]): MembersBody => ({ kind: 'remove', identity, last })),
  ),
  role: v.pipe(
    v.strictTuple([identityShape, v.picklist(roles)]),
    v.transform(([identity, role]): MembersBody => ({ kind: 'role', identity, role })),
  ),
  policy: v.pipe(
    v.strictTuple([v.picklist(roles), v.picklist(roles), v.picklist(roles), v.picklist(historyGrants)]),
    v.transform(([invite, post, pin, history]): MembersBody => ({ kind: 'policy', policy: { invite, post, pin, history } })),
  ),
  revoke: v.pipe(
    v.strictTuple([deviceShape, headsShape]),
    v.transform(([device, last]): MembersBody => ({ kind: 'revoke', device, last })),
  ),
  leave: v.pipe(
    v.strictTuple([]),
    v.transform((): MembersBody => ({ kind: 'leave' })),
  ),
  name: v.pipe(
    v.strictTuple([nameShape]),
    v.transform(([name]): MembersBody => ({ kind: 'name', name })),
  ),
  timer: v.pipe(
    v.strictTuple([v.pipe(countShape, v.maxValue(maxLifetimeSeconds))]),
    v.transform(([seconds]): MembersBody => ({ kind: 'timer', seconds })),
  ),
  slow: v.pipe(
    v.strictTuple([v.pipe(countShape, v.maxValue(maxSlowSeconds))]),
    v.transform(([seconds]): MembersBody => ({ kind: 'slow', seconds })),
  ),
  approval: v.pipe(
    v.strictTuple([v.boolean()]),
    v.transform(([on]): MembersBody => ({ kind: 'approval', on })),
  ),
  apply: v.pipe(
    v.strictTuple([personCardShape, inviteIdShape]),
    v.transform(([person, invite]): MembersBody => ({ kind: 'apply', person, invite })),
  ),
  dismiss: v.pipe(
    v.strictTuple([identityShape, v.picklist(['declined', 'withdrawn'])]),
    v.transform(([identity, why]): MembersBody => ({ kind: 'dismiss', identity, why })),
  ),
  withdraw: v.pipe(
    v.strictTuple([inviteIdShape]),
    v.transform(([invite]): MembersBody => ({ kind: 'withdraw', invite })),
  ),
  profile: v.pipe(
    v.strictTuple([nameShape]),
    v.transform(([name]): MembersBody => ({ kind: 'profile', name })),
  ),
  picture: v.pipe(
    v.strictTuple([v.picklist(['self', 'group']), pictureShape]),
    v.transform(([of, picture]): MembersBody => ({ kind: 'picture', of, picture })),
  ),
  device: v.pipe(
    v.strictTuple([deviceCardShape]),
    v.transform(([device]): MembersBody => ({ kind: 'device', device })),
  ),
  invite: v.pipe(
    v.strictTuple([inviteIdShape, bytesOf(32), bytesOf(32), wallShape, v.picklist(['single', 'many'])]),
    v.transform(([invite, key, meeting, expiresAt, uses]): MembersBody => ({ kind: 'invite', invite, key, meeting, expiresAt, uses })),
  ),
} as const

const contentShapes = {
  epoch: v.pipe(
    v.strictTuple([countShape, bytesOf(32), v.array(shareShape)]),
    v.transform(([suite, commitment, shares]): ContentBody => ({ kind: 'epoch', suite, commitment, shares })),
  ),
  text: v.pipe(
    v.strictTuple([textShape, v.nullable(refShape)]),
    v.transform(([text, replyTo]): ContentBody => ({ kind: 'text', text, replyTo })),
  ),
  // A text that answers a reply, under a name of its own: a tuple that grew would be malformed for older pages (src/decisions/0023).
  reply: v.pipe(
    v.strictTuple([textShape, refShape, refShape]),
    v.check(([, replyTo, thread]) => replyTo.id !== thread.id),
    v.transform(([text, replyTo, thread]): ContentBody => ({ kind: 'text', text, replyTo, thread })),
  ),
  edit: v.pipe(
    v.strictTuple([refShape, textShape]),
    v.transform(([target, text]): ContentBody => ({ kind: 'edit', target, text })),
  ),
  delete: v.pipe(
    v.strictTuple([refShape]),
    v.transform(([target]): ContentBody => ({ kind: 'delete', target })),
  ),
  reaction: v.pipe(
    v.strictTuple([refShape, emojiShape, v.boolean()]),
    v.transform(([target, emoji, on]): ContentBody => ({ kind: 'reaction', target, emoji, on })),
  ),
  pin: v.pipe(
    v.strictTuple([refShape, v.boolean()]),
    v.transform(([target, on]): ContentBody => ({ kind: 'pin', target, on })),
  ),
  poll: v.pipe(
    v.strictTuple([textShape, answersShape, v.boolean()]),
    v.transform(([question, options, multiple]): ContentBody => ({ kind: 'poll', question, options, multiple })),
  ),
  // As with `reply`: a poll that ends at a time.
  'timed-poll': v.pipe(
    v.strictTuple([textShape, answersShape, v.boolean(), wallShape]),
    v.transform(([question, options, multiple, closesAt]): ContentBody => ({ kind: 'poll', question, options, multiple, closesAt })),
  ),
  place: v.pipe(
    v.strictTuple([degreesShape(90), degreesShape(180), v.nullable(v.pipe(countShape, v.maxValue(maxAccuracyMetres)))]),
    v.transform(([latitude, longitude, accuracy]): ContentBody => ({ kind: 'place', latitude, longitude, accuracy })),
  ),
  card: v.pipe(
    v.strictTuple([
      v.pipe(
        v.string(),
        // What it says is decided when it is shown: reading a name hangs on what Unicode an engine knows.
        v.regex(/^#\/j\/[\w-]{1,310}$/),
      ),
    ]),
    v.transform(([link]): ContentBody => ({ kind: 'card', link })),
  ),
  close: v.pipe(
    v.strictTuple([
      refShape,
      v.pipe(
        v.array(eventShape),
        v.maxLength(maxMembers),
        v.check((votes) => votes.every((vote, at) => at === 0 || vote > votes[at - 1]!)),
      ),
    ]),
    v.transform(([target, votes]): ContentBody => ({ kind: 'close', target, votes })),
  ),
  vote: v.pipe(
    v.strictTuple([refShape, choicesShape]),
    v.transform(([target, choices]): ContentBody => ({ kind: 'vote', target, choices })),
  ),
} as const

/** Kinds that a newer version may have made; only names of sane length. */
const unknownName = v.pipe(v.string(), v.minLength(1), v.maxLength(32))

/** Reads a body. A members kind in the content lane, or the other way round, is malformed. */
export const bodyFromWire = (lane: Lane, kind: unknown, content: unknown): Result<EventBody, Malformed> => {
  const name = v.safeParse(unknownName, kind)
  if (!name.success) return err(malformed('event'))
  const [here, elsewhere] = lane === lanes.members ? [membersShapes, contentShapes] : [contentShapes, membersShapes]
  if (Object.hasOwn(elsewhere, name.output)) return err(malformed('event'))
  const shapes: Readonly<Record<string, v.GenericSchema<unknown, EventBody>>> = here
  const shape = Object.hasOwn(shapes, name.output) ? shapes[name.output] : undefined
  return shape ? checkShape(shape, content, 'event') : ok({ kind: 'unknown', name: name.output, content })
}

export const refToWire = (ref: EventRef): readonly unknown[] => [fromHex(ref.id), ref.hlc]
export const headToWire = (head: Head): readonly unknown[] => [head.lane, fromHex(head.device), head.seq, fromHex(head.id), head.hlc]

/** The name and the tuple of a body. */
export const bodyToWire = (body: EventBody): readonly [kind: string, content: unknown] => {
  switch (body.kind) {
    case 'create':
      return ['create', [body.as, body.nonce, body.name, body.meeting, personCardToWire(body.person)]]
    case 'add':
      return ['add', [personCardToWire(body.person), body.invite === null ? null : fromHex(body.invite), body.floor.map(headToWire)]]
    case 'remove':
      return ['remove', [fromHex(body.identity), body.last.map(headToWire)]]
    case 'role':
      return ['role', [fromHex(body.identity), body.role]]
    case 'policy':
      return ['policy', [body.policy.invite, body.policy.post, body.policy.pin, body.policy.history]]
    case 'revoke':
      return ['revoke', [fromHex(body.device), body.last.map(headToWire)]]
    case 'leave':
      return ['leave', []]
    case 'name':
    case 'profile':
      return [body.kind, [body.name]]
    case 'timer':
    case 'slow':
      return [body.kind, [body.seconds]]
    case 'approval':
      return ['approval', [body.on]]
    case 'apply':
      return ['apply', [personCardToWire(body.person), fromHex(body.invite)]]
    case 'dismiss':
      return ['dismiss', [fromHex(body.identity), body.why]]
    case 'withdraw':
      return ['withdraw', [fromHex(body.invite)]]
    case 'picture':
      return ['picture', [body.of, body.picture]]
    case 'device':
      return ['device', [deviceCardToWire(body.device)]]
    case 'invite':
      return ['invite', [fromHex(body.invite), body.key, body.meeting, body.expiresAt, body.uses]]
    case 'epoch':
      return [
        'epoch',
        [body.suite, body.commitment, body.shares.map((share) => [fromHex(share.device), fromHex(share.key), share.enc, share.ciphertext])],
      ]
    case 'text': {
      const { text, replyTo, thread } = body
      const target = replyTo && refToWire(replyTo)
      return thread === undefined ? ['text', [text, target]] : ['reply', [text, target, refToWire(thread)]]
    }
    case 'edit':
      return ['edit', [refToWire(body.target), body.text]]
    case 'delete':
      return ['delete', [refToWire(body.target)]]
    case 'reaction':
      return ['reaction', [refToWire(body.target), body.emoji, body.on]]
    case 'pin':
      return ['pin', [refToWire(body.target), body.on]]
    case 'poll': {
      const { question, options, multiple, closesAt } = body
      return closesAt === undefined ? ['poll', [question, options, multiple]] : ['timed-poll', [question, options, multiple, closesAt]]
    }
    case 'place':
      return ['place', [body.latitude, body.longitude, body.accuracy]]
    case 'card':
      return ['card', [body.link]]
    case 'close':
      return ['close', [refToWire(body.target), body.votes.map(fromHex)]]
    case 'vote':
      return ['vote', [refToWire(body.target), body.choices]]
    case 'unknown':
      return [body.name, body.content]
    case 'gone':
      throw new Error('what is gone is spelled by its fading')
    default:
      return unreachable(body)
  }
}
