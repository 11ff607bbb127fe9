// A face for an identity or a conversation: its picture, if it has one (portrait.ts), else four tiles of quarter circles, drawn from the id alone, so that everyone sees the same one.
// People are round, groups are square. Decorative: the name always stands beside it.
import { css, html, svg, type TemplateResult } from 'lit'
import { portrait } from './portrait.ts'

/** Shapes that fit a unit square: quarter circles, a circle, halves. */
export const tilePaths = [
  'M0 0h1a1 1 0 0 1-1 1z',
  'M1 0v1a1 1 0 0 1-1-1z',
  'M1 1h-1a1 1 0 0 1 1-1z',
  'M0 1v-1a1 1 0 0 1 1 1z',
  'M.5 0a.5 .5 0 0 1 0 1a.5 .5 0 0 1 0-1z',
  'M0 0h1v.5h-1z',
  'M0 0h.5v1h-.5z',
  'M0 0l1 1h-1z',
] as const
const hues = ['a', 'b', 'c', 'd', 'e', 'f'] as const

/** A number from an id, spread over 32 bits (FNV-1a); the same id gives the same number for ever. */
export const hashOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0
  return hash
}

/** The hue letter (`a` to `f`) that belongs to an id: for the name's colour and the avatar's ground. */
export const hueOf = (id: string): (typeof hues)[number] => hues[hashOf(id) % hues.length] ?? 'a'

/** The drawing; `kind` decides the outline. Size comes from `--avatar` (default 2.5rem). */
export const avatar = (id: string, kind: 'direct' | 'group' = 'direct'): TemplateResult => {
  const ground = hashOf(id) % hues.length
  const front = (ground + 1 + (hashOf(`${id}2`) % (hues.length - 1))) % hues.length
  const shapes = [0, 1, 2, 3].map((cell) => {
    const path = tilePaths[hashOf(`${id}${cell}`) % tilePaths.length]
    return svg`<path class=${cell === 3 ? 'pale' : `hue-${hues[front]}`} d=${path ?? ''} transform=${`translate(${cell % 2} ${cell >> 1})`}></path>`
  })
  const drawn = html`<svg class="avatar ${kind}" viewBox="0 0 2 2" aria-hidden="true"><path class=${`hue-${hues[ground]}`} d="M0 0h2v2h-2z"></path>${shapes}</svg>`
  return html`${portrait(id, kind, drawn)}`
}

export const avatarStyles = css`
  .avatar {
    flex: none;
    inline-size: var(--avatar, 2.5rem);
    block-size: var(--avatar, 2.5rem);
    border-radius: 50%;
    object-fit: cover;
    forced-color-adjust: none;
  }
  .avatar.group {
    border-radius: 28%;
  }
  .hue-a {
    fill: var(--hue-a);
  }
  .hue-b {
    fill: var(--hue-b);
  }
  .hue-c {
    fill: var(--hue-c);
  }
  .hue-d {
    fill: var(--hue-d);
  }
  .hue-e {
    fill: var(--hue-e);
  }
  .hue-f {
    fill: var(--hue-f);
  }
  .pale {
    fill: var(--face-pale);
  }
`
