// <parley-code-reader>: reads the QR code that somebody shows, by the camera or from a picture of it. What was read goes to `take`, which says
// whether it was what is looked for; the camera looks on until then, and is let go of. Whoever uses it offers a way without both beside it.
import { css, html, LitElement, nothing } from 'lit'
import { t } from '../locales/index.ts'
import { base, buttons, fields, row } from '../styles/shared.ts'
import { icon } from './icons.ts'
import { problemLine } from './problem.ts'
import { createReadCodes, type CodeSource, type ReadCodes } from './read-codes.ts'
import '../locales/later.ts'

/** Milliseconds between two looks at the picture. */
const lookEveryMs = 200
/** Bytes of a file that is looked at at all. */
const maxFileBytes = 32 * 1024 * 1024

export class ParleyCodeReader extends LitElement {
  static override properties = { take: { attribute: false }, problem: { state: true }, scanning: { state: true } }
  declare take: (text: string) => boolean
  declare problem: string | undefined
  declare scanning: boolean
  #camera: MediaStream | undefined
  #look: ReturnType<typeof setTimeout> | undefined
  #reading: Promise<ReadCodes> | undefined

  static override styles = [
    base,
    buttons,
    row,
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
      .row .button {
        flex: 1 1 auto;
      }
    `,
  ]

  override render() {
    if (this.scanning)
      return html`<video autoplay muted playsinline aria-label=${t.scanning}></video>
        <button class="button" type="button" @click=${this.#cancel}>${t.cancel}</button>`
    return html`<div class="row">
        ${
          'mediaDevices' in navigator
            ? html`<button class="button" type="button" @click=${() => this.#scan()}>${icon('scan')}${t.scan}</button>`
            : nothing
        }
        <button class="button" type="button" @click=${() => this.renderRoot.querySelector('input')?.click()}>
          ${icon('picture')}${t.codeFromPicture}
        </button>
        <input type="file" accept="image/*" aria-label=${t.codeFromPicture} hidden @change=${this.#chosen} />
      </div>
      ${problemLine(this.problem)}`
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.stop()
  }

  /** Lets go of the camera. */
  stop(): void {
    clearTimeout(this.#look)
    for (const track of this.#camera?.getTracks() ?? []) track.stop()
    this.#camera = undefined
    this.scanning = false
  }

  async #read(source: CodeSource): Promise<boolean> {
    const texts = await (await (this.#reading ??= createReadCodes()))(source)
    return this.isConnected && texts.some((text) => this.take(text))
  }

  async #chosen(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    if (!file) return
    const picture = file.size > maxFileBytes ? undefined : await createImageBitmap(file).catch(() => undefined)
    // The same file can be chosen again.
    input.value = ''
    const isTaken = picture !== undefined && (await this.#read(picture))
    picture?.close()
    this.problem = isTaken ? undefined : t.noCodeInPicture
  }

  async #scan(): Promise<void> {
    this.problem = undefined
    try {
      this.#camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
    } catch {
      this.problem = t.noCamera
      return
    }
    // Closed while the browser asked.
    if (!this.isConnected) return this.stop()
    this.scanning = true
    await this.updateComplete
    const video = this.renderRoot.querySelector('video')
    if (!video) return this.stop()
    video.srcObject = this.#camera
    this.renderRoot.querySelector('button')?.focus()
    this.#lookAt(video)
  }

  /** The focus goes back to where it was begun. */
  #cancel(): void {
    this.stop()
    void this.updateComplete.then(() => this.renderRoot.querySelector('button')?.focus())
  }

  #lookAt(video: HTMLVideoElement): void {
    this.#look = setTimeout(async () => {
      // A picture that is not there yet, or no picture: the next one is.
      const isTaken = await this.#read(video)
      if (isTaken) this.stop()
      else if (this.scanning) this.#lookAt(video)
    }, lookEveryMs)
  }
}

customElements.define('parley-code-reader', ParleyCodeReader)
