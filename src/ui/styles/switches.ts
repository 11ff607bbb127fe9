// A switch: a checkbox with the role of one, beside its words.
import { css } from 'lit'

export const switches = css`
  .switch {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-block-size: var(--target);
    color: var(--ink);
    font-size: var(--text-m);
    cursor: pointer;
  }
  .switch input {
    appearance: none;
    position: relative;
    flex: none;
    inline-size: 2.75rem;
    min-block-size: 0;
    block-size: 1.625rem;
    margin: 0;
    padding: 0;
    border: 1px solid var(--edge);
    border-radius: var(--radius-round);
    background: var(--sunken);
    cursor: pointer;
    transition: background var(--quick) var(--ease);
  }
  .switch input::after {
    content: '';
    position: absolute;
    inset-block: 3px;
    inset-inline-start: 3px;
    inline-size: 1.125rem;
    border-radius: 50%;
    background: var(--edge);
    transition: translate var(--quick) var(--ease);
  }
  .switch input:checked {
    border-color: var(--accent);
    background: var(--accent);
  }
  .switch input:checked::after {
    inset-inline: auto 3px;
    background: var(--on-accent);
  }
  .switch input:focus-visible {
    outline-offset: 2px;
  }
`
