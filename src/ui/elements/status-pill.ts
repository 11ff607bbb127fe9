// The pill that says how one reaches people: icon and word, and how many messages wait. A click tells more.
import { css, html, nothing } from 'lit'
import type { ConnectionView } from '../../ports/queries.ts'
import { t } from '../locales/index.ts'
import { icon, type IconName } from './icons.ts'

const icons: Record<ConnectionView['state'], IconName> = {
  direct: 'zap',
  relayed: 'tower',
  ready: 'waypoints',
  connecting: 'dashed',
  offline: 'offline',
}

/** `onOpen` shows the connection sheet. */
export const statusPill = (connection: ConnectionView | undefined, onOpen: () => void) => {
  const state = connection?.state ?? 'connecting'
  const waiting = connection?.waiting ?? 0
  return html`<div role="status" aria-label=${t.connection} class="pill-frame">
    <button class="pill ${state}" type="button" title=${t.connectionText[state]} @click=${onOpen}>
      ${icon(icons[state])}<span>${t.connectionState[state]}</span>
      ${waiting > 0 ? html`<span class="pill-waiting">${t.waiting(waiting)}</span>` : nothing}
    </button>
  </div>`
}

export const statusPillStyles = css`
  .pill {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.375rem;
    min-block-size: max(2rem, var(--target));
    padding: 0 var(--space-3);
    border-radius: var(--radius-round);
    background: var(--lifted);
    color: var(--ink);
    font-size: var(--text-s);
    font-weight: 550;
    white-space: nowrap;
  }
  .pill.direct .icon {
    color: var(--good);
  }
  .pill.relayed .icon,
  .pill.ready .icon {
    color: var(--ink-soft);
  }
  .pill.connecting .icon {
    animation: turn 2.4s steps(12) infinite;
  }
  .pill.offline .icon {
    color: var(--warn);
  }
  .pill-waiting {
    padding-inline-start: 0.375rem;
    border-inline-start: 1px solid var(--edge);
    font-variant-numeric: tabular-nums;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .pill.connecting .icon {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .pill {
      border: 1px solid ButtonText;
    }
  }
`
