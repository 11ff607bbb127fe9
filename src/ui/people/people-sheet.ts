// <parley-people-sheet>: who is in a conversation, what they may do, whether they are here and how they are reached; the way to invite
// more, and the way out. Asks `open-sheet` and `leave-conversation`.
import { css, html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { isAtLeast } from '../../core/members/role.ts'
import type { ConversationView, MemberView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'

/** Whether somebody is here, in words: "Online · Direct". */
export const presenceOf = (member: MemberView): string =>
  member.online ? (member.path ? `${t.online} · ${t.path[member.path]}` : t.online) : t.away

export class ParleyPeopleSheet extends SheetElement {
  static override properties = { conversation: { attribute: false }, problem: {}, leaving: { state: true } }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare leaving: boolean

  static override styles = [
    ...sheetStyles,
    avatarStyles,
    css`
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding-block: var(--space-2);
      }
      li > div {
        flex: 1;
        min-inline-size: 0;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .tag {
        margin-inline-start: var(--space-1);
        color: var(--ink-soft);
        font: var(--text-xs) var(--mono);
      }
      .role {
        color: var(--ink-soft);
        font-size: var(--text-s);
      }
      .here {
        color: var(--good);
      }
      .foot {
        display: grid;
        gap: var(--space-3);
        padding-block-start: var(--space-3);
        border-block-start: 1px solid var(--line);
      }
      .foot .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .button.leave {
        color: var(--bad);
      }
    `,
  ]

  get heading(): string {
    return shownName(this.conversation?.title, t.untitled)
  }

  body() {
    const view = this.conversation
    if (!view) return undefined
    return html`
      <ul role="list" aria-label=${t.people}>
        ${repeat(
          view.members,
          (member) => member.identity,
          (member) => html`<li>
            ${avatar(member.identity)}
            <div>
              <p class="name">
                <bdi>${shownName(member.name, t.someone)}</bdi>${member.isMe ? html` <span class="soft">(${t.you})</span>` : nothing}<span class="tag">${member.tag}</span>
              </p>
              <p class="small ${member.isMe || !member.online ? 'soft' : 'here'}">${member.isMe ? t.thisDevice : presenceOf(member)}</p>
            </div>
            ${view.kind === 'group' ? html`<span class="role">${t.roles[member.role]}</span>` : nothing}
          </li>`,
        )}
      </ul>
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${icon('alert')}<span>${this.problem}</span></p>`}
      ${view.standing === 'left' ? nothing : this.#foot(view)}
    `
  }

  #foot(view: ConversationView) {
    if (this.leaving)
      return html`<div class="foot">
        <p>${t.leaveText}</p>
        <div class="row">
          <button class="button danger" type="button" @click=${() => ask(this, 'leave-conversation', view.id)}>${t.leaveConfirm}</button>
          <button class="button" type="button" @click=${() => (this.leaving = false)}>${t.stay}</button>
        </div>
      </div>`
    const canInvite =
      view.kind === 'group' ? view.standing === 'member' && isAtLeast(view.myRole, view.policy.invite) : view.standing === 'inviting'
    return html`<div class="foot">
      <div class="row">
        ${
          canInvite
            ? html`<button class="button primary" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'invite', conversation: view.id })}>
              ${icon('person')}${t.invitePeople}
            </button>`
            : nothing
        }
        <button class="button plain leave" type="button" @click=${() => (this.leaving = true)}>${icon('leave')}${t.leave}</button>
      </div>
    </div>`
  }
}

customElements.define('parley-people-sheet', ParleyPeopleSheet)
