// The ways from the settings to their pages: one row each, with a name and a line about it.
import { css, html, type TemplateResult } from 'lit'
import { icon, type IconName } from '../elements/icons.ts'
import { t } from '../locales/index.ts'

interface Page {
  readonly sheet: 'status' | 'folders' | 'starred' | 'notifications' | 'looks' | 'privacy' | 'storage' | 'diagnostics'
  readonly icon: IconName
  readonly name: () => string
  readonly text: () => string
}

export const pages: readonly Page[] = [
  { sheet: 'status', icon: 'smile', name: () => t.yourStatus, text: () => t.yourStatusText },
  { sheet: 'folders', icon: 'folder', name: () => t.folders, text: () => t.foldersPage },
  { sheet: 'starred', icon: 'star', name: () => t.starred, text: () => t.starredText },
  { sheet: 'notifications', icon: 'bell', name: () => t.notifications, text: () => t.notificationsText },
  { sheet: 'looks', icon: 'palette', name: () => t.looks, text: () => t.looksText },
  { sheet: 'privacy', icon: 'eye', name: () => t.privacy, text: () => t.privacyText },
  { sheet: 'storage', icon: 'disk', name: () => t.storage, text: () => t.storageText },
  { sheet: 'diagnostics', icon: 'stethoscope', name: () => t.diagnostics, text: () => t.diagnosticsText },
]

export const pageTemplate = ({ icon: name, name: words, text, sheet }: Page, open: () => void, now = text()): TemplateResult =>
  html`<div class="page">
    ${icon(name)}
    <div>
      <button type="button" aria-describedby=${`about-${sheet}`} @click=${open}>${words()}</button>
      <p class="soft small" id=${`about-${sheet}`}>${now}</p>
    </div>
    <span class="chevron">${icon('chevron')}</span>
  </div>`

export const pagesStyles = css`
  .page {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--space-4);
    padding: var(--space-2) var(--space-3);
    margin-inline: calc(-1 * var(--space-3));
    border-radius: var(--radius-m);
  }
  .page > .icon {
    color: var(--ink-soft);
  }
  .page > div {
    flex: 1;
    min-inline-size: 0;
  }
  .page button {
    padding: 0;
    font-weight: 600;
    text-align: start;
  }
  /* The whole row is the button's target, while its name stays its title alone. */
  .page button::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: var(--radius-m);
  }
  .page button:focus-visible {
    outline: 0;
  }
  .page button:focus-visible::after {
    outline: var(--focus);
  }
  @media (hover: hover) {
    .page:hover {
      background: var(--sunken);
    }
  }
`
