// The choices over the list of conversations: all, ready-made ones, and the person's folders, each with what is unread in it. The arrow keys
// go from one to the next.
import { css, html, nothing } from 'lit'
import type { ConversationSummary, FolderView } from '../../ports/queries.ts'
import { shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'
import { isPutAway, labelsIn, unreadIn, type ListView } from './shown-in.ts'

const isSame = (a: ListView, b: ListView): boolean => (typeof a === 'object' && typeof b === 'object' ? idOf(a) === idOf(b) : a === b)

const idOf = (view: Extract<ListView, object>): string => ('label' in view ? `label ${view.label.toLowerCase()}` : view.folder.id)
const nameOf = (view: Extract<ListView, object>): string => ('label' in view ? view.label : view.folder.name)

/** Those of which there is something to choose. */
const viewsOf = (all: readonly ConversationSummary[], folders: readonly FolderView[], now: ListView, at: number): readonly ListView[] => {
  const kinds = new Set(all.map(({ kind }) => kind))
  const hasArchive = now === 'archived' || all.some((summary) => isPutAway(summary, at))
  return [
    'all',
    'unread',
    ...(kinds.size > 1 ? (['people', 'groups'] as const) : []),
    ...folders.map((folder) => ({ folder })),
    ...labelsIn(all).map((label) => ({ label })),
    ...(hasArchive ? (['archived'] as const) : []),
  ]
}

/** `at` in milliseconds since 1970; `choose` is told which one was pressed. */
export const viewsTemplate = (
  all: readonly ConversationSummary[],
  folders: readonly FolderView[],
  now: ListView,
  at: number,
  choose: (view: ListView) => void,
) => {
  const views = viewsOf(all, folders, now, at)
  return html`<div class="views" role="group" aria-label=${t.show} @keydown=${walk}>
    ${views.map((view) => {
      // How much is unread in all of them stands in the title of the page.
      const unread = view === 'all' || view === 'unread' || view === 'archived' ? 0 : unreadIn(all, view, at)
      return html`<button class="chip" type="button" aria-pressed=${isSame(view, now) ? 'true' : 'false'} @click=${() => choose(view)}>
        ${typeof view === 'object' ? html`<bdi>${shownName(nameOf(view))}</bdi>` : t.views[view]}${
          unread === 0
            ? nothing
            : html`<span class="chip-count"><span aria-hidden="true">${unread}</span><span class="hidden-text">, ${t.unread(unread)}</span></span>`
        }
      </button>`
    })}
  </div>`
}

const walk = (event: KeyboardEvent): void => {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const chips = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.chip')]
  const at = chips.indexOf(event.target as HTMLElement)
  if (step === 0 || at < 0) return
  event.preventDefault()
  const forward = getComputedStyle(event.currentTarget as HTMLElement).direction === 'rtl' ? -step : step
  chips[(at + forward + chips.length) % chips.length]?.focus()
}

export const viewsStyles = css`
  .views {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    padding: 2px var(--space-2) var(--space-2);
  }
  .chip {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    max-inline-size: 12rem;
    min-block-size: max(1.75rem, var(--target) - 0.5rem);
    padding: 0 var(--space-3);
    border: 1px solid transparent;
    border-radius: var(--radius-round);
    color: var(--ink-soft);
    font-size: var(--text-s);
    white-space: nowrap;
  }
  .chip bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .chip[aria-pressed='true'] {
    background: var(--lifted);
    color: var(--ink);
    font-weight: 600;
  }
  .chip-count {
    min-inline-size: 1.125rem;
    padding: 0 0.25rem;
    border-radius: var(--radius-round);
    background: var(--accent);
    color: var(--on-accent);
    forced-color-adjust: none;
    font-size: var(--text-xs);
    font-weight: 700;
    line-height: 1.125rem;
    text-align: center;
  }
  @media (forced-colors: active) {
    .chip[aria-pressed='true'] {
      border-color: Highlight;
    }
  }
`
