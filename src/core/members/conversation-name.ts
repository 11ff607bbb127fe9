// A conversation's id is bound to its creator: nobody else can make a `create` for it, so an invite that names the id pins the room.
import { fromHex, conversationId, type ConversationId, type IdentityId } from '../ids.ts'
import { hash } from '../codec/bytes.ts'

/** The 16-byte id of the conversation that `creator` makes with a 16-byte nonce. */
export const nameConversation = (creator: IdentityId, nonce: Uint8Array): ConversationId =>
  conversationId(hash('conversation/1', fromHex(creator), nonce).slice(0, 16))
