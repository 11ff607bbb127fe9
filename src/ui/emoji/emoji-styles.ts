// How the pictures lie: as many in a line as there is room for, each a target for a finger; kinds that are out of sight cost nothing.
import { css } from 'lit'

export const emojiStyles = css`
  .body {
    align-content: start;
    gap: var(--space-2);
    block-size: min(30rem, 100dvh - 10rem);
    overflow: hidden;
    grid-template-rows: auto 1fr;
  }
  .tools {
    display: grid;
    gap: var(--space-2);
  }
  .tones,
  nav {
    display: flex;
    justify-content: space-between;
    gap: 2px;
  }
  nav .icon-button {
    inline-size: auto;
    flex: 1;
    min-inline-size: 0;
    font-size: 1.25rem;
    filter: grayscale(1);
  }
  nav .icon-button:focus-visible {
    filter: none;
  }
  @media (hover: hover) {
    nav .icon-button:hover {
      filter: none;
    }
  }
  .tones {
    justify-content: start;
  }
  .tones label {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: var(--target);
    block-size: var(--target);
    border-radius: var(--radius-m);
    font-size: 1.125rem;
    cursor: pointer;
  }
  .tones input {
    position: absolute;
    inset: 0;
    min-block-size: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .tones label:has(:checked) {
    background: var(--accent-soft);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  .tones label:has(:focus-visible) {
    outline: var(--focus);
  }
  .all {
    overflow: hidden auto;
    overscroll-behavior: contain;
    margin-inline: calc(-1 * var(--space-2));
    padding-inline: var(--space-2);
    padding-block-end: var(--space-2);
  }
  .kind {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 30rem;
  }
  .kind h3 {
    position: sticky;
    inset-block-start: 0;
    padding-block: var(--space-1);
    background: var(--surface);
    font-size: var(--text-s);
    font-weight: 600;
    color: var(--ink-soft);
  }
  .kind h3::first-letter {
    text-transform: uppercase;
  }
  .pictures {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(2.75rem, 1fr));
  }
  .picture {
    display: grid;
    place-items: center;
    min-block-size: 2.75rem;
    padding: 0;
    border-radius: var(--radius-m);
    font-size: 1.5rem;
    line-height: 1;
  }
  .picture:focus-visible {
    background: var(--lifted);
  }
  @media (hover: hover) {
    .picture:hover {
      background: var(--lifted);
    }
  }
  .picture:focus-visible {
    outline-offset: -2px;
  }
  @media (forced-colors: active) {
    .tones label:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`
