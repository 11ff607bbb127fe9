// What the rules of core call a thing that comes to Alice, asked in the order of her doors. The device itself only drops it: that it does
// is what the state hash shows, and this is the name of the reason.
import { createSigner } from '../../src/adapters/cipher-hpke/signer.ts'
import { decodeEvent } from '../../src/core/event/codec.ts'
import { verifyEvent } from '../../src/core/event/verify.ts'
import { keyAt, type SenderChain } from '../../src/core/epoch/sender-chain.ts'
import { openSealed, sealedHeader } from '../../src/core/epoch/sealed.ts'
import { takeIn } from '../../src/core/conversation/conversation.ts'
import type { ConversationId, DeviceId } from '../../src/core/ids.ts'
import { memberOfDevice } from '../../src/core/members/members.ts'
import { decodeLinkMessage, type LinkMessage } from '../../src/core/sync/messages.ts'
import type { Room } from '../../src/services/room.ts'
import type { Stage, Throw } from './stage.ts'
import type { Verdict } from './vector.ts'

/** The same check as the device's: what is a good signature is not for every library to say anew. */
const { verify: check } = createSigner()

/** Asked before it is thrown: the first error of the last frame, which is the hostile one. */
export const verdictBefore = async (stage: Stage, thrown: Throw): Promise<Verdict> => {
  if (thrown.by === 'gossip') return sealedVerdict(stage, stage.group, thrown.bytes)
  const frame = decodeLinkMessage(thrown.frames.at(-1)!)
  return frame.ok ? frameVerdict(stage, thrown.from.device, frame.value) : 'malformed'
}

/** Asked afterwards, of doors that answer: what Alice said to it, or that she said nothing. */
export const verdictAfter = (thrown: Throw, answers: readonly LinkMessage[]): Verdict | undefined => {
  const frame = thrown.by === 'link' ? decodeLinkMessage(thrown.frames.at(-1)!) : undefined
  if (frame?.ok !== true) return undefined
  const answer = answers.find(({ kind }) => kind === 'refused' || kind === 'previewed' || kind === 'carried')
  switch (frame.value.kind) {
    case 'join':
    case 'preview':
      return answer?.kind === 'refused' ? `refused: ${answer.reason}` : 'unanswered'
    case 'carry':
      return answer?.kind === 'carried' && !answer.kept ? 'not-kept' : 'unanswered'
    default:
      return undefined
  }
}

const frameVerdict = async (stage: Stage, from: DeviceId, message: LinkMessage): Promise<Verdict> => {
  if (!('conversation' in message)) return 'without-effect'
  if (
    stage.alice.disk
      .state()
      .get('conversations')
      ?.some(({ key }) => key[0] === message.conversation) !== true
  )
    return 'unheard'
  const room = await stage.room(message.conversation)
  const { members } = room.conversation
  const isMember = members !== undefined && memberOfDevice(members, from) !== undefined
  switch (message.kind) {
    case 'events':
      return isMember ? eventsVerdict(room, message.events) : 'unheard'
    case 'sealed':
      return sealedVerdict(stage, message.conversation, message.sealed)
    default:
      return isMember ? 'without-effect' : 'unheard'
  }
}

const eventsVerdict = async (room: Room, given: readonly Uint8Array[]): Promise<Verdict> => {
  let { conversation } = room
  let last: Verdict = 'without-effect'
  for (const bytes of given) {
    const event = decodeEvent(bytes)
    if (!event.ok) return event.error.kind
    if (event.value.conversation !== conversation.id) return 'elsewhere'
    const verified = await verifyEvent(event.value, check)
    if (!verified.ok) return verified.error.kind
    const taken = takeIn(conversation, verified.value)
    if (taken.kind === 'taken') conversation = taken.conversation
    else if (taken.kind !== 'known') return taken.kind === 'refused' ? taken.refusal.kind : taken.kind
    last = taken.kind
  }
  return last
}

const sealedVerdict = async (stage: Stage, id: ConversationId, sealed: Uint8Array): Promise<Verdict> => {
  const header = sealedHeader(sealed)
  if (!header.ok) return header.error.kind
  const { epoch, sender, index } = header.value
  const rows = stage.alice.disk.state().get('senderChains') ?? []
  const chain = rows.find(({ key }) => key[0] === id && key[1] === epoch && key[2] === sender)?.value as SenderChain | undefined
  const key = chain && keyAt(chain, index)
  if (key === undefined) return 'no-key'
  const opened = openSealed(sealed, key)
  if (!opened.ok) return 'shut'
  const event = decodeEvent(opened.value)
  if (!event.ok) return event.error.kind
  const { conversation, epoch: ofEpoch, device, index: at } = event.value
  if (conversation !== id || ofEpoch !== epoch || device !== sender || at !== index) return 'mislabelled'
  return eventsVerdict(await stage.room(id), [opened.value])
}
