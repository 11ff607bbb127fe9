// Icons as templates: they inherit colour and size, and are hidden from assistive technology (the words stand beside them).
import { html, type TemplateResult } from 'lit'
import { iconPaths } from './icon-paths.ts'

export type IconName = keyof typeof iconPaths

/** Those that point along the line turn around where lines run from right to left. */
const directed: readonly IconName[] = ['arrowLeft', 'chevron', 'reply', 'forward', 'leave']

/** The drawing, sized in `em` by the shared styles. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class=${directed.includes(name) ? 'icon directed' : 'icon'} viewBox="0 0 24 24" aria-hidden="true"><path d=${iconPaths[name]}></path></svg>`
