// <parley-picture-field>: the face of a person or a group, with the ways to another picture and to none. Asks `set-picture`.
import { css, html, LitElement, nothing } from 'lit'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon } from '../elements/icons.ts'
import { problemLine } from '../elements/problem.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons, fields } from '../styles/shared.ts'
import { makePicture } from './make-picture.ts'

export class ParleyPictureField extends LitElement {
  static override properties = { of: {}, kind: {}, has: { type: Boolean }, problem: { state: true } }
  /** An identity or a conversation. */
  declare of: string
  declare kind: 'direct' | 'group'
  /** There is a picture that can be taken back. */
  declare has: boolean
  declare problem: string | undefined

  static override styles = [
    base,
    buttons,
    fields,
    avatarStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
      }
      .row {
        --avatar: 4rem;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
      }
    `,
  ]

  override render() {
    return html`<div class="row">
        ${avatar(this.of, this.kind)}
        <button class="button" type="button" @click=${() => this.renderRoot.querySelector('input')?.click()}>${icon('picture')}${t.choosePicture}</button>
        ${
          this.has
            ? html`<button class="button plain" type="button" @click=${() => ask(this, 'set-picture', new Uint8Array(0))}>
              ${t.removePicture}
            </button>`
            : nothing
        }
        <input type="file" accept="image/*" aria-label=${t.choosePicture} hidden @change=${this.#chosen} />
      </div>
      ${problemLine(this.problem)}`
  }

  async #chosen(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    // The same file can be chosen again.
    const picture = file && (await makePicture(file))
    input.value = ''
    if (!file) return
    this.problem = picture ? undefined : t.problems['bad-picture']
    if (picture) ask(this, 'set-picture', picture)
  }
}

customElements.define('parley-picture-field', ParleyPictureField)
