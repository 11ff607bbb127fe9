// Icons as templates: they inherit colour and size, and are hidden from assistive technology (the words stand beside them).
import { html, type TemplateResult } from 'lit'
import { iconPaths } from './icon-paths.ts'

export type IconName = keyof typeof iconPaths

/** The drawing, sized in `em` by the shared styles. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${iconPaths[name]}></path></svg>`
