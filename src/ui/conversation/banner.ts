// The line under a conversation's header: that somebody who was verified has other devices since, which comes before anything else; that people
// ask to be let in; or who has what, while nobody can take what one writes.
import { html, nothing } from 'lit'
import type { ConversationView, MemberView } from '../../ports/queries.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { listNames, shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'
import { mayWrite } from '../people/rights.ts'

/** Where the ways in the line lead. */
export interface BannerWays {
  readonly invite: () => void
  readonly compare: (person: MemberView) => void
  readonly applicants: () => void
  readonly stopJoining: () => void
}

/** Nothing while somebody else is here, or for those who only read. */
export const bannerTemplate = (view: ConversationView, ways: BannerWays) => {
  const way = (words: string, to: () => void) => html`<button class="button plain" type="button" @click=${to}>${words}</button>`
  const other = view.members.find((member) => member.changed && !member.blocked)
  if (other) return changed(other, ways.compare)
  if (view.standing === 'asking') return line(t.askingBanner(shownName(view.title, t.someone)), nothing)
  if (view.asking > 0) return line(t.asksToJoin(view.asking), way(t.show, ways.applicants), 'person')
  if (view.standing === 'joining' && view.awaitsApproval) return line(t.approvalBanner, way(t.withdrawRequest, ways.stopJoining))
  const others = view.members.filter((member) => !member.isMe)
  if (!mayWrite(view) || view.online > 0) return nothing
  if (view.standing === 'inviting') return line(t.aloneInviting, way(t.showInvite, ways.invite))
  if (view.standing === 'joining') return line(t.aloneJoining(shownName(view.title, t.someone)), nothing)
  if (others.length === 0) return line(t.aloneGroup, way(t.invitePeople, ways.invite))
  return line(t.aloneBanner(listNames(others.map((member) => shownName(member.name, t.someone)))), nothing)
}

/** One at a time: the next one when this was looked at. */
const changed = (member: MemberView, onCompare: (person: MemberView) => void) =>
  html`<div class="banner changed" role="alert">${icon('alarm')}
    <p>${t.changedText(shownName(member.name, t.someone))}</p>
    <button class="button plain" type="button" @click=${() => onCompare(member)}>${t.compare}</button>
  </div>`

const line = (text: string, action: unknown, name: IconName = 'hourglass') =>
  html`<div class="banner">${icon(name)}
    <p>${text}</p>
    ${action}
  </div>`
