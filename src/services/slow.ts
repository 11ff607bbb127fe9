// A group that is slowed down: each page holds its own person back, since nothing that others could see proves when somebody wrote
// (decisions/0030).
import type { IdentityId } from '../core/ids.ts'
import { isAtLeast } from '../core/members/role.ts'
import type { ConversationRecord } from '../ports/tables.ts'

/** Until when somebody waits before they write again: milliseconds since 1970, by the clock of this device; 0 when they need not. */
export const waitUntil = ({ slow = 0, saidAt, people }: Pick<ConversationRecord, 'slow' | 'saidAt' | 'people'>, me: IdentityId): number => {
  const role = people.find(({ identity }) => identity === me)?.role
  if (slow === 0 || saidAt === undefined || role === undefined || isAtLeast(role, 'moderator')) return 0
  return saidAt + slow * 1_000
}
