// The own contact link: a secret that may be posted in public. Whoever has it can find this device and ask to talk, no more. A new one takes
// the place of the one before, under which nobody is at home from then on.
import { nameContact } from '../../core/contact/contact-name.ts'
import { encodeContactLink, secretBytes } from '../../core/invite/link.ts'
import { ok, type Result } from '../../core/result.ts'
import type { CommandProblem } from '../../ports/commands.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { ContactRecord, ProfileRecord } from '../../ports/tables.ts'
import { problem } from '../problems.ts'
import type { Session } from '../session.ts'

const key = ['link'] as const

type LinkRecord = Extract<ContactRecord, { kind: 'link' }>

export const readContactLink = async (reader: StoreReader): Promise<LinkRecord | undefined> => {
  const record = await reader.get('contact', key)
  return record?.kind === 'link' ? record : undefined
}

/** The link as it is given away, with the name of today; without an `origin` what stands behind the page's address. */
export const contactLinkOf = (origin: string, { identity, name }: ProfileRecord, { secret, node }: LinkRecord): string =>
  origin + encodeContactLink({ kind: 'contact', contact: nameContact(identity), secret, name, ...(node === undefined ? {} : { node }) })

/** `node` is named in the link (see `Nodes.forInvite`). */
export const createContactLink = async (
  session: Session,
  node: string | undefined,
): Promise<Result<{ readonly link: string }, CommandProblem>> => {
  if (session.profile().name === '') return problem('bad-name')
  const record: LinkRecord = { kind: 'link', secret: session.random.bytes(secretBytes), ...(node === undefined ? {} : { node }) }
  await session.store.commit([{ kind: 'put', table: 'contact', key, value: record }])
  return ok({ link: contactLinkOf(session.config.origin, session.profile(), record) })
}

export const revokeContactLink = async (session: Session): Promise<Result<void, CommandProblem>> => {
  await session.store.commit([{ kind: 'delete', table: 'contact', key }])
  return ok(undefined)
}
