// The line under a conversation's header: that somebody who was verified has other devices since, which comes before anything else; or who
// has what, while nobody can take what one writes.
import { html, nothing } from 'lit'
import type { ConversationView, MemberView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { listNames, shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'
import { mayWrite } from '../people/rights.ts'

/** Nothing while somebody else is here, or for those who only read. */
export const bannerTemplate = (view: ConversationView, onInvite: () => void, onCompare: (person: MemberView) => void) => {
  const other = view.members.find((member) => member.changed && !member.blocked)
  if (other) return changed(other, onCompare)
  if (view.standing === 'asking') return line(t.askingBanner(shownName(view.title, t.someone)), nothing)
  const others = view.members.filter((member) => !member.isMe)
  if (!mayWrite(view) || view.online > 0) return nothing
  const invite = (words: string) => html`<button class="button plain" type="button" @click=${onInvite}>${words}</button>`
  if (view.standing === 'inviting') return line(t.aloneInviting, invite(t.showInvite))
  if (view.standing === 'joining') return line(t.aloneJoining(shownName(view.title, t.someone)), nothing)
  if (others.length === 0) return line(t.aloneGroup, invite(t.invitePeople))
  return line(t.aloneBanner(listNames(others.map((member) => shownName(member.name, t.someone)))), nothing)
}

/** One at a time: the next one when this was looked at. */
const changed = (member: MemberView, onCompare: (person: MemberView) => void) =>
  html`<div class="banner changed" role="alert">${icon('alarm')}
    <p dir="auto">${t.changedText(shownName(member.name, t.someone))}</p>
    <button class="button plain" type="button" @click=${() => onCompare(member)}>${t.compare}</button>
  </div>`

const line = (text: string, action: unknown) =>
  html`<div class="banner">${icon('hourglass')}
    <p dir="auto">${text}</p>
    ${action}
  </div>`
