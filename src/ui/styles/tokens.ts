// The tokens as custom properties on the document: colour (light, dark, forced), space, type, radius, motion, elevation, targets.
// Adopted once by `mountApp`; shadow roots inherit them. Constructable sheets pass a strict style-src.
import { css } from 'lit'
import { dark, light } from './colors.ts'
import { accents, moreContrast } from './looks.ts'
import { wallpapers } from './wallpapers.ts'
import { colors, where } from './where.ts'

const forced = css`
  --page: Canvas;
  --canvas: Canvas;
  --surface: Canvas;
  --sunken: Canvas;
  --lifted: Canvas;
  --line: CanvasText;
  --edge: CanvasText;
  --ink: CanvasText;
  --ink-soft: CanvasText;
  --accent: Highlight;
  --accent-hover: Highlight;
  --on-accent: HighlightText;
  --accent-ink: LinkText;
  --accent-soft: Canvas;
  --on-accent-soft: CanvasText;
  --on-accent-soft-quiet: CanvasText;
  --good: CanvasText;
  --warn: CanvasText;
  --bad: CanvasText;
  --on-bad: Canvas;
`

const looks = css`
  ${where("[data-accent='violet']", accents.violet)}
  ${where("[data-accent='teal']", accents.teal)}
  ${where("[data-accent='blue']", accents.blue)}
  ${where("[data-contrast='more']:root", moreContrast)}
  :root[data-density='compact'] {
    --row-pad: 0.25rem;
    --run-gap: 0.375rem;
    --bubble-pad: 0.3125rem;
  }
  :root[data-bubbles='square'] {
    --bubble-radius: var(--radius-s);
    --bubble-joint: 0.125rem;
  }
  :root[data-bubbles='outline'] {
    --bubble-ground: var(--canvas);
    --bubble-line: 1px solid var(--edge);
    --bubble-shade: none;
  }
  ${wallpapers}
  :root[data-text='small'] {
    font-size: 87.5%;
  }
  :root[data-text='large'] {
    font-size: 112.5%;
  }
  :root[data-text='largest'] {
    font-size: 131.25%;
  }
`

export const tokens = css`
  :root {
    color-scheme: light;
    ${colors(light)}
    --sans: -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Roboto, Ubuntu, Cantarell, 'Noto Sans', 'Helvetica Neue', 'Liberation Sans',
      Arial, sans-serif;
    --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, 'Noto Serif', Georgia, serif;
    --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'Noto Sans Mono', 'Liberation Mono', Consolas, monospace;
    --text-xs: 0.75rem;
    --text-s: 0.8125rem;
    --text-m: 0.9375rem;
    --text-l: 1.0625rem;
    --text-xl: 1.3125rem;
    --text-2xl: 1.75rem;
    --text-3xl: 2.375rem;
    --space-1: 0.25rem;
    --space-2: 0.5rem;
    --space-3: 0.75rem;
    --space-4: 1rem;
    --space-5: 1.5rem;
    --space-6: 2rem;
    --space-7: 3rem;
    --space-8: 4.5rem;
    --radius-s: 0.375rem;
    --radius-m: 0.75rem;
    --radius-l: 1.125rem;
    --radius-round: 62rem;
    --quick: 120ms;
    --calm: 220ms;
    --ease: cubic-bezier(0.2, 0.7, 0.2, 1);
    --raised: 0 1px 2px var(--shade);
    --floating: 0 0.5rem 2rem var(--shade), 0 0.125rem 0.375rem var(--shade);
    --target: 2.25rem;
    --focus: 2px solid var(--accent);
    --row-pad: 0.625rem;
    --run-gap: var(--space-3);
    --bubble-pad: 0.5rem;
    --bubble-radius: var(--radius-l);
    --bubble-joint: var(--radius-s);
    --bubble-ground: var(--surface);
    --bubble-line: 0 solid transparent;
    --bubble-shade: var(--raised);
    --wallpaper: none;
    --wallpaper-size: auto;
  }
  @media (prefers-color-scheme: dark) {
    :root:not([data-theme='light']) {
      color-scheme: dark;
      ${colors(dark)}
    }
  }
  :root[data-theme='dark'] {
    color-scheme: dark;
    ${colors(dark)}
  }
  ${looks}
  @media (forced-colors: active) {
    :root:root:root:root:root {
      ${forced}
      --wallpaper: none;
    }
  }
  @media (pointer: coarse) {
    :root {
      --target: 2.75rem;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :root {
      --quick: 0ms;
      --calm: 0ms;
    }
  }
  html,
  body {
    block-size: 100%;
    margin: 0;
    overflow: hidden;
    overscroll-behavior: none;
    background: var(--page);
    color: var(--ink);
    -webkit-text-size-adjust: 100%;
  }
  /* Not on the root: it would change what a rem is. */
  body {
    font: var(--text-m) / 1.5 var(--sans);
  }
  parley-app {
    display: block;
    block-size: var(--visible-height, 100dvh);
  }
  parley-app:focus {
    outline: 0;
  }
`
