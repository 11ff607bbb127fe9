// <parley-new-sheet>: the ways to begin.
import { css, html } from 'lit'
import { icon, type IconName } from '../elements/icons.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'

const ways: readonly { readonly sheet: SheetRequest; readonly icon: IconName; readonly title: string; readonly text: string }[] = [
  { sheet: { kind: 'invite' }, icon: 'person', title: t.invite, text: t.inviteText },
  { sheet: { kind: 'group' }, icon: 'users', title: t.newGroup, text: t.newGroupText },
  { sheet: { kind: 'join' }, icon: 'link', title: t.joinByLink, text: t.joinByLinkText },
  { sheet: { kind: 'contact' }, icon: 'card', title: t.contactLink, text: t.contactLinkText },
  { sheet: { kind: 'hand' }, icon: 'scan', title: t.byHand, text: t.byHandShort },
]

export class ParleyNewSheet extends SheetElement {
  static override styles = [
    ...sheetStyles,
    css`
      .ways {
        display: grid;
        gap: var(--space-2);
        margin-inline: calc(-1 * var(--space-3));
      }
      .way {
        position: relative;
        display: flex;
        align-items: center;
        gap: var(--space-4);
        padding: var(--space-3);
        border-radius: var(--radius-m);
      }
      @media (hover: hover) {
        .way:hover {
          background: var(--sunken);
        }
      }
      .disc {
        flex: none;
        display: grid;
        place-items: center;
        inline-size: 2.75rem;
        block-size: 2.75rem;
        border-radius: 50%;
        background: var(--accent-soft);
        color: var(--on-accent-soft);
      }
      .title {
        padding: 0;
        font-weight: 600;
        text-align: start;
      }
      /* The whole row is the button's target, while its name stays its title alone. */
      .title::after {
        content: '';
        position: absolute;
        inset: 0;
        border-radius: var(--radius-m);
      }
      .title:focus-visible {
        outline: 0;
      }
      .title:focus-visible::after {
        outline: var(--focus);
      }
    `,
  ]

  get heading(): string {
    return t.newConversation
  }

  body() {
    return html`
      <div class="ways">
        ${ways.map(
          ({ sheet, icon: name, title, text }, i) =>
            html`<div class="way">
              <span class="disc">${icon(name)}</span>
              <div>
                <button
                  class="title"
                  type="button"
                  ?autofocus=${i === 0}
                  aria-describedby=${`way-${i}`}
                  @click=${() => ask(this, 'open-sheet', sheet)}
                >
                  ${title}
                </button>
                <p class="soft small" id=${`way-${i}`}>${text}</p>
              </div>
            </div>`,
        )}
      </div>
    `
  }
}

customElements.define('parley-new-sheet', ParleyNewSheet)
