// <parley-contact-card>: the way to whoever sent it, outside of this conversation. Opens the same sheet as the link would.
import { css, html, LitElement } from 'lit'
import type { PersonView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import '../locales/later.ts'

export class ParleyContactCard extends LitElement {
  static override properties = { person: { attribute: false }, link: {} }
  declare person: PersonView
  /** A contact link without the page's address. */
  declare link: string

  static override styles = [
    base,
    buttons,
    avatarStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: var(--space-2) var(--space-3);
        min-inline-size: min(15rem, 60vw);
        margin-block: var(--space-1);
      }
      /* A name may be one letter that is wider than the card, and cannot be broken. */
      div,
      .button {
        min-inline-size: 0;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      p {
        font-size: var(--text-s);
      }
      .button {
        grid-column: 1 / -1;
      }
    `,
  ]

  override render() {
    const { person, link } = this
    const name = shownName(person.name, t.someone)
    return html`${avatar(person.identity)}
      <div>
        <strong><bdi>${name}</bdi></strong>
        <p>${t.cardOf}</p>
      </div>
      ${
        person.isMe
          ? ''
          : html`<button class="button" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'join', link })}>
            ${t.askToTalk(name)}
          </button>`
      }`
  }
}

customElements.define('parley-contact-card', ParleyContactCard)
