// The timeline's own frame: the scroller, day lines, the "New" line, notices, the way down.
import { css } from 'lit'

export const listStyles = css`
  :host {
    position: relative;
    display: block;
    min-block-size: 0;
  }
  .scroller {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden auto;
    background-image: var(--wallpaper);
    background-size: var(--wallpaper-size);
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--edge) transparent;
  }
  .rows {
    inline-size: 100%;
    max-inline-size: 50rem;
    margin: auto auto 0;
    padding: var(--space-4) var(--space-4) var(--space-2);
  }
  .edge-line {
    padding-block: var(--space-4) var(--space-2);
    text-align: center;
  }
  .day {
    container-type: scroll-state;
    position: sticky;
    inset-block-start: var(--space-2);
    z-index: 2;
    display: grid;
    justify-content: center;
    margin-block: var(--space-4) var(--space-1);
    pointer-events: none;
  }
  .day span {
    padding: 0.125rem var(--space-3);
    border-radius: var(--radius-round);
    background: var(--canvas);
    color: var(--ink-soft);
    font-family: var(--serif);
    font-style: italic;
    font-size: var(--text-m);
  }
  /* Letters that are joined, or stand in squares, have no slanted form. */
  .day span:is(:lang(ar), :lang(hi), :lang(zh)) {
    font-style: normal;
  }
  /* Over a message the line is told from its words. */
  @container scroll-state(stuck: top) {
    .day span {
      box-shadow: 0 0 0 1px var(--line), var(--raised);
    }
  }
  .new {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    margin-block: var(--space-4) var(--space-1);
    color: var(--accent-ink);
    font-size: var(--text-s);
    font-weight: 650;
  }
  .new::before,
  .new::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid currentColor;
    opacity: 0.4;
  }
  .notice {
    padding-block: var(--space-2) var(--space-1);
    color: var(--ink-soft);
    font-size: var(--text-s);
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .alarm {
    display: flex;
    gap: var(--space-3);
    max-inline-size: 34rem;
    margin: var(--space-4) auto var(--space-2);
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--bad);
    border-radius: var(--radius-m);
    background: var(--surface);
    overflow-wrap: anywhere;
  }
  .alarm > .icon {
    margin-block-start: 0.125em;
    color: var(--bad);
  }
  .alarm > div {
    display: grid;
    justify-items: start;
    gap: var(--space-2);
    font-weight: 550;
  }
  .down {
    position: absolute;
    inset-block-end: var(--space-3);
    inset-inline-end: var(--space-4);
    z-index: 3;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-1);
    min-inline-size: 2.75rem;
    min-block-size: 2.75rem;
    padding-inline: var(--space-3);
    border-radius: var(--radius-round);
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--floating);
    animation: arrive var(--calm) var(--ease);
  }
  .down .count {
    color: var(--accent-ink);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(0.5rem);
    }
  }
  @media (forced-colors: active) {
    .down {
      border: 1px solid ButtonText;
    }
  }
`
