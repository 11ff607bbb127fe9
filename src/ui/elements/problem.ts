// Why something could not be done, read out as soon as it stands there. Its looks are in styles/shared.
import { html, nothing, type TemplateResult } from 'lit'
import { icon } from './icons.ts'

/** A line for a sentence; nothing while there is none. */
export const problemLine = (text: string | undefined): TemplateResult | typeof nothing =>
  text === undefined ? nothing : html`<p class="problem" role="alert">${icon('alert')}<span>${text}</span></p>`
