// What an invite says before one joins: who invites, to what, and whether somebody confirmed it or only the link says so.
import { css, html } from 'lit'
import type { InvitePreview } from '../../ports/commands.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'

/** `heading` is the level that fits the place. */
export const previewTemplate = (preview: InvitePreview | undefined, heading: 'h1' | 'p') => {
  const inviter = shownName(preview?.inviter, t.someone)
  const title = shownName(preview?.title, t.aGroup)
  const sentence =
    preview?.kind === 'group'
      ? html`<span class="by">${t.invitesYouTo(inviter)}</span> <bdi>${title}</bdi>`
      : preview?.kind === 'contact'
        ? t.writeTo(inviter)
        : t.invitesYou(inviter)
  return html`<div class="preview" aria-live="polite">
    ${heading === 'h1' ? html`<h1 class="display">${sentence}</h1>` : html`<p class="display words">${sentence}</p>`}
    <p class="soft small reach">
      ${
        preview?.kind === 'contact'
          ? html`${icon('info')}<span>${t.requestExplained(inviter)}</span>`
          : preview?.confirmed === true
            ? html`${icon('check')}<span>${t.confirmed(inviter)}</span>`
            : html`${icon('dashed')}<span>${t.unconfirmed}</span>`
      }
    </p>
  </div>`
}

export const previewStyles = css`
  .preview {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    overflow-wrap: anywhere;
  }
  .preview .words {
    font-size: var(--text-2xl);
  }
  .preview .by {
    display: block;
    margin-block-end: var(--space-1);
    font-size: var(--text-l);
    color: var(--ink-soft);
  }
  .reach {
    display: flex;
    gap: var(--space-2);
    align-items: flex-start;
  }
`
