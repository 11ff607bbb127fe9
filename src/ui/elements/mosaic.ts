// The first screen's picture: the same tiles that faces are made of, laid out as a wall. Decorative, drawn from a constant, no file.
import { css, html, svg } from 'lit'
import { hashOf, tilePaths } from './avatar.ts'

const grounds = ['m-soft', 'm-lifted', 'm-page', 'm-soft', 'm-ink', 'm-page'] as const
const fronts = ['m-accent', 'm-plum', 'm-gold', 'm-soft', 'm-accent', 'm-ink', 'm-rose'] as const

const pick = <T>(from: readonly T[], seed: string): T => from[hashOf(seed) % from.length] as T

/** `columns` by `rows` unit tiles that fill their box and are cut at its edges. */
export const mosaic = (columns: number, rows: number) =>
  html`<svg class="mosaic" viewBox=${`0 0 ${columns} ${rows}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    ${Array.from({ length: columns * rows }, (_, i) => {
      const seed = `wall ${i * 7919}`
      const ground = pick(grounds, seed)
      const front = pick(
        fronts.filter((name) => name !== ground),
        `${seed} front`,
      )
      const place = `translate(${i % columns} ${Math.floor(i / columns)})`
      return svg`<path class=${ground} d="M0 0h1.01v1.01h-1.01z" transform=${place}></path><path class=${front} d=${pick(tilePaths, `${seed} tile`)} transform=${place}></path>`
    })}
  </svg>`

export const mosaicStyles = css`
  .mosaic {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    forced-color-adjust: none;
    /* Covers the hairlines that smoothing leaves between tiles. */
    stroke-width: 0.012;
  }
  .m-soft {
    fill: var(--accent-soft);
    stroke: var(--accent-soft);
  }
  .m-lifted {
    fill: var(--lifted);
    stroke: var(--lifted);
  }
  .m-page {
    fill: var(--page);
    stroke: var(--page);
  }
  .m-ink {
    fill: var(--mosaic-ink);
    stroke: var(--mosaic-ink);
  }
  .m-accent {
    fill: var(--hue-b);
    stroke: var(--hue-b);
  }
  .m-plum {
    fill: var(--hue-a);
    stroke: var(--hue-a);
  }
  .m-gold {
    fill: var(--hue-d);
    stroke: var(--hue-d);
  }
  .m-rose {
    fill: var(--hue-f);
    stroke: var(--hue-f);
  }
`
