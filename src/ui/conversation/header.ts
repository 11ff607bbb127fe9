// The head of a conversation: whom one talks with, whether they are here, and the way to the people behind it.
import { css, html, nothing } from 'lit'
import type { ConversationView } from '../../ports/queries.ts'
import { avatar } from '../elements/avatar.ts'
import { verifiedBadge } from '../elements/badge.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { presenceWords, statusWords } from '../elements/presence-words.ts'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'
import { isForAnnouncements } from '../people/rights.ts'

const subtitle = (view: ConversationView) => {
  if (view.blocked) return t.blocked
  if (view.standing === 'inviting') return t.nobodyYet
  if (view.standing === 'joining') return view.awaitsApproval ? t.awaitsApproval : t.beingLetIn
  if (view.standing === 'asking') return t.asking
  if (view.standing === 'left') return t.youLeft
  if (view.kind === 'group') {
    const announcements = isForAnnouncements(view) ? [t.announcements] : []
    return [...announcements, t.peopleCount(view.members.length), ...(view.here > 0 ? [t.onlineCount(view.here)] : [])].join(' · ')
  }
  const other = view.members.find((member) => !member.isMe)
  const presence = other === undefined ? t.away : presenceWords(other, Date.now())
  if (other?.status === undefined) return presence
  return html`<bdi>${statusWords(other.status)}</bdi>${presence === '' ? nothing : ` · ${presence}`}`
}

const timerTemplate = (seconds: number) =>
  seconds === 0
    ? nothing
    : html`<span class="timer" role="img" aria-label=${t.disappears(spanOf(seconds))} title=${t.disappears(spanOf(seconds))}
        >${icon('timer')}${spanOf(seconds, 'narrow')}</span
      >`

/** `on` is told `back` or `details`. */
export const headerTemplate = (view: ConversationView, narrow: boolean, on: (what: 'back' | 'details') => void) =>
  html`<header class="head">
    ${
      narrow
        ? html`<button class="icon-button" type="button" aria-label=${t.back} @click=${() => on('back')}>${icon('arrowLeft')}</button>`
        : nothing
    }
    ${avatar(view.peer ?? view.id, view.kind)}
    <div class="who">
      <div class="title">
        <h1 class="display"><bdi>${shownName(view.title, t.untitled)}</bdi></h1>
        ${view.verified ? verifiedBadge() : nothing}
      </div>
      <p class="soft small">${view.here > 0 && view.standing === 'member' && !view.blocked ? html`<span class="dot"></span>` : nothing}${subtitle(view)}${timerTemplate(view.timer)}</p>
    </div>
    <button class="icon-button" type="button" aria-label=${t.details} @click=${() => on('details')}>
      ${icon(view.kind === 'group' ? 'users' : 'info')}
    </button>
  </header>`

export const headerStyles = css`
  .head {
    grid-row: 1;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-block-size: 4.25rem;
    padding: var(--space-2) var(--space-4);
    border-block-end: 1px solid var(--line);
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  .title {
    display: flex;
    align-items: center;
    gap: var(--space-1);
  }
  .who h1 {
    min-inline-size: 0;
    font-size: var(--text-xl);
  }
  /* Cut off at the end of the name, whichever way it is read. */
  .who h1 bdi {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .timer {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    margin-inline-start: var(--space-2);
    vertical-align: bottom;
  }
  .timer .icon {
    inline-size: 1em;
    block-size: 1em;
  }
  .dot {
    display: inline-block;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-end: 0.375rem;
    border-radius: 50%;
    background: var(--good);
    forced-color-adjust: none;
  }
  .banner {
    grid-row: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0 var(--space-3);
    padding: var(--space-2) var(--space-4);
    border-block-end: 1px solid var(--line);
    background: var(--sunken);
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  .banner.changed {
    border-block-end: 2px solid var(--bad);
    color: var(--ink);
  }
  .banner.changed .icon {
    color: var(--bad);
  }
  /* Where the words would be squeezed, the button stands below them. */
  .banner p {
    flex: 1 1 10rem;
    min-inline-size: 0;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
`
