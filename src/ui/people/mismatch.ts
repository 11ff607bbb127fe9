// What is said loudly when a comparison came out wrong: somebody may stand between two people.
import { css, html, type TemplateResult } from 'lit'
import { icon } from '../elements/icons.ts'

export const mismatchTemplate = (text: string): TemplateResult =>
  html`<p class="mismatch" role="alert">${icon('alarm')}<span>${text}</span></p>`

export const mismatchStyles = css`
  .mismatch {
    display: flex;
    gap: var(--space-3);
    padding: var(--space-4);
    border: 2px solid var(--bad);
    border-radius: var(--radius-m);
    color: var(--bad);
    font-weight: 600;
  }
`
