// A conversation's id is bound to its creator: nobody else can make a `create` for it, so an invite that names the id pins the room. And its
// nonce is bound to the one device that made it and to the meeting secret that it made: of two devices of a creator, or of two attempts of
// one, a single one can begin the conversation.
import { fromHex, conversationId, type ConversationId, type DeviceId, type IdentityId } from '../ids.ts'
import { hash } from '../codec/bytes.ts'

/** The 16-byte id of the conversation that `creator` makes with a 16-byte nonce. */
export const nameConversation = (creator: IdentityId, nonce: Uint8Array): ConversationId =>
  conversationId(hash('conversation/1', fromHex(creator), nonce).slice(0, 16))

/** The 16-byte nonce under which a device begins a conversation whose meeting secret (32 bytes) is `meeting`. */
export const nonceOf = (device: DeviceId, meeting: Uint8Array): Uint8Array =>
  hash('conversation-nonce/1', fromHex(device), meeting).slice(0, 16)
