// <parley-settings-sheet>: name, the ways to the pages of the settings, connection, who is blocked, version, and the end of it all. Asks `rename-profile`, `preference`,
// `set-blocked`, `erase-device`.
import { css, html, nothing } from 'lit'
import type { ConnectionView, PersonView, StatusView } from '../../ports/queries.ts'
import type { Choices } from '../choices.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { switches } from '../styles/switches.ts'
import { choiceRow, choiceRowStyles } from './choice-row.ts'
import { statusWords } from '../elements/presence-words.ts'
import { pages, pagesStyles, pageTemplate } from './pages.ts'
import { connectionDetails, connectionDetailsStyles } from './connection-details.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { problemLine } from '../elements/problem.ts'
import '../people/picture-field.ts'
import '../elements/question.ts'

export class ParleySettingsSheet extends SheetElement {
  static override properties = {
    me: { attribute: false },
    status: { attribute: false },
    connection: { attribute: false },
    choices: { attribute: false },
    version: {},
    blocked: { attribute: false },
    problem: {},
    saved: { type: Boolean },
    pictured: { type: Boolean },
    erasing: { state: true },
  }
  declare me: PersonView | undefined
  /** What one is up to. */
  declare status: StatusView | undefined
  declare connection: ConnectionView | undefined
  declare choices: Choices
  declare version: string
  declare blocked: readonly PersonView[]
  declare problem: string | undefined
  /** The new name has been committed. */
  declare saved: boolean
  /** There is a picture of oneself. */
  declare pictured: boolean
  declare erasing: boolean

  static override styles = [
    ...sheetStyles,
    choiceRowStyles,
    fields,
    switches,
    avatarStyles,
    connectionDetailsStyles,
    pagesStyles,
    css`
      .part {
        display: grid;
        gap: var(--space-3);
        padding-block-end: var(--space-4);
        border-block-end: 1px solid var(--line);
      }
      .part:last-child {
        border: 0;
        padding: 0;
      }
      .part h2 {
        font-size: var(--text-l);
      }
      .me {
        --avatar: 3.5rem;
        display: flex;
        align-items: end;
        gap: var(--space-3);
      }
      .me label {
        flex: 1;
        min-inline-size: 0;
      }
      .blocked li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding-block: var(--space-1);
      }
      .blocked .name {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .button.erase {
        color: var(--bad);
      }
      .button.start {
        justify-self: start;
        margin-inline-start: calc(-1 * var(--space-4));
      }
    `,
  ]

  get heading(): string {
    return t.settings
  }

  body() {
    return html`
      <parley-picture-field .of=${this.me?.identity ?? ''} .kind=${'direct'} ?has=${this.pictured}></parley-picture-field>
      <form class="part" @submit=${this.#rename} novalidate>
        <div class="me">
          <label>${t.yourName}<input name="name" maxlength="64" autocomplete="nickname" dir="auto" .value=${this.me?.name ?? ''} /></label>
          <button class="button">${this.saved ? t.saved : t.save}</button>
        </div>
        ${problemLine(this.problem)}
        <p class="soft small">${t.yourTag(this.me?.tag ?? '')}</p>
      </form>
      <div class="part">${pages.map((page) => {
        const now = page.sheet === 'status' && this.status ? statusWords(this.status) : undefined
        return pageTemplate(page, () => ask(this, 'open-sheet', { kind: page.sheet }), now)
      })}</div>
      <div class="part">
        <h2 class="display">${t.writing}</h2>
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            aria-describedby="enter-text"
            .checked=${this.choices.enterSends ?? !matchMedia('(pointer: coarse)').matches}
            @change=${(event: Event) =>
              ask(this, 'preference', { name: 'enter-sends', value: (event.target as HTMLInputElement).checked ? 'yes' : 'no' })}
          />
          <span>${t.enterSends}</span>
        </label>
        <p class="soft small" id="enter-text">${t.enterSendsText}</p>
        ${choiceRow(
          'undo',
          t.undoSend,
          (['0', '5', '10'] as const).map((value) => ({ value, label: value === '0' ? t.undoOff : t.seconds(Number(value)) })),
          this.choices.undoSeconds >= 10 ? '10' : this.choices.undoSeconds > 0 ? '5' : '0',
          (value) => ask(this, 'preference', { name: 'undo', value }),
        )}
        <p class="soft small">${t.undoSendText}</p>
      </div>
      <div class="part">
        <h2 class="display">${t.connection}</h2>
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            aria-describedby="hide-text"
            .checked=${this.connection?.hidden === true}
            @change=${(event: Event) => ask(this, 'set-hidden', { hidden: (event.target as HTMLInputElement).checked })}
          />
          <span>${t.hideAddress}</span>
        </label>
        <p class="soft small" id="hide-text">${t.hideAddressText}</p>
        ${connectionDetails(this.connection)}
      </div>
      ${this.blocked.length === 0 ? nothing : this.#blockedPeople()}
      <div class="part">
        <h2 class="display">${t.thisDevice}</h2>
        ${
          this.erasing
            ? html`<parley-question
                .text=${t.eraseText}
                .yes=${t.eraseConfirm}
                .no=${t.keep}
                @yes=${() => ask(this, 'erase-device')}
                @no=${this.#keep}
              ></parley-question>`
            : html`<button class="button plain erase start" type="button" @click=${() => (this.erasing = true)}>${icon('trash')}${t.erase}</button>`
        }
      </div>
      <div class="part">
        <p class="soft small">${t.honest}</p>
        <p class="soft small">${t.version(this.version)}</p>
        <button class="button plain start" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'shortcuts' })}>${t.shortcuts}</button>
      </div>
    `
  }

  #blockedPeople() {
    return html`<div class="part blocked">
      <h2 id="blocked" class="display">${t.blockedPeople}</h2>
      <p class="soft small">${t.blockedPeopleText}</p>
      <ul role="list" aria-labelledby="blocked">
        ${this.blocked.map((person) => {
          const name = shownName(person.name, t.someone)
          return html`<li>
            ${avatar(person.identity)}
            <span class="name"><bdi>${name}</bdi><span class="tag">${person.tag}</span></span>
            <button class="button" type="button" @click=${() => ask(this, 'set-blocked', { person: person.identity, blocked: false })}>
              ${t.unblock(name)}
            </button>
          </li>`
        })}
      </ul>
    </div>`
  }

  /** The focus goes back to where the question came from. */
  #keep(): void {
    this.erasing = false
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.erase')?.focus())
  }

  #rename(event: Event): void {
    event.preventDefault()
    const name = this.renderRoot.querySelector<HTMLInputElement>('input[name="name"]')?.value.trim() ?? ''
    if (name !== '') ask(this, 'rename-profile', name)
  }
}

customElements.define('parley-settings-sheet', ParleySettingsSheet)
