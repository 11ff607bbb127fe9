// Icons as templates: they inherit colour and size, and are hidden from assistive technology (the words stand beside them).
import { html, type TemplateResult } from 'lit'
import { iconPaths } from './icon-paths.ts'
import type { iconPathsLater } from './icon-paths-later.ts'

export type IconName = keyof typeof iconPaths | keyof typeof iconPathsLater

const paths: { [Name in IconName]?: string } = { ...iconPaths }

/** Takes in those that came later. */
export const addIcons = (more: typeof iconPathsLater): void => void Object.assign(paths, more)

/** Those that point along the line turn around where lines run from right to left. */
const directed: readonly IconName[] = ['arrowLeft', 'chevron', 'reply', 'forward', 'leave', 'undo', 'select', 'poll']

/** The drawing, sized in `em` by the shared styles. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class=${directed.includes(name) ? 'icon directed' : 'icon'} viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name] ?? ''}></path></svg>`
