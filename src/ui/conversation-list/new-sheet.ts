// <parley-new-sheet>: the three ways to begin.
import { css, html, LitElement } from 'lit'
import { icon, type IconName } from '../elements/icons.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import '../elements/sheet.ts'

const ways: readonly { readonly sheet: SheetRequest; readonly icon: IconName; readonly title: string; readonly text: string }[] = [
  { sheet: { kind: 'invite' }, icon: 'person', title: t.invite, text: t.inviteText },
  { sheet: { kind: 'group' }, icon: 'users', title: t.newGroup, text: t.newGroupText },
  { sheet: { kind: 'join' }, icon: 'link', title: t.joinByLink, text: t.joinByLinkText },
]

export class ParleyNewSheet extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .ways {
        display: grid;
        gap: var(--space-2);
        margin-inline: calc(-1 * var(--space-3));
      }
      .way {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        padding: var(--space-3);
        border-radius: var(--radius-m);
        text-align: start;
      }
      .way:hover {
        background: var(--sunken);
      }
      .disc {
        display: grid;
        place-items: center;
        inline-size: 2.75rem;
        block-size: 2.75rem;
        border-radius: 50%;
        background: var(--accent-soft);
        color: var(--on-accent-soft);
      }
      .title {
        display: block;
        font-weight: 600;
      }
    `,
  ]

  override render() {
    return html`<parley-sheet .heading=${t.newConversation}>
      <div class="ways">
        ${ways.map(
          ({ sheet, icon: name, title, text }, i) =>
            html`<button
              class="way"
              type="button"
              ?autofocus=${i === 0}
              aria-label=${title}
              aria-describedby=${`way-${i}`}
              @click=${() => ask(this, 'open-sheet', sheet)}
            >
              <span class="disc">${icon(name)}</span>
              <span><span class="title">${title}</span><span class="soft small" id=${`way-${i}`}>${text}</span></span>
            </button>`,
        )}
      </div>
    </parley-sheet>`
  }
}

customElements.define('parley-new-sheet', ParleyNewSheet)
