// What stands in the place of messages where there are none to be shown: nothing said yet, somebody blocked, a conversation that is not here.
import { html, nothing } from 'lit'
import type { IdentityId } from '../../core/ids.ts'
import type { ConversationView } from '../../ports/queries.ts'
import { shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'

export const emptyTemplate = ({ title, kind, standing }: ConversationView) =>
  html`<div class="blank" role="log" aria-live="off" aria-label=${t.messages}>
    <p class="display soft">
      ${kind === 'group' ? t.emptyGroup : standing === 'inviting' ? t.nobodyYet : t.emptyConversation(shownName(title, t.someone))}
    </p>
  </div>`

export const blockedTemplate = ({ title, peer }: ConversationView, unblock: (person: IdentityId) => void) => {
  const name = shownName(title, t.someone)
  return html`<div class="blank">
    <p>${t.blockedText(name)}</p>
    ${peer === undefined ? nothing : html`<button class="button" type="button" @click=${() => unblock(peer)}>${t.unblock(name)}</button>`}
  </div>`
}

export const notHereTemplate = (back: () => void) =>
  html`<div class="blank">
    <p>${t.goneConversation}</p>
    <button class="button" @click=${back}>${t.back}</button>
  </div>`
