// From lucide's files to the one path that an icon of the page is: `src/ui/elements/icon-paths.ts` must be what this makes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The lucide file behind each icon of the page. */
export const filesByIcon = {
  alert: 'circle-alert', alarm: 'triangle-alert', arrowDown: 'arrow-down', arrowLeft: 'arrow-left', arrowUp: 'arrow-up', check: 'check', checkCheck: 'check-check', clock: 'clock-3', copy: 'copy',
  dashed: 'circle-dashed', edit: 'pencil', ellipsis: 'ellipsis', hourglass: 'hourglass', info: 'info', leave: 'log-out', link: 'link', offline: 'cloud-off', parcel: 'package',
  person: 'user-plus', plus: 'plus', reply: 'reply', search: 'search', settings: 'settings-2', smile: 'smile-plus', tower: 'radio-tower', trash: 'trash-2', users: 'users',
  verified: 'badge-check', shield: 'shield-check', ban: 'ban', remove: 'user-minus', chevron: 'chevron-right', crown: 'crown',
  waypoints: 'waypoints', x: 'x', zap: 'zap',
  bell: 'bell', bellOff: 'bell-off', pin: 'pin', pinOff: 'pin-off', archive: 'archive', star: 'star', forward: 'forward', calendar: 'calendar',
  select: 'list-checks', history: 'history', globe: 'globe', undo: 'undo-2', poll: 'chart-bar', timer: 'timer', thread: 'messages-square', place: 'map-pin', card: 'contact-round', template: 'notebook-text', lock: 'lock',
  palette: 'palette', disk: 'hard-drive', eye: 'eye', sparkle: 'sparkles', sun: 'sun', stethoscope: 'stethoscope', inbox: 'mail-open', folder: 'folder', scan: 'scan-qr-code', picture: 'image',
} as const // prettier-ignore

/** The shapes of a lucide file as one path: `path` as it is, `circle`, `line` and `rect` spelled out. */
export const pathOf = (source: string): string => {
  const parts: string[] = []
  const shapes = source.replace(/<!--.*?-->/gs, '').matchAll(/<(\w+)\s([^>]*?)\/>/g)
  for (const [, shape, rest = ''] of shapes) {
    const attributes = Object.fromEntries([...rest.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
    const number = (name: string): number => Number(attributes[name] ?? 0)
    // A path that begins with a relative move means it from the origin, not from where the shape before it ended.
    if (shape === 'path') parts.push((attributes['d'] ?? '').replace(/^m/, 'M0 0m'))
    else if (shape === 'line') parts.push(`M${number('x1')} ${number('y1')}L${number('x2')} ${number('y2')}`)
    else if (shape === 'circle') {
      const r = number('r')
      parts.push(`M${number('cx') - r} ${number('cy')}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`)
    } else if (shape === 'rect') {
      const [w, h, r] = [number('width'), number('height'), number('rx')]
      parts.push(
        `M${number('x') + r} ${number('y')}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
          `h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`,
      )
    } else if (shape === 'polyline') parts.push(`M${(attributes['points'] ?? '').trim()}`)
    else throw new Error(`${shape} cannot be turned into a path yet`)
  }
  return parts.join('')
}

/** Every icon's path, from the installed files. */
export const pathsFromLucide = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filesByIcon).map(([icon, file]) => [
      icon,
      pathOf(readFileSync(require.resolve(`lucide-static/icons/${file}.svg`), 'utf8')),
    ]),
  )
