// A group of radio buttons in plain rows: one thing chosen out of a few, each with its words.
import { css, html, nothing } from 'lit'

export interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  /** What it means, one line. */
  readonly text?: string
}

/** `name` tells groups of one sheet apart. */
export const choicesTemplate = <T extends string>(
  name: string,
  legend: string,
  choices: readonly Choice<T>[],
  chosen: T,
  onChoose: (value: T) => void,
) =>
  html`<fieldset class="choices">
    <legend>${legend}</legend>
    ${choices.map(
      ({ value, label, text }) =>
        html`<label class="choice">
          <input
            type="radio"
            name=${name}
            value=${value}
            aria-describedby=${text === undefined ? nothing : `${name}-${value}`}
            aria-label=${label}
            .checked=${value === chosen}
            @change=${() => onChoose(value)}
          />
          <span>${label}${text === undefined ? nothing : html`<small class="soft" id=${`${name}-${value}`}>${text}</small>`}</span>
        </label>`,
    )}
  </fieldset>`

export const choicesStyles = css`
  /* More between groups than within one. */
  form {
    gap: var(--space-5);
  }
  .choices {
    display: grid;
    gap: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choices legend {
    padding: 0 0 var(--space-1);
    font-size: var(--text-m);
    font-weight: 650;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-block-size: max(2.25rem, var(--target));
    padding-block: var(--space-1);
    color: var(--ink);
    font-size: var(--text-m);
    cursor: pointer;
  }
  .choice input {
    flex: none;
    inline-size: 1.25rem;
    min-block-size: 0;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }
  .choice small {
    display: block;
    font-size: var(--text-s);
  }
`
