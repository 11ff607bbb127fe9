// The recipient's side: whoever may carry is asked for mail in this device's mailboxes. What comes is opened and goes the ordinary way in,
// where it is verified, ordered and judged like anything else; only then the one-time key is erased and the courier told to let go.
import { decodeEnvelope, nameEnvelope, type Envelope } from '../../core/courier/envelope.ts'
import { blindTag, collectNonceBytes, daysToCollect, mailboxTag } from '../../core/courier/mailbox.ts'
import { maxWanted } from '../../core/courier/messages.ts'
import type { Content } from '../../core/courier/content.ts'
import { decodeEvent } from '../../core/event/codec.ts'
import { lanes } from '../../core/event/event.ts'
import type { ConversationId, DeviceId, EnvelopeId, Tag } from '../../core/ids.ts'
import { chainKey } from '../../core/log/chains.ts'
import { encodeLinkMessage } from '../../core/sync/messages.ts'
import type { Acknowledge } from '../acknowledge.ts'
import { isFormer } from '../former.ts'
import type { Links } from '../links.ts'
import { receiveEvents } from '../receive.ts'
import type { Session } from '../session.ts'
import type { Contacts } from './contacts.ts'
import { createOneAtATime } from './one-at-a-time.ts'
import { unwrap } from './seal.ts'

export interface Collecting {
  /** Asks a device for mail, if it may carry. */
  ask(device: DeviceId): void
  mail(from: DeviceId, envelopes: readonly Uint8Array[]): void
  /** Whether an envelope is for this device: a courier who spreads copies cannot know. */
  isMine(envelope: Uint8Array): boolean
}

export interface Opened {
  readonly content: Content
  /** Something in it was new here. */
  readonly isNews: boolean
}

export const createCollecting = (
  session: Session,
  links: Links,
  contacts: Contacts,
  acknowledge: Acknowledge,
  opened: (opened: Opened) => void,
): Collecting => {
  const { store, clock, rooms, random, me } = session
  const queue = createOneAtATime()
  let mailboxes: { readonly of: string; readonly conversationByTag: ReadonlyMap<Tag, ConversationId> } | undefined

  /** This device's mailboxes of the last two weeks; deriving them takes some time, so they are kept until a room or the day is another. */
  const mailboxesNow = (): ReadonlyMap<Tag, ConversationId> => {
    const days = daysToCollect(clock.now())
    const open = rooms.all().filter(contacts.mayTravel)
    const of = [days.join(), ...open.map((room) => room.conversation.id)].join(' ')
    if (mailboxes?.of !== of) {
      const entries = open.flatMap(({ conversation: { id, members } }) =>
        days.map((day) => [mailboxTag(members?.meeting ?? new Uint8Array(0), me.device, day), id] as const),
      )
      mailboxes = { of, conversationByTag: new Map(entries) }
    }
    return mailboxes.conversationByTag
  }

  /** True when the courier may let go: it has come, came before, or will never mean anything. */
  const open = async (bytes: Uint8Array): Promise<boolean> => {
    const envelope = decodeEnvelope(bytes)
    if (!envelope.ok) return true
    const id = mailboxesNow().get(envelope.value.tag)
    // It was asked for, so this device's clock has jumped since: at another time of its clock it will be for one of its mailboxes.
    if (id === undefined) return false
    const found = await keyFor(id, envelope.value)
    if (found === undefined) return true
    const content = await unwrap(session, envelope.value, found.key)
    // Sealed by somebody who knows the key's name and not the key: the true one may still come.
    if (content === 'shut') return true
    const isHonest = content !== 'forged' && content.conversation === id && content.from === found.peer && content.to === me.device
    // Whoever has gone is not heard over a link, nor this way; what they said before, members have. The key was used all the same.
    const isHeard = isHonest && !isGone(id, found.peer)
    if (isHeard && !(await takeIn(content))) return false
    await store.commit([{ kind: 'delete', table: 'oneTimeKeys', key: ['mine', found.peer, envelope.value.key] }])
    return true
  }

  const isGone = (id: ConversationId, device: DeviceId): boolean => {
    const room = rooms.get(id)
    return room === undefined || isFormer(room, device)
  }

  /** The private key, and the one device that was given its public half: also one that has gone since, or its keys would never be used up. */
  const keyFor = async (id: ConversationId, { key }: Envelope): Promise<{ peer: DeviceId; key: Uint8Array } | undefined> => {
    for (const [peer, owner] of rooms.get(id)?.conversation.members?.ownerByDevice ?? []) {
      if (owner === me.identity) continue
      const record = await store.read((reader) => reader.get('oneTimeKeys', ['mine', peer, key]))
      if (record !== undefined) return { peer, key: record.key }
    }
    return undefined
  }

  /** False when something in it still waits for its past, and must come again once that is here. */
  const takeIn = async (content: Content): Promise<boolean> => {
    const { conversation: id, from, acknowledged, readHlc } = content
    const { taken } = await receiveEvents(session, id, content.events)
    await acknowledge(id, from, { have: new Map([[chainKey(lanes.content, me.device), acknowledged]]), readHlc })
    opened({ content, isNews: taken > 0 })
    const early = rooms.get(id)?.early
    return !content.events.some((bytes) => {
      const event = decodeEvent(bytes)
      return event.ok && early?.has(event.value.id) === true
    })
  }

  return {
    ask: (device) => {
      if (!contacts.mayExchange(device)) return
      const nonce = random.bytes(collectNonceBytes)
      const wanted = [...mailboxesNow().keys()].slice(-maxWanted).map((mailbox) => blindTag(nonce, mailbox))
      if (wanted.length > 0) links.send(device, encodeLinkMessage({ kind: 'collect', nonce, wanted }))
    },
    isMine: (bytes) => {
      const envelope = decodeEnvelope(bytes)
      return envelope.ok && mailboxesNow().has(envelope.value.tag)
    },
    mail: (from, envelopes) => {
      if (!contacts.mayExchange(from)) return
      queue(async () => {
        const done: EnvelopeId[] = []
        for (const bytes of envelopes) if (await open(bytes)) done.push(nameEnvelope(bytes))
        if (done.length > 0) links.send(from, encodeLinkMessage({ kind: 'collected', envelopes: done }))
      })
    },
  }
}
