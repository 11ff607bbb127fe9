// <parley-people-sheet>: who is in a conversation, what they may do, whether they are here and how they are reached; whether all hold the
// same history; a group's rules; the way to invite more, and the way out. Asks `open-sheet` and `leave-conversation`.
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { isAtLeast } from '../../core/members/role.ts'
import type { ConversationView, MemberView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { badgeStyles, verifiedBadge } from '../elements/badge.ts'
import { icon } from '../elements/icons.ts'
import { presenceWords, statusMark } from '../elements/presence-words.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { consistencyStyles, consistencyTemplate } from './consistency.ts'
import { choicesStyles, choicesTemplate } from './choices.ts'
import { leavingText } from './leaving.ts'
import { peopleStyles } from './people-styles.ts'
import { switches } from '../styles/switches.ts'
import { isForAnnouncements, mayInvite, mayRename, maySetPolicy, maySetTimerHere, rolesFor } from './rights.ts'
import { problemLine } from '../elements/problem.ts'
import '../elements/question.ts'

export class ParleyPeopleSheet extends SheetElement {
  static override properties = { conversation: { attribute: false }, problem: {}, leaving: { state: true } }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare leaving: boolean

  static override styles = [...sheetStyles, avatarStyles, badgeStyles, choicesStyles, consistencyStyles, peopleStyles, switches]

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
          (member) => this.#member(view, member),
        )}
      </ul>
      ${this.#ways(view)}
      ${view.standing === 'member' ? html`<section class="part">${consistencyTemplate(view.consistency)}</section>` : nothing}
      ${view.kind === 'group' && view.standing === 'member' ? this.#rules(view) : nothing}
      ${view.standing === 'left' ? nothing : html`${this.#timer(view)}${this.#hiding(view)}`}
      ${problemLine(this.problem)}
      ${view.standing === 'left' ? nothing : this.#foot(view)}
    `
  }

  #ways(view: ConversationView) {
    return html`<div class="part row">
      ${
        view.applicants.length === 0
          ? nothing
          : html`<button class="button" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'applicants', conversation: view.id })}>
            ${icon('person')}${t.asksToJoin(view.applicants.length)}
          </button>`
      }
      <button class="button" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'day', conversation: view.id })}>
        ${icon('calendar')}${t.goToDay}
      </button>
    </div>`
  }

  #member(view: ConversationView, member: MemberView) {
    const name = html`<bdi>${shownName(member.name, t.someone)}</bdi>`
    // One's own row leads somewhere only when there is something to choose there.
    const leads = !member.isMe || rolesFor(view, member).length > 1
    const open = (): void => ask(this, 'open-sheet', { kind: 'person', conversation: view.id, person: member.identity })
    const isHere = !member.isMe && member.here && !member.blocked
    return html`<li class=${leads ? 'leads' : ''}>
      ${avatar(member.identity)}
      <div>
        <p class="name">
          ${leads ? html`<button type="button" @click=${open}>${name}</button>` : name}${
            member.verified ? html` ${verifiedBadge()}` : nothing
          }${statusMark(member.status)}${member.isMe ? html` <span class="soft">(${t.you})</span>` : nothing}<span class="tag">${member.tag}</span>
        </p>
        <p class="small ${isHere ? 'here' : 'soft'}">${member.isMe ? t.thisDevice : presenceWords(member, Date.now())}</p>
      </div>
      ${view.kind === 'group' ? html`<span class="role">${t.roles[member.role]}</span>` : nothing}
      ${leads ? html`<span class="chevron">${icon('chevron')}</span>` : nothing}
    </li>`
  }

  #rules(view: ConversationView) {
    const { policy } = view
    const { invite, post, history } = policy
    const choose = (who: 'everybody' | 'some'): void =>
      ask(this, 'set-policy', { conversation: view.id, policy: { ...policy, post: who === 'some' ? 'moderator' : 'member' } })
    return html`<section class="part">
      <h3>${t.rules}</h3>
      ${
        maySetPolicy(view)
          ? choicesTemplate(
              'post',
              t.mayPost,
              [
                { value: 'everybody', label: t.postChoices.everybody },
                { value: 'some', label: t.postChoices.some, text: t.postChoices.someText },
              ],
              isForAnnouncements(view) ? 'some' : 'everybody',
              choose,
            )
          : nothing
      }
      <dl>
        <div><dt>${t.newcomers}</dt><dd>${view.approval ? t.newcomerChoices.asked : t.newcomerChoices.open}</dd></div>
        <div><dt>${t.mayInvite}</dt><dd>${t.least[invite]}</dd></div>
        ${maySetPolicy(view) ? nothing : html`<div><dt>${t.mayPost}</dt><dd>${t.least[post]}</dd></div>`}
        <div><dt>${t.slow}</dt><dd>${view.slow === 0 ? t.slowOff : spanOf(view.slow)}</dd></div>
        <div><dt>${t.newcomersSee}</dt><dd>${t.grants[history]}</dd></div>
      </dl>
      <div class="row">
        ${
          maySetPolicy(view)
            ? html`<button class="button" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'policy', conversation: view.id })}>
              ${icon('settings')}${t.changeRules}
            </button>`
            : nothing
        }
        ${
          isAtLeast(view.myRole, 'moderator')
            ? html`<button class="button" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'slow', conversation: view.id })}>
              ${icon('hourglass')}${t.slow}
            </button>`
            : nothing
        }
        ${
          mayRename(view)
            ? html`<button class="button" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'rename', conversation: view.id })}>
              ${icon('edit')}${t.renameGroup}
            </button>`
            : nothing
        }
      </div>
    </section>`
  }

  #timer(view: ConversationView) {
    const open = (): void => ask(this, 'open-sheet', { kind: 'timer', conversation: view.id })
    if (view.timer === 0 && !maySetTimerHere(view)) return nothing
    return html`<section class="part">
      <h3>${t.timer}</h3>
      <p class="soft">${view.timer === 0 ? t.timerNever : t.disappears(spanOf(view.timer))}</p>
      ${
        maySetTimerHere(view)
          ? html`<div class="row">
            <button class="button" type="button" @click=${open}>${icon('timer')}${t.timerChange}</button>
          </div>`
          : nothing
      }
    </section>`
  }

  #hiding(view: ConversationView) {
    return html`<section class="part">
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          aria-describedby="hide-text"
          .checked=${view.hidden}
          @change=${(event: Event) =>
            ask(this, 'set-hidden', { hidden: (event.target as HTMLInputElement).checked, conversation: view.id })}
        />
        <span>${t.hideAddressHere}</span>
      </label>
      <p class="soft small" id="hide-text">${t.hideAddressHereText}</p>
    </section>`
  }

  #foot(view: ConversationView) {
    if (this.leaving)
      return html`<parley-question
        .text=${leavingText(view)}
        .yes=${t.leaveConfirm}
        .no=${t.stay}
        @yes=${() => ask(this, 'leave-conversation', view.id)}
        @no=${() => this.#stay()}
      ></parley-question>`
    return html`<div class="part row">
      ${
        mayInvite(view)
          ? html`<button class="button primary" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'invite', conversation: view.id })}>
            ${icon('person')}${t.invitePeople}
          </button>`
          : nothing
      }
      <button class="button plain leave" type="button" @click=${() => (this.leaving = true)}>${icon('leave')}${t.leave}</button>
    </div>`
  }

  async #stay(): Promise<void> {
    this.leaving = false
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('.leave')?.focus()
  }
}

customElements.define('parley-people-sheet', ParleyPeopleSheet)
