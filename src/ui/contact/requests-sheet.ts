// <parley-requests-sheet>: strangers who want to talk: a name, a text, and the three answers. Asks `answer-request`.
import { css, html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { RequestsView, RequestView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { whenOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { problemLine } from '../elements/problem.ts'

export class ParleyRequestsSheet extends SheetElement {
  static override properties = { requests: { attribute: false }, problem: {}, busy: { type: Boolean } }
  declare requests: RequestsView | undefined
  declare problem: string | undefined
  declare busy: boolean

  static override styles = [
    ...sheetStyles,
    avatarStyles,
    css`
      ul {
        display: grid;
        gap: var(--space-4);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        --avatar: 2.5rem;
        display: grid;
        gap: var(--space-3);
        padding-block-end: var(--space-4);
        border-block-end: 1px solid var(--line);
      }
      li:last-child {
        padding: 0;
        border: 0;
      }
      .who {
        display: flex;
        align-items: center;
        gap: var(--space-3);
      }
      .who > div {
        flex: 1;
        min-inline-size: 0;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .text {
        max-block-size: 12rem;
        overflow: auto;
        padding: var(--space-3);
        border-radius: var(--radius-m);
        background: var(--sunken);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ]

  get heading(): string {
    return t.requests
  }

  body() {
    const { requests } = this
    if (!requests) return undefined
    return html`
      <p class="soft small">${requests.requests.length === 0 ? t.noRequests : t.requestsText}</p>
      ${problemLine(this.problem)}
      <ul role="list" aria-label=${t.requests}>
        ${repeat(
          requests.requests,
          ({ person }) => person.identity,
          (request) => this.#request(request),
        )}
      </ul>
      ${
        requests.turnedAway === 0
          ? nothing
          : html`<p class="small" role="note">${t.turnedAway(requests.turnedAway)}</p>
            <div class="row">
              <button class="button" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'contact' })}>${icon('link')}${t.contactLink}</button>
            </div>`
      }
    `
  }

  #request({ person, text, at }: RequestView) {
    const name = shownName(person.name, t.someone)
    const answer = (how: 'accept' | 'block' | 'drop') => (): void => ask(this, 'answer-request', { person: person.identity, answer: how })
    // Plain text, not Markdown: nothing in it can be followed before they are known.
    return html`<li aria-label=${name}>
      <div class="who">
        ${avatar(person.identity)}
        <div>
          <p class="name"><bdi>${name}</bdi><span class="tag">${person.tag}</span></p>
          <p class="soft small">${whenOf(at, Date.now())}</p>
        </div>
      </div>
      <p class="text" dir="auto" tabindex="0">${text}</p>
      <div class="row">
        <button class="button primary" type="button" ?disabled=${this.busy} @click=${answer('accept')}>${icon('check')}${t.accept}</button>
        <button class="button" type="button" ?disabled=${this.busy} @click=${answer('drop')}>${t.dropRequest}</button>
        <button class="button risk" type="button" ?disabled=${this.busy} @click=${answer('block')}>${t.blockThem}</button>
      </div>
    </li>`
  }
}

customElements.define('parley-requests-sheet', ParleyRequestsSheet)
