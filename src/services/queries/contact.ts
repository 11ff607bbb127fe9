// First contact, as it is shown: one's own link, and the strangers who ask to talk.
import type { RequestsView } from '../../ports/queries.ts'
import type { IdentityId } from '../../core/ids.ts'
import type { StoreReader } from '../../ports/store.ts'
import { contactLinkOf, readContactLink } from '../contact/contact-link.ts'
import { notesOf, personView } from './people.ts'

export const readOwnContactLink = async (reader: StoreReader, origin: string): Promise<{ readonly link: string } | undefined> => {
  const [profile, record] = await Promise.all([reader.get('profile', ['me']), readContactLink(reader)])
  return profile === undefined || record === undefined ? undefined : { link: contactLinkOf(origin, profile, record) }
}

export const readRequests = async (reader: StoreReader): Promise<RequestsView> => {
  const [profile, notes, kept, turnedAway] = await Promise.all([
    reader.get('profile', ['me']),
    notesOf(reader),
    reader.list('contact', ['request']),
    reader.get('contact', ['turned-away']),
  ])
  if (profile === undefined) return { requests: [], turnedAway: 0 }
  const requests = kept.flatMap(({ key, value }) => {
    const identity = key[1] as IdentityId
    if (value.kind !== 'request' || notes.get(identity)?.blocked === true) return []
    return [{ person: personView(identity, value.name, profile.identity, notes.get(identity)), text: value.text, at: value.at }]
  })
  return {
    requests: requests.toSorted((a, b) => b.at - a.at),
    turnedAway: turnedAway?.kind === 'turned-away' ? turnedAway.count : 0,
  }
}
