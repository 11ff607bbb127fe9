// Names and faces for the views: from a conversation's record, which keeps everybody who was ever in it.
import type { IdentityId } from '../../core/ids.ts'
import { shortTag } from '../../core/names.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { PersonView, PictureView } from '../../ports/queries.ts'
import type { ConversationRecord, LiveRecord, PersonNote, ProfileRecord } from '../../ports/tables.ts'

export const personView = (identity: IdentityId, name: string, me: IdentityId): PersonView => ({
  identity,
  name,
  tag: shortTag(identity),
  isMe: identity === me,
})

/** The view of somebody by identity; a nameless one while their name is not known. */
export const peopleOf = (record: ConversationRecord, profile: ProfileRecord): ((identity: IdentityId) => PersonView) => {
  const names = new Map(record.names.map(({ identity, name }) => [identity, name]))
  return (identity) => personView(identity, identity === profile.identity ? profile.name : (names.get(identity) ?? '?'), profile.identity)
}

export type NetworkRecord = Extract<LiveRecord, { kind: 'network' }>

/** Links and nodes as the leading tab last saw them. */
export const networkNow = async (reader: StoreReader): Promise<NetworkRecord> => {
  const record = await reader.get('live', ['network'])
  return record?.kind === 'network' ? record : { kind: 'network', started: false, nodes: [], links: [] }
}

/** The other person's name in a direct conversation, the group's in a group. */
export const titleOf = (record: ConversationRecord, me: IdentityId): string => {
  if (record.as === 'group') return record.title
  return (
    record.people.find((person) => person.identity !== me)?.name ??
    record.names.find((known) => known.identity !== me)?.name ??
    record.title
  )
}

/** What was decided here about people. */
export const notesOf = async (reader: StoreReader): Promise<ReadonlyMap<IdentityId, PersonNote>> =>
  new Map((await reader.list('people', [])).map(({ key, value }) => [key[0], value]))

/** Everybody who is blocked here, by name. */
export const readBlocked = async (reader: StoreReader): Promise<readonly PersonView[]> => {
  const [profile, notes] = await Promise.all([reader.get('profile', ['me']), notesOf(reader)])
  if (profile === undefined) return []
  return [...notes]
    .flatMap(([identity, { name, blocked }]) => (blocked ? [personView(identity, name, profile.identity)] : []))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Everybody with whom one has a conversation, oneself first, then by name. */
export const readPeople = async (reader: StoreReader): Promise<readonly PersonView[]> => {
  const [profile, records] = await Promise.all([reader.get('profile', ['me']), reader.list('conversations', [])])
  if (profile === undefined) return []
  const names = new Map(records.flatMap(({ value }) => value.names.map(({ identity, name }) => [identity, name] as const)))
  names.delete(profile.identity)
  const others = [...names].map(([identity, name]) => personView(identity, name, profile.identity))
  return [personView(profile.identity, profile.name, profile.identity), ...others.toSorted((a, b) => (a.name < b.name ? -1 : 1))]
}

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
