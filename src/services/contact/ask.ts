// Asking somebody to talk who does not know this person yet: by their contact link, or because both are in a group. The conversation exists
// here at once, with one text; its signed beginning is brought to them as a request, again and again, until they let themselves in by it or
// the conversation is left. Nothing comes back before that, so nothing is known of where the request stands.
import { nameContact } from '../../core/contact/contact-name.ts'
import { maxRequestEvents, requestMessage, type ContactMessage, type RequestWay } from '../../core/contact/messages.ts'
import { lanes } from '../../core/event/event.ts'
import { inviteKeys } from '../../core/invite/secret.ts'
import type { ContactId, ConversationId, DeviceId, IdentityId, Tag } from '../../core/ids.ts'
import { certificateMessage } from '../../core/members/card.ts'
import { encodeLinkMessage } from '../../core/sync/messages.ts'
import { tagsAt } from '../../core/tags.ts'
import { ok, type Result } from '../../core/result.ts'
import { fromHex } from '../../core/ids.ts'
import { maxRequestTextBytes } from '../../core/limits.ts'
import { utf8Length } from '../../core/codec/bytes.ts'
import type { CommandProblem } from '../../ports/commands.ts'
import type { AskedWay, ContactRecord } from '../../ports/tables.ts'
import { say } from '../author.ts'
import { orDrop, untilStored } from '../background.ts'
import { beginAsking } from '../invite.ts'
import type { Links } from '../links.ts'
import { problem } from '../problems.ts'
import type { Session } from '../session.ts'

export interface Asking {
  load(): Promise<void>
  ask(contact: ContactId, name: string, way: AskedWay, text: string): Promise<Result<ConversationId, CommandProblem>>
  /** Tags at which those who were asked may be found. */
  tags(): readonly Tag[]
  /** Devices found there, to be linked with for a moment; they may not learn this one's addresses. */
  candidates(): readonly DeviceId[]
  isCandidate(device: DeviceId): boolean
  found(tag: Tag, device: DeviceId): void
  linked(device: DeviceId): void
  hear(device: DeviceId, message: Extract<ContactMessage, { kind: 'at-home' }>): void
}

type Asked = Extract<ContactRecord, { kind: 'asked' }>
interface Wish extends Asked {
  readonly found: Set<DeviceId>
}

/** Nobody says whether a request came, so it is brought again; each time after twice as long. */
const restMs = 10 * 60_000
const longestRestMs = 6 * 3_600_000

