// <parley-qr>: a text as a QR code, one SVG path, always dark on light with its quiet zone (scanners need both). Loaded when needed.
import { css, html, LitElement } from 'lit'
import { encode } from 'uqr'
import { t } from '../locales/index.ts'

/** The dark modules as a path of runs, in module units. */
export const modulesToPath = (modules: readonly (readonly boolean[])[]): string => {
  let path = ''
  modules.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue
      const start = x
      while (row[x + 1] === true) x++
      path += `M${start} ${y}h${x - start + 1}v1h${start - x - 1}z`
    }
  })
  return path
}

export class ParleyQr extends LitElement {
  static override properties = { text: {}, label: {} }
  declare text: string
  /** What it is a code of, for those who cannot see it. */
  declare label: string | undefined

  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      inline-size: 100%;
      border-radius: var(--radius-m);
      background: var(--qr-light);
      forced-color-adjust: none;
    }
    path {
      fill: var(--qr-dark);
    }
  `

  override render() {
    const { data, size } = encode(this.text, { ecc: 'M', border: 3 })
    return html`<svg role="img" aria-label=${this.label ?? t.qr} viewBox=${`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path d=${modulesToPath(data)}></path>
    </svg>`
  }
}

customElements.define('parley-qr', ParleyQr)
