// <parley-templates-sheet>: own texts to be used again: each leads to the composer, and can be let go of; what stands in the composer can be
// kept among them. Asks `use-template`, `save-template` and `remove-template`.
import { css, html, nothing } from 'lit'
import type { TemplateView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'

export class ParleyTemplatesSheet extends SheetElement {
  static override properties = { templates: { attribute: false }, typed: {}, problem: {} }
  declare templates: readonly TemplateView[] | undefined
  /** What stands in the composer. */
  declare typed: string
  declare problem: string | undefined

  static override styles = [
    ...sheetStyles,
    fields,
    css`
      li {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }
      .text {
        flex: 1;
        min-inline-size: 0;
        min-block-size: max(2.75rem, var(--target));
        padding: var(--space-2) var(--space-3);
        border-radius: var(--radius-m);
        text-align: start;
        overflow-wrap: anywhere;
      }
      .text span {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
        overflow: hidden;
        white-space: pre-line;
      }
      @media (hover: hover) {
        .text:hover {
          background: var(--lifted);
        }
      }
      textarea {
        min-block-size: 5rem;
      }
    `,
  ]

  get heading(): string {
    return t.attachments.templates
  }

  body() {
    const { templates } = this
    if (!templates) return undefined
    return html`
      <p class="soft small">${t.templatesText}</p>
      ${
        templates.length === 0
          ? nothing
          : html`<ul role="list" aria-label=${t.attachments.templates}>
            ${templates.map(
              ({ n, text }) =>
                html`<li>
                  <button class="text" type="button" @click=${() => ask(this, 'use-template', text)}><span dir="auto">${text}</span></button>
                  <button class="icon-button" type="button" aria-label=${t.removeTemplate(text.slice(0, 40))} @click=${() => ask(this, 'remove-template', n)}>
                    ${icon('trash')}
                  </button>
                </li>`,
            )}
          </ul>`
      }
      <form @submit=${this.#submit} novalidate>
        <label>${t.newTemplate}<textarea name="text" dir="auto" .value=${this.typed}></textarea></label>
        ${problemLine(this.problem)}
        <button class="button wide">${t.saveTemplate}</button>
      </form>
    `
  }

  #submit(event: Event): void {
    event.preventDefault()
    const field = this.renderRoot.querySelector('textarea')
    if (!field) return
    ask(this, 'save-template', field.value)
    if (field.value.trim() !== '') field.value = ''
  }
}

customElements.define('parley-templates-sheet', ParleyTemplatesSheet)
