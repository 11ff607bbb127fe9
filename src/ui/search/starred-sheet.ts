// <parley-starred-sheet>: messages of all conversations that were starred here, the last one first. Each leads to its place.
import { html } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { SearchHit } from '../../ports/queries.ts'
import { avatarStyles } from '../elements/avatar.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { hitStyles, hitTemplate } from './hit.ts'

export class ParleyStarredSheet extends SheetElement {
  static override properties = { starred: { attribute: false } }
  declare starred: readonly SearchHit[] | undefined

  static override styles = [...sheetStyles, avatarStyles, hitStyles]

  get heading(): string {
    return t.starred
  }

  override get cameFrom(): SheetRequest {
    return { kind: 'settings' }
  }

  body() {
    const { starred } = this
    if (!starred) return undefined
    return html`
      <p class="soft small">${t.starredAbout}</p>
      ${
        starred.length === 0
          ? html`<p>${t.noStars}</p>`
          : html`<ul role="list" aria-label=${t.starred}>
            ${repeat(
              starred,
              ({ message }) => message,
              (hit) => html`<li>${hitTemplate(hit, (to) => ask(this, 'open-conversation', to))}</li>`,
            )}
          </ul>`
      }
    `
  }
}

customElements.define('parley-starred-sheet', ParleyStarredSheet)
