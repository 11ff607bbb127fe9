// The list of conversations, and one of them with its people.
import type { ConversationId } from '../../core/ids.ts'
import { deliveryByPerson } from '../../core/outbox/delivery.ts'
import type { ConsistencyView, ConversationSummary, ConversationView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, ProfileRecord } from '../../ports/tables.ts'
import { acknowledgedOf } from '../room.ts'
import { networkNow, notesOf, peopleOf, personView, titleOf, type NetworkRecord } from './people.ts'

export const readSummaries = async (reader: StoreReader): Promise<readonly ConversationSummary[]> => {
  const profile = await reader.get('profile', ['me'])
  if (profile === undefined) return []
  const network = await networkNow(reader)
  const summaries: ConversationSummary[] = []
  for (const { key, value } of await reader.list('conversations', [])) {
    summaries.push(await summaryOf(reader, key[0], value, profile, network))
  }
  return summaries.toSorted((a, b) => b.at - a.at)
}

export const readConversation = async (reader: StoreReader, id: ConversationId, now: number): Promise<ConversationView | undefined> => {
  const profile = await reader.get('profile', ['me'])
  const record = await reader.get('conversations', [id])
  if (profile === undefined || record === undefined) return undefined
  const network = await networkNow(reader)
  const person = peopleOf(record, profile)
  const typing = await reader.get('live', ['typing', id])
  const notes = await notesOf(reader)
  const firstUnread = record.unread === 0 ? undefined : await firstUnreadOf(reader, id, record, profile)
  return {
    ...(await summaryOf(reader, id, record, profile, network)),
    members: record.people.map((member) => {
      const links = network.links.filter((link) => member.devices.includes(link.device))
      const best = links.find((link) => link.path === 'direct') ?? links[0]
      const isMe = member.identity === profile.identity
      return {
        ...personView(member.identity, isMe ? profile.name : member.name, profile.identity),
        role: member.role,
        online: isMe ? network.started : links.length > 0,
        ...(best === undefined ? {} : { path: best.path }),
        blocked: notes.get(member.identity)?.blocked === true,
        verified: notes.get(member.identity)?.verified === true,
      }
    }),
    policy: record.policy,
    myRole: record.people.find((member) => member.identity === profile.identity)?.role ?? 'reader',
    consistency: await consistencyOf(reader, id, record),
    typing: typing?.kind === 'typing' ? typing.people.filter(({ until }) => until > now).map(({ identity }) => person(identity).name) : [],
    ...(firstUnread === undefined ? {} : { firstUnread }),
  }
}

const summaryOf = async (
  reader: StoreReader,
  id: ConversationId,
  record: ConversationRecord,
  profile: ProfileRecord,
  network: NetworkRecord,
): Promise<ConversationSummary> => {
  const draft = await reader.get('drafts', [id])
  const unsent = await reader.list('unsent', [id])
  const online = record.people.filter(
    (member) => member.identity !== profile.identity && network.links.some((link) => member.devices.includes(link.device)),
  )
  const last = unsent.at(-1)?.value.text ?? record.last?.text
  const author =
    record.last !== undefined && unsent.length === 0 && record.as === 'group' ? peopleOf(record, profile)(record.last.author) : undefined
  return {
    id,
    kind: record.as,
    title: titleOf(record, profile.identity),
    standing: record.standing,
    ...(last === undefined ? {} : { lastText: { text: last, ...(author === undefined || author.isMe ? {} : { author: author.name }) } }),
    at: record.at,
    unread: record.unread,
    ...(draft === undefined || draft.text === '' ? {} : { draft: draft.text }),
    waiting: unsent.length + (await waitingIn(reader, id, record, profile)),
    online: online.length,
    blocked: await isBlocked(reader, record, profile),
  }
}

const isBlocked = async (reader: StoreReader, record: ConversationRecord, profile: ProfileRecord): Promise<boolean> => {
  const other = record.as === 'direct' ? record.names.find((known) => known.identity !== profile.identity) : undefined
  return other !== undefined && (await reader.get('people', [other.identity]))?.blocked === true
}

const consistencyOf = async (reader: StoreReader, id: ConversationId, record: ConversationRecord): Promise<ConsistencyView> => {
  const told = await reader.get('live', ['consistency', id])
  const devices = told?.kind === 'consistency' ? told.devices : []
  const gaps = devices
    .filter(({ theyLack, weLack }) => theyLack > 0 || weLack > 0)
    .map(({ device, theyLack, weLack }) => ({
      person: record.people.find((member) => member.devices.includes(device))?.name ?? '?',
      theyLack,
      weLack,
    }))
  return { same: devices.length - gaps.length + 1, of: devices.length + 1, gaps }
}

/** Own messages that nobody else has. */
const waitingIn = async (reader: StoreReader, id: ConversationId, record: ConversationRecord, profile: ProfileRecord): Promise<number> => {
  const outbox = (await reader.list('outbox', [id])).filter(({ value }) => value.isMessage)
  if (outbox.length === 0) return 0
  const acknowledged = new Map((await reader.list('acknowledged', [id])).map(({ key, value }) => [key[1], acknowledgedOf(value)]))
  return outbox.filter(({ key, value }) => {
    const message = { device: profile.device, seq: key[1], hlc: value.hlc }
    return deliveryByPerson(record.people, profile.identity, acknowledged, message).every((person) => person.state === 'waiting')
  }).length
}

/** Looks back no further than this many rows. */
const maxLookBack = 500

const firstUnreadOf = async (reader: StoreReader, id: ConversationId, record: ConversationRecord, profile: ProfileRecord) => {
  const newest = await reader.list('timeline', [id], { reverse: true, limit: maxLookBack })
  return newest
    .flatMap(({ value }) => (value.kind === 'message' && value.isVoid !== true && value.author !== profile.identity && value.hlc > record.readHlc ? [value] : []))
    .toSorted((a, b) => a.hlc - b.hlc)[0]?.id
}
