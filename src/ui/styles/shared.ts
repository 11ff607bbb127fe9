// Fragments that several shadow roots include: the reset, buttons, fields, text roles. All by tokens.
import { css } from 'lit'

export const base = css`
  :host {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  bdi {
    unicode-bidi: isolate;
  }
  /* Marks heaped on a letter stay in the box of their own words; what has the focus is still outlined. */
  @supports (overflow-clip-margin: 1px) {
    h1,
    h2,
    h3,
    p,
    dd,
    blockquote,
    .text {
      overflow: clip;
      overflow-clip-margin: 0.375rem;
    }
  }
  :focus-visible {
    outline: var(--focus);
    outline-offset: 2px;
  }
  .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.directed:dir(rtl) {
    transform: scaleX(-1);
  }
  .hidden-text {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .display {
    font-family: var(--serif);
    font-weight: 500;
    line-height: 1.15;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  /* Letters that are joined, or stand in squares, are not pushed together. */
  .display:is(:lang(ar), :lang(hi), :lang(zh)) {
    letter-spacing: normal;
  }
  .soft {
    color: var(--ink-soft);
  }
  .small {
    font-size: var(--text-s);
  }
  .problem {
    display: flex;
    gap: var(--space-2);
    align-items: flex-start;
    color: var(--bad);
    font-size: var(--text-s);
    overflow-wrap: anywhere;
  }
`

export const buttons = css`
  button {
    appearance: none;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-block-size: max(2.5rem, var(--target));
    padding: var(--space-2) var(--space-4);
    border: 1px solid transparent;
    border-radius: var(--radius-round);
    background: var(--lifted);
    color: var(--ink);
    font-weight: 550;
    text-decoration: none;
    transition: background var(--quick) var(--ease);
  }
  /* Where colours are forced, the browser lays a plate of the page's ground under words: these stand on a ground of their own. */
  .button.primary {
    background: var(--accent);
    color: var(--on-accent);
    forced-color-adjust: none;
  }
  .button.danger {
    background: var(--bad);
    color: var(--on-bad);
    forced-color-adjust: none;
  }
  .button.plain {
    background: none;
    color: var(--accent-ink);
  }
  .button.wide {
    inline-size: 100%;
  }
  @media (hover: hover) {
    .button:hover {
      background: color-mix(in srgb, var(--lifted), var(--ink) 8%);
    }
    .button.primary:hover {
      background: var(--accent-hover);
    }
    .button.danger:hover {
      background: color-mix(in srgb, var(--bad), var(--ink) 15%);
    }
    .button.plain:hover {
      background: var(--lifted);
    }
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: var(--target);
    block-size: var(--target);
    padding: 0;
    border-radius: var(--radius-round);
    color: var(--ink-soft);
    transition: background var(--quick) var(--ease), color var(--quick) var(--ease);
  }
  .icon-button:disabled {
    opacity: 0.4;
  }
  @media (hover: hover) {
    .icon-button:hover:enabled {
      background: var(--lifted);
      color: var(--ink);
    }
  }
  @media (forced-colors: active) {
    .button,
    .icon-button {
      border: 1px solid ButtonText;
    }
  }
`

/** For lists that drop down. `--arrow` is how far it stands from the end. */
export const selectArrow = css`
  /* An arrow of two triangles: the browser's own sticks to the edge. */
  select {
    appearance: none;
    --arrow: 0.875rem;
    padding-inline-end: calc(var(--arrow) + 1.25rem);
    background-image: linear-gradient(45deg, transparent 50%, currentColor 50%), linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-position: right calc(var(--arrow) + 0.3125rem) center, right var(--arrow) center;
    background-size: 0.3125rem 0.3125rem;
    background-repeat: no-repeat;
  }
  select:dir(rtl) {
    background-position: left var(--arrow) center, left calc(var(--arrow) + 0.3125rem) center;
  }
  /* Nothing is drawn behind words then: the browser's own is better than none. */
  @media (forced-colors: active) {
    select {
      appearance: auto;
    }
  }
`

export const fields = css`
  label {
    display: grid;
    gap: var(--space-1);
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  input,
  select,
  textarea {
    inline-size: 100%;
    min-block-size: max(2.75rem, var(--target));
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--edge);
    border-radius: var(--radius-m);
    background: var(--surface);
    color: var(--ink);
    /* 16 px: below it phones zoom into the field. */
    font: 1rem / 1.5 var(--sans);
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }
  /* With nothing typed there are no words to tell the direction from: what stands there is the page's. */
  :placeholder-shown {
    direction: inherit;
  }
  ${selectArrow}
  [type='search']::-webkit-search-cancel-button {
    appearance: none;
    inline-size: 0.75rem;
    block-size: 0.75rem;
    margin-inline: var(--space-1);
    background: linear-gradient(45deg, transparent 46%, var(--ink-soft) 46% 54%, transparent 54%),
      linear-gradient(-45deg, transparent 46%, var(--ink-soft) 46% 54%, transparent 54%);
    cursor: pointer;
  }
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    outline-offset: 0;
    border-color: var(--accent);
  }
`

/** Buttons side by side, in one line as far as there is room. */
export const row = css`
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
`
