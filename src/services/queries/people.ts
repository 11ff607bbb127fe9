// Names and faces for the views: from a conversation's record, which keeps everybody who was ever in it.
import type { ConversationId, IdentityId } from '../../core/ids.ts'
import { shortTag } from '../../core/names.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { PersonView, PictureView } from '../../ports/queries.ts'
import type { ConversationRecord, LiveRecord, PersonNote, PersonRecord, ProfileRecord } from '../../ports/tables.ts'

export type Notes = ReadonlyMap<IdentityId, PersonNote>

/** `note` is what was decided here about them: by a nickname they go under it everywhere. */
export const personView = (identity: IdentityId, name: string, me: IdentityId, note?: PersonNote): PersonView => ({
  identity,
  name: note?.nickname ?? name,
  ...(note?.nickname === undefined ? {} : { ownName: name }),
  ...(note?.labels === undefined ? {} : { labels: note.labels }),
  tag: shortTag(identity),
  isMe: identity === me,
})

/** Whose device it is. */
export const ownerOf = (people: readonly PersonRecord[], device: string): PersonRecord | undefined =>
  people.find(({ devices }) => devices.some((known) => known === device))

/** The view of somebody by identity; a nameless one while their name is not known. */
export const peopleOf = (record: ConversationRecord, profile: ProfileRecord, notes: Notes): ((identity: IdentityId) => PersonView) => {
  const names = new Map(record.names.map(({ identity, name }) => [identity, name]))
  return (identity) =>
    identity === profile.identity
      ? personView(identity, profile.name, profile.identity)
      : personView(identity, names.get(identity) ?? '?', profile.identity, notes.get(identity))
}

export type NetworkRecord = Extract<LiveRecord, { kind: 'network' }>

/** Links and nodes as the leading tab last saw them. */
export const networkNow = async (reader: StoreReader): Promise<NetworkRecord> => {
  const record = await reader.get('live', ['network'])
  return record?.kind === 'network' ? record : { kind: 'network', started: false, nodes: [], links: [] }
}

/** The other person's name in a direct conversation, the group's in a group. */
export const titleOf = (record: ConversationRecord, me: IdentityId, notes: Notes): string => {
  if (record.as === 'group') return record.title
  const other = record.people.find((person) => person.identity !== me) ?? record.names.find((known) => known.identity !== me)
  return (other && notes.get(other.identity)?.nickname) ?? other?.name ?? record.title
}

/** What was decided here about people. */
export const notesOf = async (reader: StoreReader): Promise<Notes> =>
  new Map((await reader.list('people', [])).map(({ key, value }) => [key[0], value]))

/** Everybody who is blocked here, by name. */
export const readBlocked = async (reader: StoreReader): Promise<readonly PersonView[]> => {
  const [profile, notes] = await Promise.all([reader.get('profile', ['me']), notesOf(reader)])
  if (profile === undefined) return []
  return [...notes]
    .flatMap(([identity, note]) => (note.blocked ? [personView(identity, note.name, profile.identity, note)] : []))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Everybody with whom one has a conversation, oneself first, then by name. */
export const readPeople = async (reader: StoreReader): Promise<readonly PersonView[]> => {
  const [profile, records, notes] = await Promise.all([reader.get('profile', ['me']), reader.list('conversations', []), notesOf(reader)])
  if (profile === undefined) return []
  const names = new Map(records.flatMap(({ value }) => value.names.map(({ identity, name }) => [identity, name] as const)))
  names.delete(profile.identity)
  const others = [...names].map(([identity, name]) => personView(identity, name, profile.identity, notes.get(identity)))
  return [personView(profile.identity, profile.name, profile.identity), ...others.toSorted((a, b) => (a.name < b.name ? -1 : 1))]
}

/** Groups in which one is with somebody, by name. */
export const readSharedGroups = async (
  reader: StoreReader,
  person: IdentityId,
): Promise<readonly { readonly id: ConversationId; readonly title: string }[]> =>
  (await reader.list('conversations', []))
    .filter(({ value }) => value.as === 'group' && value.standing === 'member' && value.people.some(({ identity }) => identity === person))
    .map(({ key: [id], value: { title } }) => ({ id, title }))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1))

/** One's own is what one has chosen, whether it was told to anybody yet or not. */
export const readPictures = async (reader: StoreReader): Promise<readonly PictureView[]> => {
  const [profile, notes, entries] = await Promise.all([reader.get('profile', ['me']), notesOf(reader), reader.list('pictures', [])])
  if (profile === undefined) return []
  const own = profile.picture === undefined ? [] : [{ of: profile.identity, bytes: profile.picture }]
  const others = entries.flatMap(({ key: [of], value: { bytes } }) => {
    const isShown = of !== profile.identity && notes.get(of as IdentityId)?.blocked !== true
    return isShown ? [{ of, bytes }] : []
  })
  return [...own, ...others]
}
