// <parley-details-sheet>: when a message was written, for each person whether they have it and have read it, who reacted, and what it said before.
import { css, html, nothing } from 'lit'
import type { DeliveryView, MessageDetailsView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { listNames, shownName } from '../elements/names.ts'
import { fullTime } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { deletedWords, deliveryTemplate } from './message.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'

const carriedOr = ({ state, carriers }: DeliveryView): string =>
  state === 'carried' && carriers !== undefined ? t.carriedByText(carriers) : t.deliveryText[state]

export class ParleyDetailsSheet extends SheetElement {
  static override properties = { details: { attribute: false } }
  declare details: MessageDetailsView | undefined

  static override styles = [
    ...sheetStyles,
    avatarStyles,
    css`
      blockquote {
        margin: 0;
        padding: var(--space-3);
        border-radius: var(--radius-m);
        background: var(--sunken);
        max-block-size: 9rem;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding-block: var(--space-2);
      }
      li bdi {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      h3 {
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      ol {
        list-style: none;
      }
      .version {
        display: block;
        border-block-end: 1px solid var(--line);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      .state {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
    `,
  ]

  get heading(): string {
    return t.detailsTitle
  }

  body() {
    const { details } = this
    if (!details) return undefined
    const { message, people, versions } = details
    return html`
      <blockquote dir="auto" tabindex="0">${message.deleted ? deletedWords(message) : message.text}</blockquote>
      <p class="small soft"><bdi>${message.author.isMe ? t.you : shownName(message.author.name, t.someone)}</bdi> · ${t.written} ${fullTime(message.at)}</p>
      ${message.delivery ? html`<p>${carriedOr(message.delivery)} (${t.haveOf(message.delivery.have, message.delivery.of)})</p>` : nothing}
      ${
        people.length === 0
          ? nothing
          : html`<ul role="list" aria-label=${t.people}>
            ${people.map(
              ({ person, path, ...reached }) =>
                html`<li>
                  ${avatar(person.identity)}<bdi>${shownName(person.name, t.someone)}</bdi>
                  ${path === undefined ? nothing : html`<span class="small soft">${t.path[path]}</span>`}${deliveryTemplate(reached)}
                </li>`,
            )}
          </ul>`
      }
      ${
        message.reactions.length === 0
          ? nothing
          : html`<section>
            <h3 id="reactions">${t.reactions}</h3>
            <ul role="list" aria-labelledby="reactions">
              ${message.reactions.map(
                ({ emoji, by }) =>
                  html`<li><span>${emoji}</span><bdi>${listNames(by.map((name) => shownName(name, t.someone)))}</bdi></li>`,
              )}
            </ul>
          </section>`
      }
      ${
        versions.length === 0
          ? nothing
          : html`<section>
            <h3 id="versions">${t.versions}</h3>
            <ol role="list" aria-labelledby="versions">
              ${versions.map(({ text, at }) => html`<li class="version"><p dir="auto">${text}</p><time class="small soft">${fullTime(at)}</time></li>`)}
            </ol>
          </section>`
      }
    `
  }
}

customElements.define('parley-details-sheet', ParleyDetailsSheet)
