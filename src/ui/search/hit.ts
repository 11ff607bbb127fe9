// A message in a list apart from its conversation: where it was said, by whom, when, and the words.
import { css, html, type TemplateResult } from 'lit'
import type { SearchHit } from '../../ports/queries.ts'
import { withoutSpoilersIn } from '../conversation/plain.ts'
import { avatar } from '../elements/avatar.ts'
import { shownName } from '../elements/names.ts'
import type { Questions } from '../events.ts'
import { whenOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'

/** `open` is told where it leads. */
export const hitTemplate = (hit: SearchHit, open: (to: Questions['open-conversation']) => void): TemplateResult => {
  const author = hit.author.isMe ? t.you : shownName(hit.author.name, t.someone)
  return html`<button class="hit" type="button" @click=${() => open({ id: hit.conversation, at: hit.message })}>
    ${avatar(hit.peer ?? hit.conversation, hit.kind)}
    <span class="title"><bdi>${shownName(hit.title, t.untitled)}</bdi></span>
    <time datetime=${new Date(hit.at).toISOString()}>${whenOf(hit.at, Date.now())}</time>
    <span class="text" dir="auto"><bdi>${author}</bdi>: ${withoutSpoilersIn(hit.parts).map(({ text, found }) => (found ? html`<mark>${text}</mark>` : text))}</span>
  </button>`
}

export const hitStyles = css`
  .hit {
    --avatar: 2.25rem;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0 var(--space-3);
    inline-size: 100%;
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-m);
    text-align: start;
  }
  .hit > :first-child {
    grid-row: 1 / 3;
    align-self: center;
  }
  .title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  time {
    color: var(--ink-soft);
    font-size: var(--text-xs);
  }
  .text {
    grid-column: 2 / -1;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    color: var(--ink-soft);
    font-size: var(--text-s);
    overflow-wrap: anywhere;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  mark {
    border-radius: 0.125rem;
    background: var(--accent-soft);
    color: var(--on-accent-soft);
  }
  @media (hover: hover) {
    .hit:hover {
      background: var(--lifted);
    }
  }
  @media (forced-colors: active) {
    mark {
      background: Mark;
      color: MarkText;
    }
  }
`
