// The door at which strangers ask to talk. What they send is checked, cheap things first, and kept as a row until it is answered; nothing
// goes back but the proof that this is the door they look for. Too many at once are turned away unread and counted, and their links are
// ended, so that a crowd costs the person neither attention nor connections.
import { readFirstWords, type FirstWords } from '../../core/contact/first-words.ts'
import { requestMessage, type ContactMessage } from '../../core/contact/messages.ts'
import { fullPatience, hearOne, makeRoom, type KeptRequest } from '../../core/contact/quota.ts'
import { decodeEvent } from '../../core/event/codec.ts'
import { verifyEvent } from '../../core/event/verify.ts'
import { inviteKeys } from '../../core/invite/secret.ts'
import type { ConversationId, DeviceId, IdentityId, Tag } from '../../core/ids.ts'
import { maxRequestBytes, requestDays } from '../../core/limits.ts'
import { memberOfDevice } from '../../core/members/members.ts'
import { encodeLinkMessage } from '../../core/sync/messages.ts'
import { tagsAt } from '../../core/tags.ts'
import { msPerDay } from '../../core/time.ts'
import type { Entry, Write } from '../../ports/store.ts'
import type { ContactRecord } from '../../ports/tables.ts'
import { orDrop } from '../background.ts'
import { createOneAtATime } from '../courier/one-at-a-time.ts'
import type { Links } from '../links.ts'
import type { PeopleNotes } from '../people-notes.ts'
import type { Session } from '../session.ts'
import { readContactLink } from './contact-link.ts'

export interface Door {
  load(): Promise<void>
  /** The link was made, replaced or revoked. */
  renewed(): Promise<void>
  /** Tags at which strangers who have the link may find this device. */
  tags(): readonly Tag[]
  linked(device: DeviceId): void
  unlinked(device: DeviceId): void
  hear(device: DeviceId, message: Exclude<ContactMessage, { kind: 'at-home' }>): void
}

/** What a stranger has to say is said by then. */
const strangerMs = 180_000
/** Links of strangers at one time; the one that has stood longest goes when one more comes. */
const maxStrangers = 16
/** How often the number of those turned away is written. */
const countMs = 5_000

type Request = Extract<ContactMessage, { kind: 'request' }>
type Kept = Extract<ContactRecord, { kind: 'request' | 'dropped' }>

