// <parley-person-sheet>: one person of a conversation: their safety number, what they may do here, whether messages are carried for each
// other, and the ways to be rid of them. Shows only what the person here may do. Asks `set-role`, `hand-over`, `remove-member`,
// `set-blocked`, `set-courier`.
import { css, html, nothing, type TemplateResult } from 'lit'
import type { IdentityId } from '../../core/ids.ts'
import type { Role } from '../../core/members/role.ts'
import type { ConversationSummary, ConversationView, LinkView, MemberView, TroubleView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { badgeStyles, verifiedBadge } from '../elements/badge.ts'
import { icon } from '../elements/icons.ts'
import { labelsStyles, labelsTemplate } from '../elements/labels.ts'
import { presenceWords } from '../elements/presence-words.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { momentOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { linkText } from '../settings/connection-details.ts'
import { fields } from '../styles/shared.ts'
import { switches } from '../styles/switches.ts'
import { choicesStyles, choicesTemplate } from './choices.ts'
import { peopleStyles } from './people-styles.ts'
import { mayHandOver, mayRemovePerson, rolesFor } from './rights.ts'
import { statusLine } from './status-line.ts'
import { problemLine } from '../elements/problem.ts'
import '../elements/question.ts'

/** What stands between two labels: the commas of all scripts. */
const labelMarks = /[,\u060c\u3001\uff0c]/u

export class ParleyPersonSheet extends SheetElement {
  static override properties = {
    conversation: { attribute: false },
    person: {},
    problem: {},
    busy: { type: Boolean },
    shared: { attribute: false },
    links: { attribute: false },
    trouble: { attribute: false },
    wish: { state: true },
    asking: { state: true },
  }
  declare conversation: ConversationView | undefined
  declare person: IdentityId
  declare problem: string | undefined
  declare busy: boolean
  /** Groups in which one is with them. */
  declare shared: readonly Pick<ConversationSummary, 'id' | 'title'>[] | undefined
  /** How their devices are reached now. */
  declare links: readonly LinkView[]
  /** Why they were not reached, or were lost, last. */
  declare trouble: TroubleView | undefined
  /** The role that was chosen and is not saved yet. */
  declare wish: Role | undefined
  declare asking: 'hand-over' | 'remove' | undefined

  static override styles = [
    ...sheetStyles,
    fields,
    switches,
    avatarStyles,
    labelsStyles,
    badgeStyles,
    choicesStyles,
    peopleStyles,
    css`
      .head {
        --avatar: 3.5rem;
        display: flex;
        align-items: center;
        gap: var(--space-4);
      }
      .head > div {
        min-inline-size: 0;
      }
      .line {
        display: flex;
        align-items: end;
        gap: var(--space-2);
      }
      .line label {
        flex: 1;
        min-inline-size: 0;
      }
      .link {
        min-block-size: var(--target);
        padding: 0;
        color: var(--accent-ink);
        text-align: start;
        text-decoration: underline;
        overflow-wrap: anywhere;
      }
      .start {
        justify-self: start;
      }
    `,
  ]

  get heading(): string {
    return t.aboutPerson(this.#name)
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.conversation && { kind: 'people', conversation: this.conversation.id }
  }

  body() {
    const view = this.conversation
    if (!view) return undefined
    const member = this.#member
    if (!member) return html`<p>${t.notHere}</p>`
    return html`
      <div class="head">
        ${avatar(member.identity)}
        <div>
          <p class="name"><bdi>${this.#name}</bdi>${member.verified ? html` ${verifiedBadge()}` : nothing}<span class="tag">${member.tag}</span></p>
          <p class="small ${member.here && !member.blocked && !member.isMe ? 'here' : 'soft'}">
            ${member.isMe ? t.thisDevice : presenceWords(member, Date.now())}
          </p>
          ${view.kind === 'group' ? html`<p class="role">${t.roles[member.role]}</p>` : nothing}
          ${member.ownName === undefined ? nothing : html`<p class="small soft">${t.callsThemselves(shownName(member.ownName))}</p>`}
          ${statusLine(member.status)} ${labelsTemplate(member.labels)}
        </div>
      </div>
      ${member.forked ? html`<p class="problem" role="note">${icon('alarm')}<span>${t.forkedText(this.#name)}</span></p>` : nothing}
      ${this.#write(view, member)} ${member.isMe ? nothing : html`${this.#ways(member)} ${this.#safety(view, member)} ${this.#nickname(member)} ${this.#labels(member)} ${this.#groups(view)}`} ${this.#roles(view, member)} ${this.#courier(member)}
      ${problemLine(this.problem)}
      ${member.isMe ? nothing : this.#foot(view, member)}
    `
  }

  #write(view: ConversationView, member: MemberView) {
    const { direct, identity } = member
    if (view.kind !== 'group' || view.standing !== 'member' || member.isMe || member.blocked) return nothing
    const write = (): void =>
      direct === undefined
        ? ask(this, 'open-sheet', { kind: 'ask', conversation: view.id, person: identity })
        : ask(this, 'open-conversation', direct)
    return html`<button class="button start" type="button" @click=${write}>${icon('edit')}${t.message}</button>`
  }

  #ways(member: MemberView) {
    const links = this.links.filter(({ identity }) => identity === member.identity)
    const { trouble } = this
    if ((links.length === 0 && !trouble) || member.blocked) return nothing
    return html`<section class="part">
      <h3 id="ways">${t.connection}</h3>
      <ul role="list" aria-labelledby="ways">
        ${links.map((link) => html`<li class="small soft">${linkText(link)}</li>`)}
        ${trouble ? html`<li class="small soft">${t.lastTrouble(t.linkTrouble[trouble.trouble], momentOf(trouble.at, Date.now()))}</li>` : nothing}
      </ul>
    </section>`
  }

  #safety(view: ConversationView, member: MemberView) {
    const open = (): void => ask(this, 'open-sheet', { kind: 'safety', conversation: view.id, person: member.identity })
    return html`<section class="part">
      <h3>${t.safetyNumber}</h3>
      ${
        member.changed
          ? html`<p class="small warn">${t.changedText(this.#name)}</p>`
          : html`<p class="small soft">${member.verified ? t.verifiedText(this.#name) : t.safetyShort(this.#name)}</p>`
      }
      <button class="button start" type="button" @click=${open}>${icon('shield')}${t.compare}</button>
    </section>`
  }

  #nickname(member: MemberView) {
    const save = (event: Event): void => {
      event.preventDefault()
      ask(this, 'set-nickname', this.renderRoot.querySelector<HTMLInputElement>('input[name="nickname"]')?.value.trim() ?? '')
    }
    return html`<form class="part" @submit=${save} novalidate>
      <div class="line">
        <label>${t.nickname}<input name="nickname" maxlength="64" autocomplete="off" dir="auto" aria-describedby="nickname-text" .value=${member.ownName === undefined ? '' : member.name} /></label>
        <button class="button" ?disabled=${this.busy}>${t.save}</button>
      </div>
      <p class="small soft" id="nickname-text">${t.nicknameText}</p>
    </form>`
  }

  #labels(member: MemberView) {
    const save = (event: Event): void => {
      event.preventDefault()
      const typed = this.renderRoot.querySelector<HTMLInputElement>('input[name="labels"]')?.value ?? ''
      ask(this, 'set-labels', typed.split(labelMarks))
    }
    return html`<form class="part" @submit=${save} novalidate>
      <div class="line">
        <label>${t.labels}<input name="labels" maxlength="512" autocomplete="off" dir="auto" aria-describedby="labels-text" .value=${member.labels?.join(', ') ?? ''} /></label>
        <button class="button" ?disabled=${this.busy}>${t.saveLabels}</button>
      </div>
      <p class="small soft" id="labels-text">${t.labelsText}</p>
    </form>`
  }

  #groups(view: ConversationView) {
    const others = this.shared?.filter(({ id }) => id !== view.id) ?? []
    if (others.length === 0) return nothing
    return html`<section class="part">
      <h3 id="shared">${t.sharedGroups}</h3>
      <ul role="list" aria-labelledby="shared">
        ${others.map(
          ({ id, title }) =>
            html`<li><button class="link" type="button" @click=${() => ask(this, 'open-conversation', id)}><bdi>${shownName(title, t.untitled)}</bdi></button></li>`,
        )}
      </ul>
    </section>`
  }

  #roles(view: ConversationView, member: MemberView): TemplateResult | typeof nothing {
    const roles = rolesFor(view, member)
    if (roles.length < 2) return nothing
    const chosen = this.wish ?? member.role
    return html`<section class="part">
      ${choicesTemplate(
        'role',
        t.role,
        roles.map((role) => ({ value: role, label: t.roles[role], text: t.roleText[role] })),
        chosen,
        (role) => (this.wish = role),
      )}
      ${
        chosen === member.role
          ? nothing
          : html`<button class="button primary start" type="button" ?disabled=${this.busy} @click=${() => this.#saveRole(view, chosen)}>
            ${t.saveRole}
          </button>`
      }
    </section>`
  }

  #courier(member: MemberView) {
    if (member.courier === undefined || member.blocked) return nothing
    const set = (event: Event): void =>
      ask(this, 'set-courier', { person: member.identity, on: (event.target as HTMLInputElement).checked })
    return html`<section class="part">
      <label class="switch">
        <input type="checkbox" role="switch" aria-describedby="courier" .checked=${member.courier} @change=${set} />
        <span>${t.courier(this.#name)}</span>
      </label>
      <p class="small soft" id="courier">${t.courierText(this.#name)}</p>
    </section>`
  }

  #foot(view: ConversationView, member: MemberView) {
    const at = { conversation: view.id, person: member.identity }
    if (this.asking === 'hand-over') return this.#question(t.handOverText(this.#name), t.handOverConfirm, () => ask(this, 'hand-over', at))
    if (this.asking === 'remove') return this.#question(t.removeText, t.remove(this.#name), () => ask(this, 'remove-member', at))
    const block = (blocked: boolean) => (): void => ask(this, 'set-blocked', { person: member.identity, blocked })
    return html`<section class="part">
      ${member.blocked ? html`<p class="small">${t.blockedText(this.#name)}</p>` : nothing}
      <div class="row">
        ${
          mayHandOver(view, member)
            ? html`<button class="button hand-over" type="button" @click=${() => (this.asking = 'hand-over')}>${icon('crown')}${t.handOver}</button>`
            : nothing
        }
        ${
          mayRemovePerson(view, member)
            ? html`<button class="button risk remove" type="button" @click=${() => (this.asking = 'remove')}>
              ${icon('remove')}${t.remove(this.#name)}
            </button>`
            : nothing
        }
        ${
          member.blocked
            ? html`<button class="button" type="button" ?disabled=${this.busy} @click=${block(false)}>${t.unblock(this.#name)}</button>`
            : html`<button class="button risk" type="button" aria-describedby="block" ?disabled=${this.busy} @click=${block(true)}>
              ${icon('ban')}${t.block(this.#name)}
            </button>`
        }
      </div>
      ${member.blocked ? nothing : html`<p class="small soft" id="block">${t.blockText}</p>`}
    </section>`
  }

  #question(text: string, yes: string, answer: () => void) {
    return html`<parley-question .text=${text} .yes=${yes} @yes=${answer} @no=${() => this.#no()}></parley-question>`
  }

  get #member(): MemberView | undefined {
    return this.conversation?.members.find((member) => member.identity === this.person)
  }

  get #name(): string {
    return shownName(this.#member?.name, t.someone)
  }

  #saveRole(view: ConversationView, role: Role): void {
    this.wish = undefined
    ask(this, 'set-role', { conversation: view.id, person: this.person, role })
    // The button goes with the choice.
    this.renderRoot.querySelector<HTMLElement>(`input[value="${role}"]`)?.focus()
  }

  async #no(): Promise<void> {
    const asked = this.asking
    this.asking = undefined
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`.${asked}`)?.focus()
  }
}

customElements.define('parley-person-sheet', ParleyPersonSheet)
