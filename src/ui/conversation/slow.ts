// Whether a group is slowed down for the person here: then a line over the composer says so. It comes when it is wanted.
import { html, nothing } from 'lit'
import { isAtLeast } from '../../core/members/role.ts'
import type { ConversationView } from '../../ports/queries.ts'

export const slowTemplate = ({ slow, myRole, waitUntil }: ConversationView) => {
  if (slow === 0 || isAtLeast(myRole, 'moderator')) return nothing
  void import('./slow-note.ts')
  return html`<parley-slow-note .slow=${slow} .until=${waitUntil}></parley-slow-note>`
}
