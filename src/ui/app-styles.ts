// The page's frame: one pane or two, and the quiet place when nothing is open.
import { css } from 'lit'

export const appStyles = css`
  :host {
    position: relative;
    overflow: hidden;
    color: var(--ink);
  }
  .panes {
    display: grid;
    grid-template-columns: clamp(17rem, 30vw, 23rem) minmax(0, 1fr);
    block-size: 100%;
  }
  .panes.narrow {
    grid-template-columns: minmax(0, 1fr);
  }
  .panes > * {
    min-block-size: 0;
  }
  .detail {
    min-inline-size: 0;
    border-inline-start: 1px solid var(--line);
    background: var(--canvas);
  }
  .narrow .detail {
    border: 0;
  }
  .rest {
    display: grid;
    place-content: center;
    block-size: 100%;
    gap: var(--space-2);
    padding: var(--space-5);
    text-align: center;
  }
  .rest .mark {
    inline-size: 3rem;
    block-size: 3rem;
    margin: 0 auto var(--space-2);
    color: var(--accent);
  }
  .rest h2 {
    font-size: var(--text-2xl);
  }
`
