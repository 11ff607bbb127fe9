// A few messages that nobody said, as they look with what is chosen: on a phone the sheet lies over the real ones.
import { css, html } from 'lit'
import { t } from '../locales/index.ts'

export const sample = () =>
  html`<div class="sample" aria-hidden="true">
    <p class="theirs">${t.looksSample.theirs}</p>
    <p class="ours">${t.looksSample.ours}</p>
    <p class="ours next">${t.looksSample.next}</p>
  </div>`

export const sampleStyles = css`
  .sample {
    display: grid;
    gap: 2px;
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--canvas);
    background-image: var(--wallpaper);
    background-size: var(--wallpaper-size);
  }
  .sample p {
    justify-self: start;
    max-inline-size: 82%;
    padding: var(--bubble-pad) 0.8125rem;
    border: var(--bubble-line);
    border-radius: var(--bubble-radius);
    background: var(--bubble-ground);
    box-shadow: var(--bubble-shade);
  }
  .sample .ours {
    justify-self: end;
    margin-block-start: var(--run-gap);
    border-color: var(--accent);
    background: var(--accent-soft);
    box-shadow: none;
    color: var(--on-accent-soft);
  }
  .sample .next {
    margin-block-start: 0;
    border-start-end-radius: var(--bubble-joint);
  }
  .own {
    display: grid;
    gap: var(--space-1);
  }
  .own label {
    display: flex;
    align-items: center;
    gap: var(--space-3);
  }
  .own input {
    inline-size: 3rem;
    min-block-size: max(2.5rem, var(--target));
    padding: 0.25rem;
    cursor: pointer;
  }
  @media (forced-colors: active) {
    .sample p {
      border: 1px solid CanvasText;
    }
  }
`