export const createAsking = (session: Session, links: Links, changed: () => void): Asking => {
  const wishes = new Map<ConversationId, Wish>()
  /** When a device is brought the request again, and after how long the time after that. */
  const rests = new Map<string, { readonly until: number; readonly ms: number }>()
  const isDue = (id: ConversationId, device: DeviceId): boolean => (rests.get(`${id} ${device}`)?.until ?? 0) <= session.clock.now()
  const linkOf = (secret: Uint8Array): string => inviteKeys(secret).invite

  const rest = (id: ConversationId, device: DeviceId): void => {
    const key = `${id} ${device}`
    const ms = Math.min((rests.get(key)?.ms ?? restMs / 2) * 2, longestRestMs)
    rests.set(key, { until: session.clock.now() + ms, ms })
    session.clock.after(ms + 1, () => {
      if (!wishes.has(id)) return
      changed()
      linked(device)
    })
    changed()
  }

  const send = async (id: ConversationId, device: DeviceId, wish: Wish): Promise<void> => {
    const events = await eventsOf(session, id)
    // The conversation was removed from this device meanwhile.
    if (events.length === 0) return forget(id)
    if (events.length > maxRequestEvents) return
    const way = await wayTo(device, wish, events)
    links.send(device, encodeLinkMessage({ kind: 'request', way, secret: wish.secret, events }))
    rest(id, device)
  }

  const wayTo = async (device: DeviceId, { way }: Wish, events: readonly Uint8Array[]): Promise<RequestWay> => {
    if (way.kind === 'group') return { kind: 'group', conversation: way.conversation }
    const keys = inviteKeys(way.secret)
    const proof = await session.signer.sign(keys.seed, requestMessage(keys.invite, session.me.device, device, events))
    return { kind: 'link', link: keys.invite, proof }
  }

  const linked = (device: DeviceId): void => {
    if (links.pathTo(device) === undefined) return
    for (const [id, wish] of wishes) {
      const { way } = wish
      if (!isDue(id, device)) continue
      if (way.kind === 'link' && wish.found.has(device)) {
        // A link that is posted in public lets anybody stand at its meeting place: the text is for the one person that it names.
        links.send(device, encodeLinkMessage({ kind: 'knock', link: linkOf(way.secret) }))
      } else if (way.kind === 'group' && devicesInGroup(session, way.conversation, way.identity).includes(device))
        orDrop(send(id, device, wish))
    }
  }

  const isProven = ({ contact }: Wish, device: DeviceId, { identity, certificate }: { identity: IdentityId; certificate: Uint8Array }) =>
    nameContact(identity) === contact && session.signer.verify(fromHex(identity), certificateMessage(identity, device), certificate)

  const forget = (id: ConversationId): void => {
    if (!wishes.delete(id)) return
    untilStored(session, () => session.store.commit([{ kind: 'delete', table: 'contact', key: ['asked', id] }]))
    changed()
  }
  session.rooms.onCommit(({ after }) => {
    if (wishes.has(after.conversation.id) && after.record.standing !== 'asking') forget(after.conversation.id)
  })

  return {
    load: async () => {
      for (const { key, value } of await session.store.read((reader) => reader.list('contact', ['asked']))) {
        const [, id] = key as readonly ['asked', ConversationId]
        if (value.kind !== 'asked') continue
        wishes.set(id, { ...value, found: new Set() })
        // Answered, but stopped before it was noted.
        if (session.rooms.get(id)?.record.standing !== 'asking') forget(id)
      }
    },
    ask: async (contact, name, way, text) => {
      if (text.trim() === '') return problem('empty')
      if (utf8Length(text) > maxRequestTextBytes) return problem('too-long')
      if (session.profile().name === '') return problem('bad-name')
      const begun = await beginAsking(session, name, async (draft, room, secret) => {
        const asked: Asked = { kind: 'asked', contact, way, secret }
        draft.put('contact', ['asked', room.conversation.id], asked)
        return { room: await say(session, draft, room, { kind: 'text', text, replyTo: null }), value: asked }
      })
      wishes.set(begun.id, { ...begun.value, found: new Set() })
      changed()
      for (const device of links.devices()) linked(device)
      return ok(begun.id)
    },
    tags: () =>
      [...wishes.values()].flatMap(({ way }) =>
        way.kind === 'link' ? tagsAt(inviteKeys(way.secret).meeting, 'invite', session.clock.now()) : [],
      ),
    candidates: () =>
      [...wishes].flatMap(([id, { found, way }]) => {
        const devices = way.kind === 'link' ? [...found] : devicesInGroup(session, way.conversation, way.identity)
        return devices.filter((device) => isDue(id, device))
      }),
    isCandidate: (device) => [...wishes.values()].some(({ found }) => found.has(device)),
    found: (tag, device) => {
      for (const { way, found } of wishes.values()) {
        if (way.kind !== 'link' || found.has(device) || found.size >= maxFound) continue
        if (!tagsAt(inviteKeys(way.secret).meeting, 'invite', session.clock.now()).includes(tag)) continue
        found.add(device)
        changed()
        linked(device)
      }
    },
    linked,
    hear: (device, message) => {
      for (const [id, wish] of wishes) {
        if (wish.way.kind !== 'link' || linkOf(wish.way.secret) !== message.link || !wish.found.has(device) || !isDue(id, device)) continue
        orDrop(Promise.resolve(isProven(wish, device, message)).then((isThem) => (isThem ? send(id, device, wish) : rest(id, device))))
      }
    },
  }
}

/** More than this are not the devices of one person, but somebody who stands in the way. */
const maxFound = 64

/** The beginning as it was signed: who belongs first, then what was said. */
const eventsOf = async ({ store, me }: Session, id: ConversationId): Promise<readonly Uint8Array[]> =>
  store.read(async (reader) => {
    const [members, content] = await Promise.all([
      reader.list('events', [id, lanes.members, me.device]),
      reader.list('events', [id, lanes.content, me.device]),
    ])
    return [...members, ...content].map(({ value }) => value.bytes)
  })

const devicesInGroup = ({ rooms }: Session, group: ConversationId, identity: IdentityId): readonly DeviceId[] => {
  const member = rooms.get(group)?.conversation.members?.people.get(identity)
  return member?.devices.map((card) => card.device) ?? []
}
