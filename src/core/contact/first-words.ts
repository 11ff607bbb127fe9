// What a request says, read from the signed events that it holds: a direct conversation that one stranger began, with an invite for one
// and a single text. Nothing else may be in it, so nothing else can be shown or fetched before it is accepted.
import { emptyConversation, takeIn } from '../conversation/conversation.ts'
import type { VerifiedEvent } from '../event/event.ts'
import { inviteKeys } from '../invite/secret.ts'
import type { ConversationId, DeviceId, IdentityId } from '../ids.ts'
import { utf8Length } from '../codec/bytes.ts'
import { maxRequestTextBytes } from '../limits.ts'
import { memberOfDevice } from '../members/members.ts'
import { err, failure, ok, type Failure, type Result } from '../result.ts'

export interface FirstWords {
  readonly conversation: ConversationId
  readonly identity: IdentityId
  readonly name: string
  readonly text: string
}

export type NotARequest = Failure<'not-a-request'>
const notARequest: NotARequest = failure('not-a-request', 'A request that was none was dropped.', 'That is no request.')

const allowed: readonly string[] = ['create', 'invite', 'device', 'profile', 'epoch', 'text']

/** Reads the verified events of a request that came from a device; `secret` is of the invite inside, 16 bytes. */
export const readFirstWords = (from: DeviceId, secret: Uint8Array, events: readonly VerifiedEvent[]): Result<FirstWords, NotARequest> => {
  const [first] = events
  if (first === undefined || first.body.kind !== 'create' || first.body.as !== 'direct') return err(notARequest)
  let conversation = emptyConversation(first.conversation)
  for (const event of events) {
    const taken = event.device === from && allowed.includes(event.body.kind) ? takeIn(conversation, event) : undefined
    if (taken?.kind !== 'taken') return err(notARequest)
    conversation = taken.conversation
  }
  const { members, id } = conversation
  const author = members && memberOfDevice(members, from)
  const texts = events.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []))
  const [text] = texts
  if (members === undefined || author === undefined || text === undefined || texts.length > 1) return err(notARequest)
  if (utf8Length(text) > maxRequestTextBytes || !members.invites.has(inviteKeys(secret).invite)) return err(notARequest)
  return ok({ conversation: id, identity: author.identity, name: author.name, text })
}
