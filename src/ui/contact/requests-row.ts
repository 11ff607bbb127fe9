// The line above the conversations that says that strangers want to talk; however many they are, it is one line.
import { css, html, nothing } from 'lit'
import type { RequestsView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { t } from '../locales/index.ts'

export const requestsRow = (view: RequestsView | undefined, onOpen: () => void) => {
  const count = view?.requests.length ?? 0
  if (count === 0 && (view?.turnedAway ?? 0) === 0) return nothing
  return html`<button class="requests" type="button" aria-describedby="requests-count" @click=${onOpen}>
    <span class="disc">${icon('person')}</span>
    <span class="title">${t.requests}</span>
    <span class="count" aria-hidden="true">${count}</span>
  </button>
    <p class="hidden-text" id="requests-count">${t.requestsCount(count)}</p>`
}

export const requestsRowStyles = css`
  .requests {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    inline-size: 100%;
    min-block-size: 3.25rem;
    padding: var(--space-1) var(--space-3);
    border-radius: var(--radius-m);
    text-align: start;
  }
  @media (hover: hover) {
    .requests:hover {
      background: var(--lifted);
    }
  }
  .requests .disc {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
    background: var(--accent-soft);
    color: var(--on-accent-soft);
  }
  .requests .title {
    flex: 1;
  }
`

/** Says once that somebody wants to talk, however many come before the person has looked. */
export const createRequestTeller = (say: (text: string) => void): ((view: RequestsView | undefined) => void) => {
  let before: number | undefined
  return (view) => {
    if (!view) return
    const count = view.requests.length
    if (before === 0 && count > 0) say(t.requestsCount(count))
    before = count
  }
}
