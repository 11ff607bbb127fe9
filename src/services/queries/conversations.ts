// The list of conversations, and one of them with its people.
import { nameContact } from '../../core/contact/contact-name.ts'
import type { ConversationId, DeviceId, IdentityId } from '../../core/ids.ts'
import { compareOrder } from '../../core/log/chains.ts'
import { mayApprove } from '../../core/members/rights.ts'
import { reachOf } from '../../core/outbox/delivery.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import type { ConsistencyView, ConversationSummary, ConversationView, MemberView, PersonView } from '../../ports/queries.ts'
import type { Entry, StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, LiveRecord, PersonNote, PersonRecord } from '../../ports/tables.ts'
import { privacyOf } from '../privacy.ts'
import { isHidden, withoutHidden } from './hidden.ts'
import { keptBytes, type Kept } from './kept.ts'
import { readPins } from './marked.ts'
import { ownerOf, peopleOf, personView, titleOf } from './people.ts'
import { waitUntil } from '../slow.ts'
import { presenceOf, statusOf } from './presence.ts'
import { contextOf, draftReplyOf, isAloneIn } from './row-views.ts'

export const readSummaries = async (reader: StoreReader): Promise<readonly ConversationSummary[]> => {
  const [kept, records] = await Promise.all([keptBytes(reader), reader.list('conversations', [])])
  if (kept === undefined) return []
  const summaries = records.map(async ({ key, value }) => summaryOf(reader, kept, key[0], await withoutHidden(reader, kept, key[0], value)))
  return (await Promise.all(summaries)).toSorted((a, b) => b.at - a.at)
}

export const readConversation = async (reader: StoreReader, id: ConversationId, now: number): Promise<ConversationView | undefined> => {
  const [kept, stored, typing, consistency, hidden] = await Promise.all([
    keptBytes(reader, id),
    reader.get('conversations', [id]),
    reader.get('live', ['typing', id]),
    reader.get('live', ['consistency', id]),
    reader.get('hidden', [id]),
  ])
  if (kept === undefined || stored === undefined) return undefined
  const record = await withoutHidden(reader, kept, id, stored)
  const { profile } = kept
  const person = peopleOf(record, profile, kept.notes)
  const draft = kept.draft(id)
  const firstUnread = record.unread === 0 ? undefined : await firstUnreadOf(reader, id, record, kept)
  const others = (await reader.list('conversations', [])).filter(({ value }) => value.standing !== 'left')
  const inGroups = peopleInGroups(others, record)
  const forked = new Set((await reader.list('forks', [id])).map(({ key }) => key[2]))
  const directs = directConversations(others, await reader.list('contact', ['asked']), profile.identity)
  return {
    ...(await summaryOf(reader, kept, id, record)),
    members: record.people.map((member) => ({
      ...memberView(kept, member, inGroups, directs.get(member.identity)),
      forked: member.devices.some((device) => forked.has(device)),
    })),
    policy: record.policy,
    approval: record.approval === true,
    applicants: applicantsFor(record, profile.identity).map(({ identity, name, at }) => ({
      person: personView(identity, name, profile.identity, kept.notes.get(identity)),
      at,
    })),
    // Not known in records of before.
    timer: record.timer ?? 0,
    slow: record.slow ?? 0,
    ...waitOf(record, profile.identity, now),
    pins: await readPins(reader, id, record, kept),
    myRole: record.people.find((member) => member.identity === profile.identity)?.role ?? 'reader',
    consistency: consistencyOf(consistency, record, person),
    hidden: hidden?.hidden === true,
    typing:
      typing?.kind === 'typing' && privacyOf(profile).typing
        ? typing.people
            .filter(({ identity, until }) => until > now && !isHidden(kept, identity))
            .map(({ identity }) => person(identity).name)
        : [],
    ...(firstUnread === undefined ? {} : { firstUnread }),
    ...(draft?.replyTo === undefined ? {} : await draftReplyOf(reader, await contextOf(reader, id, now), draft)),
  }
}