export const createDoor = (
  session: Session,
  links: Links,
  notes: Pick<PeopleNotes, 'isBlockedPerson'>,
  isStranger: (device: DeviceId) => boolean,
  changed: () => void,
): Door => {
  const oneAtATime = createOneAtATime()
  const strangers = new Map<DeviceId, () => void>()
  let secret: Uint8Array | undefined
  let patience = fullPatience(session.clock.now())
  let uncounted = 0

  const renewed = async (): Promise<void> => {
    secret = (await session.store.read(readContactLink))?.secret
    patience = fullPatience(session.clock.now())
    changed()
  }

  const turnAway = (): void => {
    if (uncounted++ > 0) return
    session.clock.after(countMs, () => orDrop(count()))
  }
  const count = async (): Promise<void> => {
    const more = uncounted
    uncounted = 0
    const before = await session.store.read((reader) => reader.get('contact', ['turned-away']))
    const value = { kind: 'turned-away', count: more + (before?.kind === 'turned-away' ? before.count : 0) } as const
    await session.store.commit([{ kind: 'put', table: 'contact', key: ['turned-away'], value }], 'relaxed')
  }

  /** A request by a link that is not this device's, or through a group that the two do not share, is not even looked at. */
  const mayAsk = async (device: DeviceId, identity: IdentityId, { way, events }: Request): Promise<boolean> => {
    if (way.kind === 'group') return isFellow(session, way.conversation, device, identity)
    const keys = secret && inviteKeys(secret)
    if (keys?.invite !== way.link) return false
    const publicKey = await session.signer.publicKey(keys.seed)
    return session.signer.verify(publicKey, requestMessage(keys.invite, device, session.me.device, events), way.proof)
  }

  const receive = async (device: DeviceId, request: Request): Promise<void> => {
    const { way, events } = request
    const bytes = events.reduce((sum, event) => sum + event.length, 0)
    const identity = claimedIdentity(events)
    if (identity === undefined || bytes > maxRequestBytes || identity === session.me.identity || notes.isBlockedPerson(identity)) return
    if (way.kind === 'link' && (secret === undefined || inviteKeys(secret).invite !== way.link)) return
    if (await isKnown(identity, events)) return
    const { patience: left, isHeard } = hearOne(patience, session.clock.now())
    patience = left
    if (!isHeard) return turnAway()
    const words = (await mayAsk(device, identity, request)) ? await verified(session, device, request) : undefined
    if (words?.identity === identity) await keep(device, request, words, bytes)
  }

  /** Brought again, or deleted here before. */
  const isKnown = async (identity: IdentityId, events: readonly Uint8Array[]): Promise<boolean> => {
    const kept = await session.store.read((reader) => reader.get('contact', ['request', identity]))
    if (kept?.kind === 'dropped') return session.clock.now() - kept.at < requestDays * msPerDay
    if (kept?.kind !== 'request') return false
    const first = events[0] && decodeEvent(events[0])
    return first?.ok === true && first.value.conversation === kept.conversation
  }

  const keep = async (device: DeviceId, request: Request, words: FirstWords, bytes: number): Promise<void> => {
    const now = session.clock.now()
    const kept = await session.store.read((reader) => reader.list('contact', ['request']))
    const gone = makeRoom(
      kept.map(sizeOf).filter(({ identity }) => identity !== words.identity),
      bytes,
      now,
    )
    const { conversation, identity, name, text } = words
    const { secret: invite, events } = request
    await session.store.commit([
      ...gone.map((one): Write => ({ kind: 'delete', table: 'contact', key: ['request', one] })),
      {
        kind: 'put',
        table: 'contact',
        key: ['request', identity],
        value: { kind: 'request', name, text, at: now, device, conversation, secret: invite, events },
      },
    ])
  }

  const end = (device: DeviceId): void => {
    strangers.get(device)?.()
    strangers.delete(device)
    if (isStranger(device) && links.pathTo(device) !== undefined) session.network.close(device)
  }

  return {
    load: renewed,
    renewed,
    tags: () => (secret === undefined ? [] : tagsAt(inviteKeys(secret).meeting, 'invite', session.clock.now())),
    linked: (device) => {
      strangers.get(device)?.()
      strangers.delete(device)
      if (!isStranger(device)) return
      const [longest] = strangers.keys()
      if (strangers.size >= maxStrangers && longest !== undefined) end(longest)
      strangers.set(
        device,
        session.clock.after(strangerMs, () => end(device)),
      )
    },
    unlinked: (device) => {
      strangers.get(device)?.()
      strangers.delete(device)
    },
    hear: (device, message) => {
      if (message.kind === 'knock') {
        if (secret === undefined || inviteKeys(secret).invite !== message.link) return
        const { identity, certificate } = session.profile()
        return links.send(device, encodeLinkMessage({ kind: 'at-home', link: message.link, identity, certificate }))
      }
      // The link is of no more use to a stranger: while it stands they would see that somebody is here.
      oneAtATime(() => receive(device, message).finally(() => end(device)))
    },
  }
}

const isFellow = ({ rooms }: Session, group: ConversationId, device: DeviceId, identity: IdentityId): boolean => {
  const room = rooms.get(group)
  const members = room?.conversation.members
  return room?.record.standing === 'member' && members?.as === 'group' && memberOfDevice(members, device)?.identity === identity
}

/** Who the request says that it is from, before anything is checked. */
const claimedIdentity = ([first]: readonly Uint8Array[]): IdentityId | undefined => {
  const event = first && decodeEvent(first)
  return event?.ok === true && event.value.body.kind === 'create' ? event.value.body.person.identity : undefined
}

const verified = async ({ signer }: Session, device: DeviceId, { secret, events }: Request): Promise<FirstWords | undefined> => {
  const checked = []
  for (const bytes of events) {
    const decoded = decodeEvent(bytes)
    // One after the other: the first bad one ends it.
    const event = decoded.ok ? await verifyEvent(decoded.value, signer.verify) : decoded
    if (!event.ok) return undefined
    checked.push(event.value)
  }
  const words = readFirstWords(device, secret, checked)
  return words.ok ? words.value : undefined
}

const sizeOf = ({ key, value }: Entry<'contact'>): KeptRequest => {
  const kept = value as Kept
  const bytes = kept.kind === 'request' ? kept.events.reduce((sum, event) => sum + event.length, 0) : 0
  return { identity: key[1] as IdentityId, bytes, at: kept.at }
}
