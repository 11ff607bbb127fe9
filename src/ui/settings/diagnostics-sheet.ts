// <parley-diagnostics-sheet>: what helps to find a fault, to be read before it is copied: no names, no messages, no addresses of people.
import { css, html } from 'lit'
import type { ConnectionView, StorageView } from '../../ports/queries.ts'
import type { NotifyPermission } from '../../ports/notifier.ts'
import { icon } from '../elements/icons.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'

export class ParleyDiagnosticsSheet extends SheetElement {
  static override properties = {
    version: {},
    connection: { attribute: false },
    places: { attribute: false },
    notifying: {},
    used: { state: true },
  }
  declare version: string
  declare connection: ConnectionView | undefined
  declare places: readonly StorageView[] | undefined
  declare notifying: NotifyPermission
  declare used: string

  static override styles = [
    ...sheetStyles,
    css`
      pre {
        margin: 0;
        padding: var(--space-3);
        max-block-size: 22rem;
        overflow: auto;
        border-radius: var(--radius-m);
        background: var(--sunken);
        font: var(--text-s) / 1.6 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ]

  get heading(): string {
    return t.diagnostics
  }

  override get cameFrom(): SheetRequest {
    return { kind: 'settings' }
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void navigator.storage?.estimate?.().then(({ usage = 0, quota = 0 }) => (this.used = `${mebibytes(usage)} of ${mebibytes(quota)} MiB`))
  }

  body() {
    return html`
      <p class="soft">${t.diagnosticsAbout}</p>
      <pre dir="ltr" tabindex="0" aria-label=${t.diagnostics}>${this.#text}</pre>
      <button class="button primary wide" type="button" @click=${this.#copy}>${icon('copy')}${t.copyText}</button>
    `
  }

  // In one language: whoever is sent this has to read it.
  get #text(): string {
    const { connection, places = [] } = this
    const links = connection?.links ?? []
    const lines: readonly (readonly [string, string])[] = [
      ['version', this.version],
      ['browser', navigator.userAgent],
      ['language', `${document.documentElement.lang} (${navigator.language})`],
      ['window', `${innerWidth} x ${innerHeight} at ${devicePixelRatio}`],
      ['service worker', navigator.serviceWorker?.controller ? 'in charge' : 'none'],
      ['notifications', this.notifying],
      ['storage', this.used ?? 'unknown'],
      ['connection', connection?.state ?? 'unknown'],
      ['waiting messages', String(connection?.waiting ?? 0)],
      [
        'meeting points',
        (connection?.nodes ?? []).map(({ state, trouble }) => (trouble ? `${state} (${trouble})` : state)).join(', ') || 'none',
      ],
      [
        'links',
        `${links.filter(({ path }) => path === 'direct').length} direct, ${links.filter(({ path }) => path === 'relayed').length} relayed`,
      ],
      ['conversations', String(places.length)],
      ['entries', String(places.reduce((sum, { events }) => sum + events, 0))],
    ]
    return lines.map(([name, value]) => `${name}: ${value}`).join('\n')
  }

  #copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(this.#text).catch(() => undefined)
    ask(this, 'announce', t.copied)
  }
}

const mebibytes = (bytes: number): number => Math.round(bytes / 1_048_576)

customElements.define('parley-diagnostics-sheet', ParleyDiagnosticsSheet)