/** Who asks to be let in, for those who decide. */
const applicantsFor = ({ applicants = [], people, policy }: ConversationRecord, me: IdentityId) => {
  const own = people.find(({ identity }) => identity === me)
  return own !== undefined && mayApprove({ policy }, own) ? applicants : []
}

const waitOf = (record: ConversationRecord, me: IdentityId, now: number): { readonly waitUntil?: number } => {
  const until = waitUntil(record, me)
  return until > now ? { waitUntil: until } : {}
}

/** With whom one shares a group: in a group everybody in it, in a direct conversation that is to be looked up. */
const peopleInGroups = (others: readonly Entry<'conversations'>[], record: ConversationRecord): ReadonlySet<IdentityId> => {
  const groups = record.as === 'group' ? [record] : others.map(({ value }) => value)
  const present = groups.filter(({ as, standing }) => as === 'group' && standing === 'member')
  return new Set(present.flatMap(({ people }) => people.map(({ identity }) => identity)))
}

/** With whom one talks apart, or asked to. */
const directConversations = (
  others: readonly Entry<'conversations'>[],
  asked: readonly Entry<'contact'>[],
  me: IdentityId,
): ReadonlyMap<IdentityId, ConversationId> =>
  new Map([
    ...asked.flatMap(({ key, value }): [IdentityId, ConversationId][] =>
      value.kind === 'asked' && value.way.kind === 'group' ? [[value.way.identity, key[1] as ConversationId]] : [],
    ),
    ...others.flatMap(({ key, value }) =>
      value.as === 'direct'
        ? value.names.flatMap(({ identity }): [IdentityId, ConversationId][] => (identity === me ? [] : [[identity, key[0]]]))
        : [],
    ),
  ])

const memberView = (
  kept: Kept,
  member: PersonRecord,
  inGroups: ReadonlySet<IdentityId>,
  direct: ConversationId | undefined,
): Omit<MemberView, 'forked'> => {
  const { profile, network, notes } = kept
  const links = network.links.filter((link) => member.devices.includes(link.device))
  const best = links.find((link) => link.path === 'direct') ?? links[0]
  const isMe = member.identity === profile.identity
  return {
    ...personView(member.identity, isMe ? profile.name : member.name, profile.identity, notes.get(member.identity)),
    role: member.role,
    online: isMe ? network.started : links.length > 0,
    ...(best === undefined ? {} : { path: best.path }),
    ...presenceOf(kept, member),
    ...(direct === undefined ? {} : { direct }),
    blocked: notes.get(member.identity)?.blocked === true,
    verified: notes.get(member.identity)?.verified === true,
    changed: notes.get(member.identity)?.changed === true,
    ...(isMe ? {} : { courier: notes.get(member.identity)?.courier ?? inGroups.has(member.identity) }),
  }
}

const summaryOf = async (reader: StoreReader, kept: Kept, id: ConversationId, record: ConversationRecord): Promise<ConversationSummary> => {
  const { profile, network, notes } = kept
  const [draft, unsent] = [kept.draft(id), kept.unsent(id)]
  const others = record.people.filter((member) => member.identity !== profile.identity)
  const last = unsent.at(-1)?.value.text ?? record.last?.text
  const author =
    record.last !== undefined && unsent.length === 0 && record.as === 'group'
      ? peopleOf(record, profile, notes)(record.last.author)
      : undefined
  const peer = record.as === 'direct' ? record.names.find(({ identity }) => identity !== profile.identity)?.identity : undefined
  return {
    id,
    kind: record.as,
    title: (await nicknameOfAsked(reader, kept, id, record)) ?? titleOf(record, profile.identity, notes),
    ...(peer === undefined ? {} : { peer }),
    ...labelsOf(peer && notes.get(peer)),
    standing: record.standing,
    awaitsApproval: record.standing === 'joining' && record.awaitsApproval === true,
    asking: applicantsFor(record, profile.identity).length,
    ...(last === undefined ? {} : { lastText: { text: last, ...(author === undefined || author.isMe ? {} : { author: author.name }) } }),
    at: record.at,
    unread: record.unread,
    called: record.calls?.some(({ by }) => !isHidden(kept, by)) === true,
    ...(draft === undefined ? {} : { draft: draft.text }),
    waiting: await readWaiting(reader, kept, id, record),
    online: others.filter((member) => network.links.some((link) => member.devices.includes(link.device))).length,
    here: others.filter((member) => presenceOf(kept, member).here).length,
    ...statusOf(kept, peer),
    blocked: peer !== undefined && notes.get(peer)?.blocked === true,
    verified: peer !== undefined && notes.get(peer)?.verified === true,
    pinned: record.pinned === true,
    archived: record.archived === true,
    mutedUntil: record.mutedUntil ?? 0,
  }
}

