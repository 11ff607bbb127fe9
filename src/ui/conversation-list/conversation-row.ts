// One conversation in the list: face, title, the last words (or the draft), when, and how many are unread or wait.
import { css, html, nothing } from 'lit'
import type { ConversationSummary } from '../../ports/queries.ts'
import { avatar } from '../elements/avatar.ts'
import { verifiedBadge } from '../elements/badge.ts'
import { icon } from '../elements/icons.ts'
import { labelsStyles, labelsTemplate } from '../elements/labels.ts'
import { statusMark } from '../elements/presence-words.ts'
import { shownName } from '../elements/names.ts'
import { whenOf } from '../locales/dates.ts'
import { plainText } from '../conversation/plain.ts'
import { t } from '../locales/index.ts'
import { isMuted } from '../telling/worth-telling.ts'

// What the page calls it stands in the page's direction, what was typed in its own.
const draftLine = (draft: string) =>
  html`<span class="last drafted"><b class="draft">${t.draft}</b> <span dir="auto">${plainText(draft)}</span></span>`

const lastLine = (summary: ConversationSummary) => {
  if (summary.standing === 'inviting') return t.nobodyYet
  if (summary.standing === 'joining') return summary.awaitsApproval ? t.awaitsApproval : t.beingLetIn
  if (summary.standing === 'asking') return t.asking
  if (summary.standing === 'left') return t.youLeft
  if (summary.asking > 0) return html`<b class="draft">${t.asksToJoin(summary.asking)}</b>`
  const last = summary.lastText
  if (!last) return t.noMessages
  const author = last.author === undefined || summary.kind === 'direct' ? '' : shownName(last.author)
  // Only what was deleted says nothing.
  const words = last.text === '' ? t.deleted : plainText(last.text)
  return html`${author === '' ? nothing : html`<bdi>${author}</bdi>: `}${words}`
}

/** `now` in milliseconds since 1970. */
export const rowTemplate = (summary: ConversationSummary, isSelected: boolean, now: number, onOpen: () => void) =>
  html`<button class="entry ${summary.unread > 0 ? 'unread' : ''} ${isMuted(summary, now) ? 'muted' : ''}" type="button" data-id=${summary.id} aria-haspopup="menu" aria-current=${isSelected ? 'true' : nothing} @click=${onOpen}>
    <span class="face">
      ${avatar(summary.peer ?? summary.id, summary.kind)}
      ${summary.here > 0 ? html`<span class="here" title=${t.online}></span>` : nothing}
    </span>
    <span class="words">
      <span class="title"><bdi>${shownName(summary.title, t.untitled)}</bdi>${summary.verified ? html` ${verifiedBadge()}` : nothing}${statusMark(summary.status)}${summary.labels ? html` ${labelsTemplate(summary.labels)}` : nothing}</span>
      <time class="when">${summary.at > 0 ? whenOf(summary.at, now) : ''}</time>
      ${summary.draft ? draftLine(summary.draft) : html`<span class="last" dir="auto">${lastLine(summary)}</span>`}
      <span class="badges">${
        summary.pinned
          ? html`<span class="mark" title=${t.pinned}>${icon('pin')}<span class="hidden-text">${t.pinned}</span></span>`
          : nothing
      }${
        isMuted(summary, now)
          ? html`<span class="mark" title=${t.muted}>${icon('bellOff')}<span class="hidden-text">${t.muted}</span></span>`
          : nothing
      }${
        summary.waiting > 0
          ? html`<span class="mark" title=${t.waiting(summary.waiting)}>${icon('clock')}<span class="hidden-text">${t.waiting(summary.waiting)}</span></span>`
          : nothing
      }
      ${summary.called ? html`<span class="count"><span aria-hidden="true">@</span><span class="hidden-text">${t.callsYou}</span></span>` : nothing}
      ${
        summary.unread > 0
          ? html`<span class="count"><span aria-hidden="true">${summary.unread}</span><span class="hidden-text">${t.unread(summary.unread)}</span></span>`
          : nothing
      }</span>
    </span>
  </button>`

export const rowStyles = css`
  ${labelsStyles}
  .title .labels {
    flex-wrap: nowrap;
  }
  .entry {
    --avatar: 2.75rem;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    inline-size: 100%;
    padding: var(--row-pad) var(--space-3);
    border-radius: var(--radius-m);
    text-align: start;
    transition: background var(--quick) var(--ease);
  }
  .entry:focus-visible {
    outline-offset: -2px;
  }
  @media (hover: hover) {
    .entry:hover {
      background: var(--lifted);
    }
  }
  .entry[aria-current] {
    background: var(--surface);
    box-shadow: var(--raised);
  }
  @media (forced-colors: active) {
    .entry[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  .face {
    position: relative;
    display: grid;
  }
  .here {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
    inline-size: 0.75rem;
    block-size: 0.75rem;
    border: 2px solid var(--page);
    border-radius: 50%;
    background: var(--good);
    forced-color-adjust: none;
  }
  [aria-current] .here {
    border-color: var(--surface);
  }
  .words {
    flex: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    gap: 0 var(--space-2);
    align-items: center;
    min-inline-size: 0;
  }
  .title {
    display: flex;
    align-items: center;
    gap: 0.25em;
    overflow: hidden;
    white-space: nowrap;
    font-weight: 600;
  }
  /* Cut off at the end of the name, whichever way it is read. */
  .title bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .title > :not(bdi) {
    flex: none;
  }
  .when {
    grid-column: 2 / -1;
    color: var(--ink-soft);
    font-size: var(--text-xs);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .last {
    grid-column: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--ink-soft);
    font-size: var(--text-s);
    /* Read in its own direction, so that it is cut off at its end, but in line with the rest of the row. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .drafted {
    display: flex;
    gap: 0.25em;
  }
  .drafted span {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .unread .last {
    color: var(--ink);
  }
  .draft {
    color: var(--accent-ink);
    font-weight: 600;
  }
  .badges {
    grid-column: 2 / -1;
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-2);
  }
  .mark {
    color: var(--ink-soft);
    font-size: var(--text-s);
    line-height: 0;
  }
  .count {
    min-inline-size: 1.25rem;
    padding: 0 0.375rem;
    border-radius: var(--radius-round);
    background: var(--accent);
    color: var(--on-accent);
    forced-color-adjust: none;
    font-size: var(--text-xs);
    font-weight: 700;
    line-height: 1.25rem;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .muted .count {
    background: var(--edge);
    color: var(--surface);
  }
`
