// <parley-invite-list>: the other side of an invite into a group: the links of this device that hold, how many came by each, the way to
// withdraw one, and to make one that holds for another time or for one person. Asks `withdraw-invite` and `make-invite`.
import { css, html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { InviteView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { ask } from '../events.ts'
import { dateOf, whenOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'
import { choiceRow, choiceRowStyles } from '../settings/choice-row.ts'
import { base, buttons, fields } from '../styles/shared.ts'
import { switches } from '../styles/switches.ts'
import '../locales/later.ts'

/** Seconds that an invite holds. */
const spans = [3_600, 86_400, 7 * 86_400, 28 * 86_400]

export class ParleyInviteList extends LitElement {
  static override properties = {
    invites: { attribute: false },
    shown: {},
    busy: { type: Boolean },
    seconds: { state: true },
    single: { state: true },
  }
  declare invites: readonly InviteView[]
  /** The link that stands above. */
  declare shown: string | undefined
  declare busy: boolean
  declare seconds: number
  declare single: boolean

  constructor() {
    super()
    this.seconds = 7 * 86_400
    this.single = false
  }

  static override styles = [
    base,
    buttons,
    fields,
    switches,
    choiceRowStyles,
    css`
      :host,
      details {
        display: grid;
        gap: var(--space-3);
      }
      summary {
        min-block-size: var(--target);
        align-content: center;
        font-weight: 600;
        cursor: pointer;
      }
      .make,
      ul {
        display: grid;
        gap: var(--space-3);
        padding-block: var(--space-2);
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
      }
      li > div {
        flex: 1;
        min-inline-size: 0;
      }
      .withdraw {
        color: var(--bad);
      }
    `,
  ]

  override render() {
    const wanted = { single: this.single, seconds: this.seconds }
    return html`
      <details>
        <summary>${t.otherInvite}</summary>
        <div class="make">
          ${choiceRow(
            'holds',
            t.inviteHolds,
            spans.map((seconds) => ({ value: `${seconds}`, label: spanOf(seconds) })),
            `${this.seconds}`,
            (value) => (this.seconds = Number(value)),
          )}
          <label class="switch">
            <input type="checkbox" role="switch" .checked=${this.single} @change=${(event: Event) => (this.single = (event.target as HTMLInputElement).checked)} />
            <span>${t.inviteSingle}</span>
          </label>
          <button class="button" type="button" ?disabled=${this.busy} @click=${() => ask(this, 'make-invite', wanted)}>${t.makeInvite}</button>
        </div>
      </details>
      ${
        this.invites.length === 0
          ? nothing
          : html`<details>
            <summary>${t.invitesOpen(this.invites.length)}</summary>
            <ul role="list">
              ${repeat(
                this.invites,
                ({ invite }) => invite,
                (invite) => this.#row(invite),
              )}
            </ul>
            <p class="soft small">${t.withdrawText}</p>
          </details>`
      }
    `
  }

  #row(invite: InviteView) {
    const { single, joined, expiresAt } = invite
    const now = Date.now()
    const until = expiresAt - now < 86_400_000 ? whenOf(expiresAt, now) : dateOf(expiresAt)
    return html`<li>
      ${icon('link')}
      <div>
        <p>${single ? t.inviteForOne : t.inviteForMany}${invite.link === this.shown ? html` <span class="soft">(${t.inviteShown})</span>` : nothing}</p>
        <p class="soft small">${t.inviteUntil(until)} · ${t.joined(joined)}</p>
      </div>
      <button class="button plain withdraw" type="button" ?disabled=${this.busy} @click=${() => ask(this, 'withdraw-invite', invite)}>${t.withdraw}</button>
    </li>`
  }
}

customElements.define('parley-invite-list', ParleyInviteList)
