// How a message looks: others' on a plain surface at the start, own ones on the warm tint at the end, runs drawn close together.
import { css } from 'lit'

export const messageStyles = css`
  .row {
    --avatar: 2rem;
    position: relative;
    display: flex;
    align-items: flex-end;
    gap: var(--space-2);
    padding-block-start: 2px;
  }
  .row.first {
    padding-block-start: var(--run-gap);
  }
  .row.mine {
    justify-content: flex-end;
  }
  .row.spaced:not(.mine) {
    padding-inline-start: 2.5rem;
  }
  .row.spaced.last:not(.mine) {
    padding-inline-start: 0;
  }
  article {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    max-inline-size: min(34rem, 82%);
    min-inline-size: 0;
    padding: var(--bubble-pad) 0.8125rem;
    border: var(--bubble-line);
    border-radius: var(--bubble-radius);
    background: var(--bubble-ground);
    box-shadow: var(--bubble-shade);
    overflow-wrap: anywhere;
    outline-offset: 1px;
  }
  .mine article {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--on-accent-soft);
    box-shadow: none;
  }
  .row:not(.first):not(.mine) article {
    border-start-start-radius: var(--bubble-joint);
  }
  .row:not(.last):not(.mine) article {
    border-end-start-radius: var(--bubble-joint);
  }
  .row.mine:not(.first) article {
    border-start-end-radius: var(--bubble-joint);
  }
  .row.mine:not(.last) article {
    border-end-end-radius: var(--bubble-joint);
  }
  .row.jumped article {
    animation: jumped 1.6s var(--ease);
  }
  @keyframes jumped {
    0%,
    60% {
      box-shadow: 0 0 0 3px var(--accent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .row.jumped article {
      box-shadow: 0 0 0 3px var(--accent);
      animation: none;
    }
  }
  .author {
    overflow: hidden;
    font-size: var(--text-s);
    font-weight: 650;
  }
  .name-a {
    color: var(--name-a);
  }
  .name-b {
    color: var(--name-b);
  }
  .name-c {
    color: var(--name-c);
  }
  .name-d {
    color: var(--name-d);
  }
  .name-e {
    color: var(--name-e);
  }
  .name-f {
    color: var(--name-f);
  }
  .text {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5em;
    min-inline-size: 0;
  }
  .text p,
  .text li {
    white-space: pre-wrap;
  }
  .text a {
    color: inherit;
    text-decoration-color: var(--accent-ink);
    text-decoration-thickness: 1.5px;
    text-underline-offset: 3px;
  }
  .text .host {
    font-size: var(--text-s);
    opacity: 0.9;
  }
  .text code {
    padding: 0.1em 0.3em;
    border-radius: var(--radius-s);
    background: color-mix(in srgb, currentColor 9%, transparent);
    font: 0.9em / 1.5 var(--mono);
  }
  .text pre {
    margin: 0;
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-s);
    background: color-mix(in srgb, currentColor 9%, transparent);
    overflow-x: auto;
  }
  .text pre code {
    padding: 0;
    background: none;
  }
  .text pre.coloured {
    border: 1px solid var(--line);
    background: var(--surface);
    color: var(--ink);
  }
  .hljs-comment,
  .hljs-quote,
  .hljs-meta {
    color: var(--ink-soft);
    font-style: italic;
  }
  .hljs-keyword,
  .hljs-selector-tag,
  .hljs-built_in,
  .hljs-tag {
    color: var(--name-a);
  }
  .hljs-string,
  .hljs-regexp,
  .hljs-addition {
    color: var(--good);
  }
  .hljs-number,
  .hljs-literal,
  .hljs-symbol,
  .hljs-deletion {
    color: var(--bad);
  }
  .hljs-title,
  .hljs-name,
  .hljs-section {
    color: var(--name-d);
  }
  .hljs-type,
  .hljs-attr,
  .hljs-attribute,
  .hljs-variable {
    color: var(--name-e);
  }
  parley-spoiler:not(:defined) {
    visibility: hidden;
  }
  .calls article {
    box-shadow: inset 3px 0 0 var(--accent);
  }
  .calls article:dir(rtl) {
    box-shadow: inset -3px 0 0 var(--accent);
  }
  .text blockquote {
    margin: 0;
    padding-inline-start: var(--space-3);
    border-inline-start: 3px solid color-mix(in srgb, currentColor 30%, transparent);
  }
  .text ul,
  .text ol {
    padding-inline-start: 1.4em;
  }
  .text ul {
    list-style: disc;
  }
  .deleted {
    font-style: italic;
    color: var(--ink-soft);
  }
  .deleted:is(:lang(ar), :lang(hi), :lang(zh)) {
    font-style: normal;
  }
  .mine .deleted {
    color: var(--on-accent-soft-quiet);
  }
  .quote {
    display: block;
    inline-size: 100%;
    min-block-size: 1.5rem;
    margin-block-end: 2px;
    padding: 0.25rem var(--space-2);
    border-inline-start: 3px solid var(--accent);
    border-radius: var(--radius-s);
    background: color-mix(in srgb, currentColor 6%, transparent);
    font-size: var(--text-s);
    text-align: start;
  }
  .quote b {
    display: block;
    overflow: hidden;
    font-weight: 650;
  }
  .quote span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0 var(--space-1);
    font-size: var(--text-xs);
    line-height: 1.35;
    color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
  }
  .mine .meta {
    color: var(--on-accent-soft-quiet);
  }
  .mark,
  .state,
  .late {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .take-back {
    min-block-size: var(--target);
    padding: 0 var(--space-1);
    color: var(--accent-ink);
    font-weight: 650;
    text-decoration: underline;
  }
  .late {
    font-weight: 650;
  }
  .state.read .icon,
  .state.delivered .icon {
    color: var(--accent-ink);
  }
  .row:not(.telling) .meta {
    position: absolute;
    inset-block-end: 0.5rem;
    inset-inline-start: calc(100% + var(--space-2));
    inline-size: max-content;
    opacity: 0;
    color: var(--ink-soft);
    pointer-events: none;
  }
  .row.mine:not(.telling) .meta {
    inset-inline: auto calc(100% + var(--space-2));
  }
  .row:not(.telling):hover .meta,
  .row:not(.telling) article:focus-visible .meta {
    opacity: 1;
  }
  .choosing article {
    /* Beside it there is room for a face and for the tick. */
    max-inline-size: min(34rem, 82%, 100% - 4.5rem);
    cursor: pointer;
  }
  .choosing article * {
    pointer-events: none;
  }
  .selected {
    background: var(--lifted);
    border-radius: var(--radius-m);
  }
  .tick {
    position: absolute;
    inset-inline-end: var(--space-1);
    inset-block-start: 50%;
    z-index: 1;
    display: grid;
    place-items: center;
    inline-size: 1.375rem;
    block-size: 1.375rem;
    translate: 0 -50%;
    border: 2px solid var(--edge);
    border-radius: 50%;
    background: var(--surface);
  }
  .mine .tick {
    inset-inline: var(--space-1) auto;
  }
  .selected .tick {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    forced-color-adjust: none;
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    margin-block: 2px;
  }
  .reaction {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    min-block-size: 1.625rem;
    padding: 0 var(--space-2);
    border: 1px solid transparent;
    border-radius: var(--radius-round);
    background: color-mix(in srgb, currentColor 8%, transparent);
    font-size: var(--text-s);
    font-variant-numeric: tabular-nums;
  }
  .reaction > :first-child {
    max-inline-size: 8rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .reaction.chosen {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 12%, transparent);
  }
  .tools {
    position: absolute;
    inset-block-start: -0.875rem;
    inset-inline-end: var(--space-2);
    z-index: 1;
    display: flex;
    padding: 2px;
    border-radius: var(--radius-round);
    background: var(--surface);
    box-shadow: var(--floating);
    color: var(--ink);
    opacity: 0;
    pointer-events: none;
  }
  .tools .icon-button {
    inline-size: 1.875rem;
    block-size: 1.875rem;
    font-size: var(--text-s);
  }
  @media (hover: hover) {
    article:hover .tools,
    .tools:focus-within {
      opacity: 1;
      pointer-events: auto;
    }
  }
  @media (pointer: coarse) {
    .tools {
      display: none;
    }
    .reaction {
      min-block-size: 2.25rem;
    }
    article {
      -webkit-touch-callout: none;
      user-select: none;
      -webkit-user-select: none;
    }
  }
  @media (forced-colors: active) {
    article,
    .tools,
    .reaction {
      border: 1px solid CanvasText;
    }
  }
`
