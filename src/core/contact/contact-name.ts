// A contact link names its person by a hash of their identity: whoever answers at the door has to be that person, and nobody else can take
// their place with a link that was posted in public.
import { hash } from '../codec/bytes.ts'
import { contactId, fromHex, type ContactId, type IdentityId } from '../ids.ts'

/** The 16-byte name of a person in contact links. */
export const nameContact = (identity: IdentityId): ContactId => contactId(hash('contact/1', fromHex(identity)).slice(0, 16))