// Until they answer they are in the conversation by their contact alone.
const nicknameOfAsked = async (
  reader: StoreReader,
  { notes }: Kept,
  id: ConversationId,
  { standing }: ConversationRecord,
): Promise<string | undefined> => {
  const asked = standing === 'asking' ? await reader.get('contact', ['asked', id]) : undefined
  if (asked?.kind !== 'asked') return undefined
  return [...notes].find(([identity, { nickname }]) => nickname !== undefined && nameContact(identity) === asked.contact)?.[1].nickname
}

const labelsOf = (note: PersonNote | undefined): Pick<ConversationSummary, 'labels'> =>
  note?.labels === undefined ? {} : { labels: note.labels }

const consistencyOf = (
  told: LiveRecord | undefined,
  record: ConversationRecord,
  person: (identity: IdentityId) => PersonView,
): ConsistencyView => {
  const devices = told?.kind === 'consistency' ? told.devices : []
  const nameOf = (device: DeviceId): string => {
    const owner = ownerOf(record.people, device)
    return owner === undefined ? '?' : person(owner.identity).name
  }
  const gaps = devices
    .filter(({ theyLack, weLack }) => theyLack > 0 || weLack > 0)
    .map(({ device, theyLack, weLack }) => ({
      person: nameOf(device),
      theyLack,
      weLack,
    }))
  return { same: devices.length - gaps.length + 1, of: devices.length + 1, gaps }
}

/** Own messages that nobody else has, and what is still to be said. Alone in a group there is nobody for whom they would wait. */
export const readWaiting = async (reader: StoreReader, kept: Kept, id: ConversationId, record: ConversationRecord): Promise<number> => {
  const { identity, device } = kept.profile
  const { somebody } = reachOf(record.people, identity, kept.acknowledged(id), device)
  const unsent = kept.unsent(id).length
  if (isAloneIn(record, identity) || (record.saidUpTo !== undefined && record.saidUpTo <= somebody)) return unsent
  const [first] = await reader.list('outbox', [id], { after: [id, somebody], limit: 1 })
  // Of those that were said before anybody counted, there is one at least.
  return first === undefined ? unsent : unsent + (record.said ?? 0) - (first.value.said ?? -1)
}

/** Rows that are looked through at most. */
const maxLookedThrough = 500

/** From the quarter of an hour on up to which was read: while one reads along, those are few. */
const firstUnreadOf = async (reader: StoreReader, id: ConversationId, record: ConversationRecord, kept: Kept) => {
  const [late] = (record.late ?? []).filter(({ by }) => !isHidden(kept, by)).toSorted(compareOrder)
  if (late !== undefined) return late.id
  const rows = await reader.list('timeline', [id], { after: [id, timelineBucket(record.readHlc)], limit: maxLookedThrough })
  return rows
    .flatMap(({ value }) =>
      value.kind === 'message' &&
      value.isVoid !== true &&
      value.author !== kept.profile.identity &&
      !isHidden(kept, value.author) &&
      value.hlc > record.readHlc
        ? [value]
        : [],
    )
    .toSorted((a, b) => a.hlc - b.hlc)[0]?.id
}
