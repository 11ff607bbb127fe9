// A few choices beside each other, of which one holds: a row of radio buttons under a heading.
import { css, html, type TemplateResult } from 'lit'

export interface RowChoice<Value extends string> {
  readonly value: Value
  readonly label: string
}

export const choiceRow = <Value extends string>(
  name: string,
  heading: string,
  all: readonly RowChoice<Value>[],
  now: Value,
  choose: (value: Value) => void,
): TemplateResult =>
  html`<div class="choices">
    <h3 id=${`choice-${name}`}>${heading}</h3>
    <div class="choice-row" role="radiogroup" aria-labelledby=${`choice-${name}`}>
      ${all.map(
        ({ value, label }) =>
          html`<label class="choice ${name}-${value}">
            <input type="radio" name=${name} value=${value} .checked=${value === now} @change=${() => choose(value)} />${label}
          </label>`,
      )}
    </div>
  </div>`

export const choiceRowStyles = css`
  .choices {
    display: grid;
    gap: var(--space-2);
  }
  .choices h3 {
    font-size: var(--text-s);
    font-weight: 600;
    color: var(--ink-soft);
  }
  .choice-row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    padding: var(--space-1);
    border-radius: var(--radius-l);
    background: var(--sunken);
  }
  .choice {
    position: relative;
    flex: 1 1 auto;
    display: grid;
    place-items: center;
    min-block-size: max(2.25rem, var(--target));
    padding-inline: var(--space-2);
    border-radius: var(--radius-m);
    color: var(--ink-soft);
    text-align: center;
    cursor: pointer;
  }
  .choice input {
    position: absolute;
    inset: 0;
    min-block-size: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .choice:has(:checked) {
    background: var(--surface);
    color: var(--ink);
    font-weight: 600;
    box-shadow: inset 0 0 0 1px var(--edge), var(--raised);
  }
  .choice:has(:focus-visible) {
    outline: var(--focus);
  }
  @media (forced-colors: active) {
    .choice:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`
