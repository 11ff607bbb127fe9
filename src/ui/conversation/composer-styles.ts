// The composer: a card at the foot of a conversation that grows with what is written.
import { css } from 'lit'

export const composerStyles = css`
  :host {
    display: block;
    padding: var(--space-2) var(--space-4) max(var(--space-3), env(safe-area-inset-bottom));
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    max-inline-size: 48rem;
    margin-inline: auto;
    border: 1px solid var(--line);
    border-radius: 1.5rem;
    background: var(--surface);
    box-shadow: var(--raised);
    transition: border-color var(--quick) var(--ease);
  }
  form:has(textarea:focus-visible) {
    border-color: var(--edge);
    box-shadow: 0 0 0 1px var(--edge);
  }
  .write {
    display: flex;
    align-items: flex-end;
    gap: var(--space-2);
    padding: var(--space-1);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    max-block-size: 40vh;
    padding: 0.5rem 0;
    border: 0;
    outline: 0;
    background: none;
    color: inherit;
    font: 1rem / 1.5 var(--sans);
    resize: none;
    overscroll-behavior: contain;
  }
  textarea:focus-visible {
    outline: 0;
  }
  @media (forced-colors: active) {
    form:has(textarea:focus-visible) {
      outline: 2px solid Highlight;
    }
  }
  textarea::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }
  .write .icon-button {
    inline-size: max(2.5rem, var(--target));
    block-size: max(2.5rem, var(--target));
  }
  .send {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: max(2.5rem, var(--target));
    block-size: max(2.5rem, var(--target));
    padding: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    forced-color-adjust: none;
    transition: background var(--quick) var(--ease);
  }
  @media (hover: hover) {
    .send:hover {
      background: var(--accent-hover);
    }
  }
  .context {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    margin-block-start: var(--space-2);
    margin-inline: var(--space-3) var(--space-2);
    padding-inline-start: var(--space-3);
    border-inline-start: 3px solid var(--accent);
    font-size: var(--text-s);
  }
  .context div {
    flex: 1;
    min-inline-size: 0;
  }
  .context strong {
    color: var(--accent-ink);
    font-weight: 600;
  }
  .context p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--ink-soft);
  }
  .problem {
    max-inline-size: 48rem;
    margin: 0 auto var(--space-2);
    padding-inline: var(--space-4);
  }
`
