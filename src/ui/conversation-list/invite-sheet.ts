// <parley-invite-sheet>: the link, its QR code, and a live count of who has come.
import { msPerWeek } from '../../core/time.ts'
import { css, html, nothing } from 'lit'
import type { ConversationView, InviteView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { dateOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import '../elements/qr-code.ts'
import { createLinkCopy, linkFieldStyles } from '../elements/link-copy.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { problemLine } from '../elements/problem.ts'

export class ParleyInviteSheet extends SheetElement {
  static override properties = {
    link: {},
    invite: { attribute: false },
    invites: { attribute: false },
    conversation: { attribute: false },
    busy: { type: Boolean },
    problem: {},
  }
  declare link: string | undefined
  /** The same invite as a row: how many have joined, until when. */
  declare invite: InviteView | undefined
  /** All of the group that hold. */
  declare invites: readonly InviteView[]
  declare busy: boolean
  declare conversation: ConversationView | undefined
  declare problem: string | undefined

  readonly #linkCopy = createLinkCopy(this)

  static override styles = [
    ...sheetStyles,
    fields,
    linkFieldStyles,
    css`
      .sheet-body {
        display: grid;
        gap: var(--space-4);
        justify-items: center;
      }
      parley-qr {
        inline-size: min(15rem, 60vw);
      }
      parley-invite-list,
      label,
      .row {
        inline-size: 100%;
      }
      .row .button {
        flex: 1;
      }
      .count {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font-weight: 600;
      }
      .came {
        color: var(--good);
      }
      .wait {
        text-align: center;
        text-wrap: balance;
      }
    `,
  ]

  get heading(): string {
    return this.conversation?.kind === 'group' ? t.inviteTo(shownName(this.conversation.title, t.aGroup)) : t.invite
  }

  body() {
    const isGroup = this.conversation?.kind === 'group'
    return html`
      ${
        this.problem !== undefined
          ? problemLine(this.problem)
          : this.link === undefined
            ? html`<p class="soft">${t.makingLink}</p>`
            : this.#link(this.link, isGroup)
      }
    `
  }

  #link(link: string, isGroup: boolean) {
    const joined = this.invite?.joined ?? (this.conversation?.kind === 'direct' && this.conversation.standing === 'member' ? 1 : 0)
    return html`<div class="sheet-body">
      <p class="soft small wait">${isGroup && this.invite?.single !== true ? t.inviteMany(dateOf(this.invite?.expiresAt ?? Date.now() + msPerWeek)) : t.inviteOne}</p>
      <parley-qr .text=${link}></parley-qr>
      ${this.#linkCopy.passOn(t.inviteLink, link)}
      <div class="wait" aria-live="polite">
        ${joined === 0 ? html`<p class="soft small">${t.keepOpen}</p>` : nothing}
        <p class="count ${joined > 0 ? 'came' : ''}">${icon(joined > 0 ? 'check' : 'hourglass')}${t.joined(joined)}</p>
      </div>
      ${isGroup ? this.#others(link) : nothing}
      ${
        joined > 0 && this.conversation
          ? html`<button class="button wide" type="button" @click=${() => this.conversation && ask(this, 'open-conversation', this.conversation.id)}>
            ${t.openConversation}
          </button>`
          : nothing
      }
    </div>`
  }

  #others(link: string) {
    void import('./invite-list.ts')
    return html`<parley-invite-list .invites=${this.invites} .shown=${link} .busy=${this.busy}></parley-invite-list>`
  }
}

customElements.define('parley-invite-sheet', ParleyInviteSheet)
