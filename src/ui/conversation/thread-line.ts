// <parley-thread-line>: under a message that was replied to: who replied last, how many did, when the newest did, and whether any of it is new.
// The button is not in the tab order, like all others of a message; its thread opens from the menu of actions, too.
import { css, html, LitElement, nothing } from 'lit'
import type { RepliesView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon } from '../elements/icons.ts'
import { fullTime, momentOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import '../locales/later.ts'

export class ParleyThreadLine extends LitElement {
  static override properties = { replies: { attribute: false } }
  declare replies: RepliesView

  static override styles = [
    base,
    buttons,
    avatarStyles,
    css`
      :host {
        display: block;
        margin-block: var(--space-1);
      }
      .line {
        --avatar: 1.375rem;
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px var(--space-2);
        min-block-size: max(1.75rem, var(--target));
        margin-inline-start: calc(-1 * var(--space-1));
        padding-block: 2px;
        padding-inline: var(--space-1) var(--space-2);
        border-radius: var(--radius-m);
        font-size: var(--text-s);
        text-align: start;
      }
      @media (hover: hover) {
        .line:hover {
          background: color-mix(in srgb, currentColor 8%, transparent);
        }
      }
      .faces {
        display: inline-flex;
      }
      .faces > :not(:first-child) {
        margin-inline-start: -0.375rem;
      }
      strong {
        color: var(--accent-ink);
        font-weight: 600;
      }
      time {
        opacity: 0.8;
      }
      .icon {
        inline-size: 1em;
        block-size: 1em;
        color: var(--accent-ink);
      }
      .new {
        padding: 0 0.375rem;
        border-radius: var(--radius-round);
        background: var(--accent);
        color: var(--on-accent);
        forced-color-adjust: none;
        font-size: var(--text-xs);
        font-weight: 650;
      }
    `,
  ]

  override render() {
    const { count, unread, at, people } = this.replies
    return html`<button class="line" type="button" tabindex="-1">
      <span class="faces" aria-hidden="true">${people.map(({ identity }) => avatar(identity))}</span>
      <strong>${t.replies(count)}</strong>
      ${unread > 0 ? html`<span class="new">${t.newReplies(unread)}</span>` : nothing}
      <time datetime=${new Date(at).toISOString()} title=${fullTime(at)}>${momentOf(at, Date.now())}</time>
      ${icon('thread')}
    </button>`
  }
}

customElements.define('parley-thread-line', ParleyThreadLine)
