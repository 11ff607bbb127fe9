// <parley-shortcuts-sheet>: the keyboard, on one page.
import { css, html } from 'lit'
import { t } from '../locales/index.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'

export class ParleyShortcutsSheet extends SheetElement {
  static override styles = [
    ...sheetStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: fit-content(45%) 1fr;
        gap: var(--space-2) var(--space-4);
        align-items: baseline;
      }
      kbd {
        padding: 0.125rem var(--space-2);
        border: 1px solid var(--edge);
        border-radius: var(--radius-s);
        font: var(--text-s) var(--mono);
        white-space: nowrap;
      }
    `,
  ]

  get heading(): string {
    return t.shortcuts
  }

  body() {
    return html`
      <dl>
        ${t.shortcutList.map(
          ([keys, text]) =>
            html`<dt><bdi dir="ltr">${keys.split(' ').map((key) => html`<kbd>${key.replace(',', '')}</kbd>${key.includes(',') ? ', ' : ' '}`)}</bdi></dt>
              <dd>${text}</dd>`,
        )}
      </dl>
    `
  }
}

customElements.define('parley-shortcuts-sheet', ParleyShortcutsSheet)
