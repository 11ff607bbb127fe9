// <parley-emoji-sheet>: every picture, by kind or by a word, in the skin tone that was chosen last. Arrows move between them, Enter in the
// field takes the first that was found. Asks `pick-emoji`; what was picked lately stands first the next time.
import { html, nothing, type TemplateResult } from 'lit'
import type { Choices } from '../choices.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { emojiStyles } from './emoji-styles.ts'
import { findPictures, inTone, pictureKinds, type Kind, type Picture } from './pictures.ts'

/** Found ones that are shown. */
const most = 96
/** Recent ones that are remembered. */
const mostRecent = 16
/** A raised hand in every tone: what the tones are shown by. */
const hands = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'] as const

export class ParleyEmojiSheet extends SheetElement {
  static override properties = {
    heading: {},
    choices: { attribute: false },
    kinds: { state: true },
    query: { state: true },
    at: { state: true },
  }
  declare heading: string
  declare choices: Choices
  declare kinds: readonly Kind[] | undefined
  declare query: string
  /** Which one the Tab key leads to. */
  declare at: number

  constructor() {
    super()
    this.query = ''
    this.at = 0
  }

  static override styles = [...sheetStyles, fields, emojiStyles]

  override connectedCallback(): void {
    super.connectedCallback()
    void pictureKinds().then((kinds) => (this.kinds = kinds))
  }

  body() {
    const { kinds } = this
    if (!kinds) return undefined
    const isSearching = this.query.trim() !== ''
    const found = findPictures(kinds, this.query, most)
    let from = 0
    const section = (name: string, pictures: readonly Picture[], id: string): TemplateResult | typeof nothing => {
      if (pictures.length === 0) return nothing
      const first = from
      from += pictures.length
      return html`<section class="kind" id=${id}>
        <h3>${name}</h3>
        <div class="pictures" role="group" aria-label=${name}>${pictures.map((picture, i) => this.#picture(picture, first + i))}</div>
      </section>`
    }
    return html`
      <div class="tools">
        <input
          type="search"
          aria-label=${t.findEmoji}
          placeholder=${t.search}
          autocomplete="off"
          dir="auto"
          ?autofocus=${!matchMedia('(pointer: coarse)').matches}
          .value=${this.query}
          @input=${(event: Event) => {
            this.query = (event.target as HTMLInputElement).value
            this.at = 0
          }}
          @keydown=${(event: KeyboardEvent) => this.#inField(event, found[0])}
        />
        <div class="tones" role="radiogroup" aria-label=${t.skinTone}>
          ${hands.map(
            (hand, tone) =>
              html`<label title=${t.skinTones[tone]}>
                <input
                  type="radio"
                  name="tone"
                  aria-label=${t.skinTones[tone]}
                  .checked=${tone === this.choices.tone}
                  @change=${() => ask(this, 'preference', { name: 'tone', value: String(tone) })}
                /><span aria-hidden="true">${hand}</span>
              </label>`,
          )}
        </div>
        ${
          isSearching
            ? nothing
            : html`<nav aria-label=${t.kindsOfEmoji}>
              ${kinds.map(
                ({ name, pictures }, i) =>
                  html`<button class="icon-button" type="button" title=${name} aria-label=${name} @click=${() => this.#goTo(i)}>
                    ${pictures[0]?.emoji}
                  </button>`,
              )}
            </nav>`
        }
      </div>
      <div class="all" @keydown=${this.#key}>
        ${
          isSearching
            ? section(t.found(found.length), found, 'found')
            : html`${section(t.recentEmoji, this.#recent(kinds), 'recent')}${kinds.map(({ name, pictures }, i) => section(name, pictures, `kind-${i}`))}`
        }
      </div>
      ${isSearching && found.length === 0 ? html`<p class="soft" role="status">${t.noneFound(this.query.trim())}</p>` : nothing}
    `
  }

  #picture(picture: Picture, at: number) {
    const emoji = inTone(picture, this.choices.tone)
    return html`<button
      class="picture"
      type="button"
      tabindex=${at === this.at ? '0' : '-1'}
      title=${picture.name}
      aria-label=${picture.name}
      @focus=${() => (this.at = at)}
      @click=${() => this.#pick(emoji)}
    >
      ${emoji}
    </button>`
  }

  #recent(kinds: readonly Kind[]): readonly Picture[] {
    const known = new Map(
      kinds.flatMap(({ pictures }) => pictures.flatMap((one) => [one.emoji, ...one.tones].map((emoji) => [emoji, one]))),
    )
    // As they were picked, in the tone of that moment.
    return this.choices.recentEmoji.flatMap((emoji) => {
      const picture = known.get(emoji)
      return picture ? [{ ...picture, emoji, tones: [] }] : []
    })
  }

  #pick(emoji: string): void {
    const recent = [emoji, ...this.choices.recentEmoji.filter((other) => other !== emoji)].slice(0, mostRecent)
    ask(this, 'preference', { name: 'recent-emoji', value: recent.join(' ') })
    ask(this, 'pick-emoji', emoji)
  }

  #inField(event: KeyboardEvent, first: Picture | undefined): void {
    if (event.isComposing) return
    if (event.key === 'Enter' && first) this.#pick(inTone(first, this.choices.tone))
    else if (event.key === 'ArrowDown') this.#pictures[0]?.focus()
    else return
    event.preventDefault()
  }

  get #pictures(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.picture')]
  }

  #key(event: KeyboardEvent): void {
    const all = this.#pictures
    const at = all.indexOf(event.target as HTMLElement)
    if (at < 0) return
    const isMirrored = getComputedStyle(this).direction === 'rtl'
    const goal = {
      ArrowRight: at + (isMirrored ? -1 : 1),
      ArrowLeft: at + (isMirrored ? 1 : -1),
      ArrowDown: nextLine(all, at, 1),
      ArrowUp: nextLine(all, at, -1),
      Home: 0,
      End: all.length - 1,
    }[event.key]
    if (goal === undefined) return
    event.preventDefault()
    if (goal < 0) this.renderRoot.querySelector<HTMLElement>('[type="search"]')?.focus()
    else all[goal]?.focus()
  }

  #goTo(kind: number): void {
    this.renderRoot.querySelector(`#kind-${kind}`)?.scrollIntoView({ block: 'start' })
    this.renderRoot.querySelector<HTMLElement>(`#kind-${kind} .picture`)?.focus({ preventScroll: true })
  }
}

/** The one above or below: nearest in the next line that begins elsewhere. */
const nextLine = (all: readonly HTMLElement[], at: number, step: 1 | -1): number => {
  const here = all[at]?.getBoundingClientRect()
  if (!here) return at
  let best = -1
  let line: number | undefined
  for (let i = at + step; i >= 0 && i < all.length; i += step) {
    const box = all[i]?.getBoundingClientRect()
    if (!box || Math.abs(box.top - here.top) < 2) continue
    line ??= box.top
    if (Math.abs(box.top - line) >= 2) break
    if (best < 0 || Math.abs(box.left - here.left) < Math.abs((all[best]?.getBoundingClientRect().left ?? 0) - here.left)) best = i
  }
  return best < 0 && step === 1 ? at : best
}

customElements.define('parley-emoji-sheet', ParleyEmojiSheet)
