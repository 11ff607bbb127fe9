// The list of people, and the parts that follow it.
import { css } from 'lit'

export const peopleStyles = css`
  ul[role='list'] > li:has(> .avatar) {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-block-size: var(--target);
    margin-inline: calc(-1 * var(--space-3));
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-m);
  }
  li > div {
    flex: 1;
    min-inline-size: 0;
  }
  @media (hover: hover) {
    .leads:hover {
      background: var(--sunken);
    }
  }
  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .name button {
    padding: 0;
    font-weight: inherit;
    text-align: start;
    overflow-wrap: anywhere;
  }
  /* The whole row is the button's target, while its name stays the person's alone. */
  .name button::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: var(--radius-m);
  }
  .name button:focus-visible {
    outline: 0;
  }
  .name button:focus-visible::after {
    outline: var(--focus);
    outline-offset: -2px;
  }
  .role {
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  .chevron {
    color: var(--ink-soft);
    line-height: 0;
  }
  .here {
    color: var(--good);
  }
  .part {
    display: grid;
    gap: var(--space-3);
    padding-block-start: var(--space-4);
    border-block-start: 1px solid var(--line);
  }
  h3 {
    font-size: var(--text-m);
    font-weight: 650;
  }
  dl {
    display: grid;
    gap: var(--space-1);
    font-size: var(--text-s);
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--space-4);
  }
  dt {
    color: var(--ink-soft);
  }
  .part.row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  .button.leave,
  .button.risk {
    color: var(--bad);
  }
`
