// Flooding: many frames at once, cheap to make and hoped to be dear to answer.
import { collectNonceBytes } from '../../../src/core/courier/mailbox.ts'
import { toHex } from '../../../src/core/ids.ts'
import { encodeLinkMessage, type LinkMessage } from '../../../src/core/sync/messages.ts'
import type { Liar } from './liar.ts'
import type { CreateVice } from './vice.ts'

const framesAtOnce = 60

const oneOf = (liar: Liar): Uint8Array => {
  const { dice } = liar
  const conversation = liar.somewhere()?.id
  const messages: readonly LinkMessage[] = [
    { kind: 'keys-left', left: 0 },
    { kind: 'one-time-keys', keys: Array.from({ length: 4 }, () => dice.bytes(32)) },
    { kind: 'collect', nonce: dice.bytes(collectNonceBytes), wanted: Array.from({ length: 50 }, () => toHex(dice.bytes(8))) },
    { kind: 'carry', copies: 4, envelope: dice.bytes(300) },
    ...(conversation === undefined
      ? []
      : ([
          { kind: 'typing', conversation },
          { kind: 'digest', conversation, digest: dice.bytes(16), readHlc: 0 },
          { kind: 'want', conversation, have: new Map(), readHlc: 0 },
          { kind: 'preview', conversation, invite: toHex(dice.bytes(16)) },
          { kind: 'sealed', conversation, sealed: dice.bytes(400) },
          { kind: 'events', conversation, events: [dice.bytes(200), dice.bytes(200)], more: true },
        ] satisfies readonly LinkMessage[])),
  ]
  return dice.happens(0.2) ? dice.bytes(dice.between(0, 200)) : encodeLinkMessage(dice.pick(messages)!)
}

export const createFlooding: CreateVice = (liar) => ({
  attack: async () => {
    const to = liar.dice.pick(liar.linked())
    if (to === undefined) return
    for (let i = 0; i < framesAtOnce; i++) liar.send(to, oneOf(liar))
  },
})
