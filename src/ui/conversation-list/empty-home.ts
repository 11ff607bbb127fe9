// What home says before there is anything in it: one sentence, and the two ways to begin.
import { css, html } from 'lit'
import { icon } from '../elements/icons.ts'
import type { SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'

export const emptyHome = (open: (sheet: SheetRequest) => void) =>
  html`<div class="empty-home">
    <h2 class="display">${t.emptyTitle}</h2>
    <p class="soft">${t.emptyText}</p>
    <button class="button primary" type="button" @click=${() => open({ kind: 'invite' })}>${icon('person')}${t.invite}</button>
    <button class="button plain" type="button" @click=${() => open({ kind: 'join' })}>${icon('link')}${t.joinByLink}</button>
  </div>`

export const emptyHomeStyles = css`
  .empty-home {
    display: grid;
    justify-items: center;
    gap: var(--space-3);
    padding: var(--space-7) var(--space-5);
    text-align: center;
  }
  .empty-home h2 {
    font-size: var(--text-2xl);
  }
  .empty-home p {
    max-inline-size: 26rem;
    margin-block-end: var(--space-2);
    text-wrap: balance;
  }
`
