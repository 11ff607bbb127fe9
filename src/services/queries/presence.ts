// Whether somebody is here, when they last were, and their status: as they told it, and as far as the person here tells the same. Who hides
// theirs does not see others'; of those who are blocked nothing is shown.
import type { IdentityId } from '../../core/ids.ts'
import type { MemberView, StatusView } from '../../ports/queries.ts'
import type { PersonRecord } from '../../ports/tables.ts'
import { privacyOf } from '../privacy.ts'
import type { Kept } from './kept.ts'

type PresenceView = Pick<MemberView, 'here' | 'seenAt' | 'status' | 'presenceHidden'>

export const presenceOf = (kept: Kept, { identity, devices }: Pick<PersonRecord, 'identity' | 'devices'>): PresenceView => {
  const { profile, network, notes } = kept
  const privacy = privacyOf(profile)
  if (identity === profile.identity)
    return { here: network.started, presenceHidden: false, ...(profile.status && { status: profile.status }) }
  if (notes.get(identity)?.blocked === true) return { here: false, presenceHidden: true }
  const told = kept.told.get(identity)
  const linked = network.links.filter(({ device }) => devices.includes(device))
  const said = linked.flatMap(({ device }) => told?.here.filter((known) => known.device === device) ?? [])
  return {
    here: privacy.here && said.some(({ here }) => here),
    ...(privacy.seen && told?.seenAt !== undefined ? { seenAt: told.seenAt } : {}),
    ...statusOf(kept, identity),
    // Of whoever is connected and has not said so, nothing is known yet.
    presenceHidden: !privacy.here || told?.isHidden === true || (linked.length > 0 && said.length === 0),
  }
}

/** Of somebody else, or of nobody. */
export const statusOf = ({ profile, notes, told }: Kept, identity: IdentityId | undefined): { readonly status?: StatusView } => {
  if (identity === undefined || notes.get(identity)?.blocked === true || !privacyOf(profile).status) return {}
  const status = told.get(identity)?.status
  return status === undefined ? {} : { status }
}
