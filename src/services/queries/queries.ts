// The list of queries: each a read of the database that goes on. Only what somebody looks for at once is prompt: the messages.
import { personView, readBlocked, readPeople, readPictures, readSharedGroups } from './people.ts'
import type { Queries, SessionView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { Deps } from '../deps.ts'
import { privacyOf } from '../privacy.ts'
import { isIdentityUnreadable } from '../identity.ts'
import type { KnownParts } from '../search/known-parts.ts'
import { readTemplates } from '../templates.ts'
import { readStarred } from './marked.ts'
import { readSearch } from './search.ts'
import { readOwnContactLink, readRequests } from './contact.ts'
import { readInvites } from './invites.ts'
import { readFolders } from './folders.ts'
import { readStorage } from './storage.ts'
import { readComparison, readSafety } from './safety.ts'
import { readConnection } from './connection.ts'
import { readConversation, readSummaries } from './conversations.ts'
import type { KnownClocks } from './newest.ts'
import { readMessageDetails } from './message-details.ts'
import { readThread } from './thread.ts'
import { readTimeline } from './timeline.ts'

export const createQueries = (
  { store, clock, config }: Pick<Deps, 'store' | 'clock' | 'config'>,
  isLeader: () => boolean,
  known: KnownClocks,
  parts: KnownParts,
): Queries => ({
  session: () => store.watch((reader) => readSession(reader, isLeader)),
  conversations: () => store.watch(readSummaries, 'calm'),
  conversation: (id) => store.watch((reader) => readConversation(reader, id, clock.now()), 'calm'),
  timeline: (id, limit, around) => store.watch((reader) => readTimeline(reader, id, limit, clock.now(), around, known)),
  thread: (id, root, limit) => store.watch((reader) => readThread(reader, id, root, limit, clock.now())),
  sharedGroups: (person) => store.watch((reader) => readSharedGroups(reader, person), 'calm'),
  folders: () => store.watch(readFolders, 'calm'),
  storage: () => store.watch(readStorage, 'calm'),
  people: () => store.watch(readPeople, 'calm'),
  messageDetails: (id, message) => store.watch((reader) => readMessageDetails(reader, id, message, clock.now())),
  invites: (id) => store.watch((reader) => readInvites(reader, id, config.origin, clock.now())),
  contactLink: () => store.watch((reader) => readOwnContactLink(reader, config.origin)),
  requests: () => store.watch(readRequests, 'calm'),
  connection: () => store.watch((reader) => readConnection(reader, clock.now()), 'calm'),
  pictures: () => store.watch(readPictures, 'calm'),
  blocked: () => store.watch(readBlocked),
  search: (wish, limit) => store.watch((reader) => readSearch(reader, wish, limit, parts), 'calm'),
  templates: () => store.watch(readTemplates, 'calm'),
  starred: () => store.watch(readStarred, 'calm'),
  safety: (person) => store.watch((reader) => readSafety(reader, person)),
  comparison: () => store.watch(readComparison),
})

const readSession = async (reader: StoreReader, isLeader: () => boolean): Promise<SessionView> => {
  const profile = await reader.get('profile', ['me'])
  // Read so that this is asked again when another tab takes the lead.
  await reader.get('live', ['network'])
  if (await isIdentityUnreadable(reader)) return { kind: 'broken', reason: 'unreadable' }
  if (profile === undefined || profile.name === '') return { kind: 'new' }
  return {
    kind: 'ready',
    me: personView(profile.identity, profile.name, profile.identity),
    isLeader: isLeader(),
    privacy: privacyOf(profile),
    ...(profile.status === undefined ? {} : { status: profile.status }),
  }
}
