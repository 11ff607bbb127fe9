// The pictures that people and groups have given themselves, where a face is drawn. They come once for the whole page, and every face that is
// shown changes with them.
import { html, nothing, type TemplateResult } from 'lit'
import { AsyncDirective } from 'lit/async-directive.js'
import { directive } from 'lit/directive.js'
import type { PictureView } from '../../ports/queries.ts'

const urlById = new Map<string, string>()
const faces = new Set<() => void>()

/** All pictures that there are; those of before are let go. */
export const showPictures = (pictures: readonly PictureView[]): void => {
  for (const url of urlById.values()) URL.revokeObjectURL(url)
  urlById.clear()
  for (const { of, bytes } of pictures) urlById.set(of, URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'image/jpeg' })))
  for (const draw of faces) draw()
}

class Portrait extends AsyncDirective {
  #id = ''
  #kind = ''
  #drawn: TemplateResult | typeof nothing = nothing
  #draw = (): void => this.setValue(this.#face())

  render(id: string, kind: string, drawn: TemplateResult) {
    ;[this.#id, this.#kind, this.#drawn] = [id, kind, drawn]
    if (this.isConnected) faces.add(this.#draw)
    return this.#face()
  }

  override disconnected(): void {
    faces.delete(this.#draw)
  }

  override reconnected(): void {
    faces.add(this.#draw)
    this.#draw()
  }

  #face() {
    const url = urlById.get(this.#id)
    return url === undefined ? this.#drawn : html`<img class="avatar ${this.#kind}" src=${url} alt="" />`
  }
}

/** The picture of an id, or what is drawn for it while it has none. */
export const portrait = directive(Portrait)
