// <parley-code-check>: the other's safety number against one's own, by the camera where the browser reads codes, and always by pasting. It
// compares for the person, so that nobody looks at the first digits only. Dispatches `compared` with what came out.
import { css, html, LitElement, nothing } from 'lit'
import { compareSafetyNumber } from '../../core/verification/safety-number.ts'
import { icon } from '../elements/icons.ts'
import { t } from '../locales/index.ts'
import { base, buttons, fields } from '../styles/shared.ts'
import { problemLine } from '../elements/problem.ts'

export class Compared extends Event {
  readonly same: boolean
  constructor(same: boolean) {
    super('compared')
    this.same = same
  }
}

/** What Chromium brings for reading codes; not yet in every browser, and so not in the library of types. */
interface BarcodeReader {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
type BarcodeReaderClass = new (options: { readonly formats: readonly string[] }) => BarcodeReader
const readerClass = (): BarcodeReaderClass | undefined =>
  'mediaDevices' in navigator ? (globalThis as { BarcodeDetector?: BarcodeReaderClass }).BarcodeDetector : undefined

/** Milliseconds between two looks at the picture. */
const lookEveryMs = 200

export class ParleyCodeCheck extends LitElement {
  static override properties = { digits: { attribute: false }, name: {}, problem: { state: true }, scanning: { state: true } }
  /** One's own number with them, in groups. */
  declare digits: readonly string[]
  declare name: string
  declare problem: string | undefined
  declare scanning: boolean
  #camera: MediaStream | undefined
  #look: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      video {
        inline-size: 100%;
        aspect-ratio: 1;
        border-radius: var(--radius-m);
        background: var(--sunken);
        object-fit: cover;
      }
      input {
        font-family: var(--mono);
      }
    `,
  ]

  override render() {
    return html`
      ${
        this.scanning
          ? html`<video autoplay muted playsinline aria-label=${t.scanning}></video>
            <button class="button" type="button" @click=${() => this.#stop()}>${t.cancel}</button>`
          : readerClass() === undefined
            ? nothing
            : html`<button class="button" type="button" @click=${() => this.#scan()}>${icon('search')}${t.scan}</button>`
      }
      <label>
        ${t.theirNumber(this.name)}
        <input inputmode="numeric" autocomplete="off" spellcheck="false" dir="ltr" @input=${(event: Event) => this.#read((event.target as HTMLInputElement).value)} />
      </label>
      ${problemLine(this.problem)}
    `
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  /** Whether the text was a whole number, so that there was something to compare. */
  #read(text: string): boolean {
    const compared = compareSafetyNumber(this.digits, text)
    if (compared === 'no-number') return false
    this.#stop()
    this.dispatchEvent(new Compared(compared === 'same'))
    return true
  }

  async #scan(): Promise<void> {
    const Reader = readerClass()
    if (Reader === undefined) return
    this.problem = undefined
    try {
      this.#camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
    } catch {
      this.problem = t.noCamera
      return
    }
    // Closed while the browser asked.
    if (!this.isConnected) return this.#stop()
    this.scanning = true
    await this.updateComplete
    const video = this.renderRoot.querySelector('video')
    if (!video) return this.#stop()
    video.srcObject = this.#camera
    this.#lookAt(video, new Reader({ formats: ['qr_code'] }))
  }

  #lookAt(video: HTMLVideoElement, reader: BarcodeReader): void {
    this.#look = setTimeout(async () => {
      // A picture that is not there yet, or no picture: the next one is.
      const codes = await reader.detect(video).catch(() => [])
      if (this.scanning && !codes.some(({ rawValue }) => this.#read(rawValue))) this.#lookAt(video, reader)
    }, lookEveryMs)
  }

  #stop(): void {
    clearTimeout(this.#look)
    for (const track of this.#camera?.getTracks() ?? []) track.stop()
    this.#camera = undefined
    this.scanning = false
  }
}

customElements.define('parley-code-check', ParleyCodeCheck)
