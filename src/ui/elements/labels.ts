// The labels that the person here gave somebody, side by side. Others do not know of them.
import { css, html, nothing } from 'lit'
import { shownName } from './names.ts'

export const labelsTemplate = (labels: readonly string[] | undefined) =>
  labels === undefined
    ? nothing
    : html`<span class="labels">${labels.map((label) => html`<bdi class="label">${shownName(label)}</bdi>`)}</span>`

export const labelsStyles = css`
  .labels {
    display: inline-flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    max-inline-size: 100%;
    vertical-align: middle;
  }
  .label {
    max-inline-size: 10rem;
    overflow: hidden;
    padding: 0 0.375rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-round);
    background: var(--lifted);
    color: var(--ink-soft);
    font-size: var(--text-xs);
    font-weight: 400;
    line-height: 1.25rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`
