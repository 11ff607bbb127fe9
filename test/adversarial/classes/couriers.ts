// Envelopes that are none, that nobody may carry or open, and one-time keys that nobody asked for.
import { createHpke } from '../../../src/adapters/cipher-hpke/hpke.ts'
import { ed25519 } from '@noble/curves/ed25519.js'
import { domain } from '../../../src/core/codec/bytes.ts'
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { contentMessage, encodeContent, encodeContentPayload, type Content } from '../../../src/core/courier/content.ts'
import { encodeEnvelope, encodeHead, padContent } from '../../../src/core/courier/envelope.ts'
import { dayOf, mailboxTag } from '../../../src/core/courier/mailbox.ts'
import { tag, toHex, type EnvelopeId } from '../../../src/core/ids.ts'
import { encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import { hpkeSuites } from '../../../src/ports/cipher.ts'
import { bytesFor, changed, text } from '../forge.ts'
import type { Ill, Stage, Throw } from '../stage.ts'
import type { Vector, VectorClass, Verdict } from '../vector.ts'

const hpke = createHpke({ bytes: (length) => new Uint8Array(length).fill(5) })
const link = (stage: Stage, frame: Uint8Array, from: Ill = stage.dave): Throw => ({ by: 'link', from, frames: [frame] })
const someTag = (name: string) => tag(bytesFor(name).subarray(0, 16))

/** An envelope that nobody can open, for a mailbox that is nobody's here. */
const envelope = (stage: Stage, days = 3, size = 512, mailbox = someTag('a mailbox')): Uint8Array => {
  const bare = encodeEnvelope({
    tag: mailbox,
    lastDay: dayOf(stage.now()) + days,
    key: toHex(bytesFor('key').subarray(0, 8)),
    enc: bytesFor('enc'),
    ciphertext: new Uint8Array(size - 59).fill(3),
  })
  return bare
}
const carry = (
  name: string,
  expected: Verdict,
  bytes: (stage: Stage) => Uint8Array,
  from: (stage: Stage) => Ill = ({ dave }) => dave,
): Vector => ({
  name: `an envelope to carry ${name}`,
  expected,
  make: (stage) => link(stage, encodeLinkMessage({ kind: 'carry', copies: 1, envelope: bytes(stage) }), from(stage)),
})

/** Mail for Alice, sealed to one of the keys that she gave Dave, and spoilt in one place. */
const mail = (
  name: string,
  spoil: (
    stage: Stage,
    good: Content,
  ) => { readonly content?: Partial<Content>; readonly signer?: Ill; readonly junk?: Uint8Array; readonly keyOf?: 'nobody' },
): Vector => ({
  name: `mail ${name}`,
  expected: 'without-effect',
  // A key that was spent on a forgery is gone; that is the one row that changes.
  changes: 'log',
  make: async (stage) => {
    const good: Content = {
      conversation: stage.group,
      from: stage.dave.device,
      to: stage.alice.id()!,
      events: [await changed(stage, text('by mail'), (fields) => fields)],
      acknowledged: 0,
      readHlc: 0,
      keysLeft: 9,
      keys: [],
    }
    const { content = {}, signer = stage.dave, junk } = spoil(stage, good)
    const payload = encodeContentPayload({ ...good, ...content })
    const padded = padContent(junk ?? encodeContent(ed25519.sign(contentMessage(payload), signer.deviceSeed), payload))!
    return link(stage, encodeLinkMessage({ kind: 'mail', envelopes: [await sealToAlice(stage, padded)] }))
  },
})

/** The public half of a one-time key of Alice's for Dave, worked out from the private one on her disk. */
const sealToAlice = async (stage: Stage, padded: Uint8Array): Promise<Uint8Array> => {
  const row = stage.alice.disk
    .state()
    .get('oneTimeKeys')!
    .find(({ key }) => key[0] === 'mine' && key[1] === stage.dave.device)!
  const { x25519 } = await import('@noble/curves/ed25519.js')
  const publicKey = x25519.getPublicKey((row.value as { readonly key: Uint8Array }).key)
  const { members } = (await stage.room()).conversation
  const head = {
    tag: mailboxTag(members!.meeting, stage.alice.id()!, dayOf(stage.now())),
    lastDay: dayOf(stage.now()) + 3,
    key: row.key[2] as string,
  }
  const sealed = await hpke.seal(hpkeSuites.x25519, publicKey, domain('courier-envelope/1'), encodeHead(head), padded)
  return encodeEnvelope({ ...head, ...sealed })
}

/** Mail in which nothing fits: no row changes. */
const shut = (
  name: string,
  bytes: (stage: Stage) => Uint8Array | Promise<Uint8Array>,
  from: (stage: Stage) => Ill = ({ dave }) => dave,
): Vector => ({
  name: `mail ${name}`,
  expected: 'without-effect',
  make: async (stage) => link(stage, encodeLinkMessage({ kind: 'mail', envelopes: [await bytes(stage)] }), from(stage)),
})
const mailboxOfAlice = async (stage: Stage) =>
  mailboxTag((await stage.room()).conversation.members!.meeting, stage.alice.id()!, dayOf(stage.now()))
const planted = (name: string, frame: (stage: Stage) => readonly unknown[]): Vector => ({
  name,
  expected: 'malformed',
  make: (stage) => link(stage, encodeCbor(frame(stage))),
})
const says = (name: string, frame: (stage: Stage) => Uint8Array, from: (stage: Stage) => Ill = ({ dave }) => dave): Vector => ({
  name,
  expected: 'without-effect',
  make: (stage) => link(stage, frame(stage), from(stage)),
})
const stranger = (stage: Stage): Ill => stage.stranger
const removed = (stage: Stage): Ill => stage.carol

export const couriers: VectorClass = {
  name: 'couriers',
  controls: [
    {
      name: 'an envelope to carry of a member',
      expected: 'unanswered',
      make: (stage) => link(stage, encodeLinkMessage({ kind: 'carry', copies: 2, envelope: envelope(stage) })),
    },
    {
      name: 'one-time keys of a member',
      expected: 'without-effect',
      make: (stage) => link(stage, encodeLinkMessage({ kind: 'one-time-keys', keys: [bytesFor('one'), bytesFor('two')] })),
    },
    {
      ...mail('that is good', () => ({})),
      name: 'mail of a member',
      // Alice has given Dave keys when she is asked.
      before: async (stage) => {
        await stage.throwAt(link(stage, encodeLinkMessage({ kind: 'keys-left', left: 0 })))
        await stage.pass(40_000)
      },
    },
  ],
  vectors: [
    carry('that a stranger hands over', 'unanswered', (stage) => envelope(stage, 4), stranger),
    carry('that somebody who was removed hands over', 'unanswered', (stage) => envelope(stage, 5), removed),
    carry('of a version that nobody knows', 'not-kept', (stage) => envelope(stage, 6).with(0, 2)),
    carry('whose size is no bucket', 'not-kept', (stage) => envelope(stage, 6, 600)),
    carry('that is smaller than all buckets', 'not-kept', (stage) => envelope(stage, 6, 128)),
    carry('of one byte', 'not-kept', () => Uint8Array.of(1)),
    carry('of no bytes', 'not-kept', () => new Uint8Array(0)),
    carry('that expired yesterday', 'not-kept', (stage) => envelope(stage, -1)),
    carry('that expired in 1970', 'not-kept', (stage) => envelope(stage, -dayOf(stage.now()))),
    carry('for a month', 'not-kept', (stage) => envelope(stage, 31)),
    carry('until the end of all days', 'not-kept', (stage) => envelope(stage, 65_535 - dayOf(stage.now()))),
    {
      name: 'an envelope to carry that is carried already',
      expected: 'unanswered',
      make: (stage) => link(stage, encodeLinkMessage({ kind: 'carry', copies: 2, envelope: envelope(stage) })),
    },
    planted('an envelope to carry in no copies', (stage) => [13, 0, envelope(stage)]),
    planted('an envelope to carry in 17 copies', (stage) => [13, 17, envelope(stage)]),
    planted('an envelope to carry in half a copy', (stage) => [13, 0.5, envelope(stage)]),
    planted('an envelope to carry of 64 KiB and one byte', () => [13, 1, new Uint8Array(64 * 1024 + 1)]),
    planted('257 envelopes of mail', () => [16, Array.from({ length: 257 }, () => new Uint8Array(1))]),
    planted('a receipt without a word on whether it was kept', () => [14, new Uint8Array(16)]),
    planted('a receipt for 15 bytes', () => [14, new Uint8Array(15), true]),
    planted('a request for mail without a nonce', () => [15, null, []]),
    planted('a request for 4,097 mailboxes', () => [15, new Uint8Array(16), Array.from({ length: 4_097 }, () => new Uint8Array(8))]),
    planted('a request for a mailbox of 9 bytes', () => [15, new Uint8Array(16), [new Uint8Array(9)]]),
    planted('33 one-time keys', () => [12, Array.from({ length: 33 }, () => new Uint8Array(32))]),
    planted('a one-time key of 31 bytes', () => [12, [new Uint8Array(31)]]),
    planted('a negative number of keys left', () => [11, -1]),
    planted('257 envelopes that were collected', () => [17, Array.from({ length: 257 }, () => new Uint8Array(16))]),
    says('one-time keys of a stranger', () => encodeLinkMessage({ kind: 'one-time-keys', keys: [bytesFor('a key')] }), stranger),
    says(
      'one-time keys of somebody who was removed',
      () => encodeLinkMessage({ kind: 'one-time-keys', keys: [bytesFor('a key')] }),
      removed,
    ),
    says('one-time keys that were given before', () =>
      encodeLinkMessage({ kind: 'one-time-keys', keys: [bytesFor('one'), bytesFor('two')] }),
    ),
    says('a stranger who has no keys left', () => encodeLinkMessage({ kind: 'keys-left', left: 0 }), stranger),
    says('a member who has more keys left than there are', () => encodeLinkMessage({ kind: 'keys-left', left: Number.MAX_SAFE_INTEGER })),
    says('a receipt for what was never handed over', () =>
      encodeLinkMessage({ kind: 'carried', envelope: toHex(bytesFor('e').subarray(0, 16)) as EnvelopeId, kept: true }),
    ),
    says('a word that an envelope was collected which nobody asked for', () =>
      encodeLinkMessage({ kind: 'collected', envelopes: [toHex(bytesFor('e').subarray(0, 16)) as EnvelopeId] }),
    ),
    says(
      'a stranger who asks for mail',
      () => encodeLinkMessage({ kind: 'collect', nonce: new Uint8Array(16), wanted: ['00'.repeat(8)] }),
      stranger,
    ),
    says('a member who asks for everybody’s mail', () =>
      encodeLinkMessage({
        kind: 'collect',
        nonce: new Uint8Array(16),
        wanted: Array.from({ length: 4_000 }, (_, at) => toHex(bytesFor(`${at}`).subarray(0, 8))),
      }),
    ),
    shut('for nobody here', (stage) => envelope(stage)),
    shut('in Alice’s mailbox, under a key that she never gave', async (stage) => envelope(stage, 3, 512, await mailboxOfAlice(stage))),
    shut('in Alice’s mailbox, of no bucket', async (stage) => envelope(stage, 3, 512, await mailboxOfAlice(stage)).subarray(0, 500)),
    shut('of no bytes', () => new Uint8Array(0)),
    shut('that a stranger brings', async (stage) => envelope(stage, 3, 512, await mailboxOfAlice(stage)), stranger),
    mail('with a word inside that Carol signed', (stage) => ({ signer: stage.carol })),
    mail('that says that it is from Bob', ({ bob }) => ({ content: { from: bob.id()! } })),
    mail('that says that it is for Bob', ({ bob }) => ({ content: { to: bob.id()! } })),
    mail('of another conversation', ({ direct }) => ({ content: { conversation: direct } })),
    mail('with noise inside', () => ({ junk: bytesFor('noise') })),
    mail('with nothing inside', () => ({ junk: new Uint8Array(0) })),
    mail('with events inside that are none', () => ({ content: { events: [bytesFor('noise')] } })),
  ],
}
