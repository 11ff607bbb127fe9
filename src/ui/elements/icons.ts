// Icons: lucide's drawings, inlined at build as text and turned into one path each, so that no markup string ever reaches the DOM.
// Sets nothing: they inherit colour and size, and are hidden from assistive technology (the words stand beside them).
import { html, type TemplateResult } from 'lit'
import alert from 'lucide-static/icons/circle-alert.svg?raw'
import arrowDown from 'lucide-static/icons/arrow-down.svg?raw'
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw'
import arrowUp from 'lucide-static/icons/arrow-up.svg?raw'
import check from 'lucide-static/icons/check.svg?raw'
import checkCheck from 'lucide-static/icons/check-check.svg?raw'
import chevron from 'lucide-static/icons/chevron-right.svg?raw'
import clock from 'lucide-static/icons/clock-3.svg?raw'
import copy from 'lucide-static/icons/copy.svg?raw'
import dashed from 'lucide-static/icons/circle-dashed.svg?raw'
import edit from 'lucide-static/icons/pencil.svg?raw'
import ellipsis from 'lucide-static/icons/ellipsis.svg?raw'
import eye from 'lucide-static/icons/eye.svg?raw'
import hourglass from 'lucide-static/icons/hourglass.svg?raw'
import info from 'lucide-static/icons/info.svg?raw'
import link from 'lucide-static/icons/link.svg?raw'
import offline from 'lucide-static/icons/cloud-off.svg?raw'
import parcel from 'lucide-static/icons/package.svg?raw'
import person from 'lucide-static/icons/user-plus.svg?raw'
import plus from 'lucide-static/icons/plus.svg?raw'
import reply from 'lucide-static/icons/reply.svg?raw'
import search from 'lucide-static/icons/search.svg?raw'
import settings from 'lucide-static/icons/settings-2.svg?raw'
import smile from 'lucide-static/icons/smile-plus.svg?raw'
import tower from 'lucide-static/icons/radio-tower.svg?raw'
import trash from 'lucide-static/icons/trash-2.svg?raw'
import leave from 'lucide-static/icons/log-out.svg?raw'
import users from 'lucide-static/icons/users.svg?raw'
import waypoints from 'lucide-static/icons/waypoints.svg?raw'
import x from 'lucide-static/icons/x.svg?raw'
import zap from 'lucide-static/icons/zap.svg?raw'

const sources = {
  alert, arrowDown, arrowLeft, arrowUp, check, checkCheck, chevron, clock, copy, dashed, edit, ellipsis, eye, hourglass, info, leave, link,
  offline, parcel, person, plus, reply, search, settings, smile, tower, trash, users, waypoints, x, zap,
} // prettier-ignore

export type IconName = keyof typeof sources

/** The shapes of a lucide file as one path: `path` as it is, `circle`, `line` and `rect` spelled out. */
export const pathOf = (source: string): string => {
  const parts: string[] = []
  for (const [, shape, rest = ''] of source.matchAll(/<(path|circle|line|rect)\s([^>]*?)\/>/g)) {
    const attributes = Object.fromEntries([...rest.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
    const number = (name: string): number => Number(attributes[name] ?? 0)
    // A path that begins with a relative move means it from the origin, not from where the shape before it ended.
    if (shape === 'path') parts.push(`M0 0${attributes['d'] ?? ''}`)
    else if (shape === 'line') parts.push(`M${number('x1')} ${number('y1')}L${number('x2')} ${number('y2')}`)
    else if (shape === 'circle') {
      const r = number('r')
      parts.push(`M${number('cx') - r} ${number('cy')}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`)
    } else {
      const [w, h, r] = [number('width'), number('height'), number('rx')]
      parts.push(
        `M${number('x') + r} ${number('y')}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
          `h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`,
      )
    }
  }
  return parts.join('')
}

const pathsByName = new Map<IconName, string>()

/** The drawing as a template, sized in `em` by the shared styles. */
export const icon = (name: IconName): TemplateResult => {
  let path = pathsByName.get(name)
  if (path === undefined) pathsByName.set(name, (path = pathOf(sources[name])))
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`
}
