// The frame of a conversation: head, banner, timeline, foot line, composer, one under the other.
import { css } from 'lit'

export const conversationStyles = css`
  :host {
    display: grid;
    grid-template: auto auto auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
    block-size: 100%;
    min-inline-size: 0;
    background: var(--canvas);
  }
  :host([beside]) {
    grid-template-columns: minmax(0, 1fr) minmax(20rem, 40%);
  }
  :host > :not(parley-thread) {
    grid-column: 1;
  }
  parley-thread {
    grid-column: -2 / -1;
    grid-row: 1 / -1;
  }
  :host([covered]) > :not(parley-thread) {
    visibility: hidden;
  }
  :host([covered]) parley-thread {
    z-index: 4;
  }
  parley-pinned-bar {
    grid-row: 2;
  }
  parley-message-list,
  .blank {
    grid-row: 4;
  }
  .blank {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--space-3);
    padding: var(--space-5);
    text-align: center;
  }
  .foot-line {
    grid-row: 5;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-block-size: 1.375rem;
    inline-size: 100%;
    max-inline-size: 50rem;
    margin-inline: auto;
    padding-inline: var(--space-5);
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  .foot-line .pill {
    position: relative;
    min-block-size: 1.5rem;
    padding: 0;
    background: none;
    color: var(--ink-soft);
  }
  .foot-line .pill::after {
    content: '';
    position: absolute;
    inset: -0.625rem;
  }
  .typing {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  parley-composer,
  .left {
    grid-row: 6;
  }
  .left {
    padding: var(--space-4);
    text-align: center;
  }
`
