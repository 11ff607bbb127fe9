// <parley-welcome>: the first screen. A name and one button; with an invite in hand, who invites to what, a name already filled in,
// and "Join". Asks `create-profile`.
import { css, html, LitElement, nothing } from 'lit'
import type { InvitePreview } from '../../ports/commands.ts'
import { firstWords, wordsIn } from '../contact/first-words.ts'
import { icon } from '../elements/icons.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons, fields } from '../styles/shared.ts'
import { mosaic, mosaicStyles } from '../elements/mosaic.ts'
import type { Begun } from './begun.ts'
import { mark } from './mark.ts'
import { previewTemplate, previewStyles } from './preview.ts'
import { problemLine } from '../elements/problem.ts'

export class ParleyWelcome extends LitElement {
  static override properties = {
    invite: {},
    preview: { attribute: false },
    inviteProblem: {},
    problem: {},
    busy: { type: Boolean },
    begun: { attribute: false },
    missing: { state: true },
    wordless: { state: true },
  }
  /** The link that brought the person here. */
  declare invite: string | undefined
  declare preview: InvitePreview | undefined
  /** What is wrong with the link, in words. */
  declare inviteProblem: string | undefined
  declare problem: string | undefined
  declare busy: boolean
  /** What was done here before the program had come. */
  declare begun: Begun | undefined
  declare missing: boolean
  /** Nothing was typed to somebody who has to be asked. */
  declare wordless: boolean
  #suggestion = t.suggestedNames[Math.floor(Math.random() * t.suggestedNames.length)] ?? ''

  static override styles = [
    base,
    buttons,
    fields,
    previewStyles,
    mosaicStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
        block-size: 100%;
        background: var(--canvas);
      }
      .wall {
        overflow: hidden;
      }
      .page {
        display: grid;
        place-items: center;
        overflow: auto;
        padding: var(--space-5);
      }
      @media (max-width: 47.99rem) {
        :host {
          grid-template-columns: minmax(0, 1fr);
          grid-template-rows: clamp(5rem, 24vh, 13rem) minmax(0, 1fr);
        }
        .page {
          place-items: start center;
          padding-block-start: var(--space-6);
        }
      }
      main {
        display: grid;
        gap: var(--space-5);
        inline-size: min(26rem, 100%);
      }
      h1 {
        font-size: clamp(var(--text-2xl), 9vw, var(--text-3xl));
      }
      .lead {
        display: grid;
        gap: var(--space-3);
      }
      .brand {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font-family: var(--serif);
        font-size: var(--text-l);
        color: var(--accent-ink);
      }
      form {
        display: grid;
        gap: var(--space-3);
      }
      .button {
        min-block-size: 3rem;
      }
    `,
  ]

  override render() {
    const isInvited = this.invite !== undefined && this.inviteProblem === undefined
    return html`<div class="wall">${mosaic(8, 10)}</div>
      <div class="page">${this.#form(isInvited)}</div>`
  }

  #form(isInvited: boolean) {
    return html`<main>
      <div class="lead">
        <p class="brand">${mark} ${t.app}</p>
        ${
          isInvited
            ? previewTemplate(this.preview, 'h1')
            : html`<h1 class="display">${t.tagline}</h1>
              <p class="soft">${t.promise}</p>`
        }
      </div>
      ${problemLine(this.inviteProblem)}
      <form @submit=${this.#submit} novalidate>
        <label>
          ${t.yourName}
          <input
            name="name"
            maxlength="64"
            autocomplete="nickname"
            spellcheck="false"
            autofocus
            dir="auto"
            .value=${isInvited ? this.#suggestion : ''}
            aria-invalid=${this.missing ? 'true' : nothing}
            aria-describedby=${this.missing ? 'missing' : nothing}
            @input=${() => (this.missing = false)}
            @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()}
          />
        </label>
        ${this.missing ? html`<p class="problem" id="missing" role="alert">${icon('alert')}${t.nameNeeded}</p>` : nothing}
        ${this.#isContact ? firstWords(this.wordless ?? false, () => (this.wordless = false)) : nothing}
        ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${icon('alert')}${this.problem}</p>`}
        <button class="button primary wide" ?disabled=${this.busy}>${this.#isContact ? t.sendRequest : isInvited ? t.join : t.getStarted}</button>
      </form>
    </main>`
  }

  /** The link is of somebody who has to be asked first. */
  get #isContact(): boolean {
    return this.preview?.kind === 'contact' && this.inviteProblem === undefined
  }

  override firstUpdated(): void {
    const input = this.renderRoot.querySelector('input')
    input?.focus()
    if (input === null || this.begun === undefined) return
    if (this.begun.name !== '') input.value = this.begun.name
    input.setSelectionRange(input.value.length, input.value.length)
    if (this.begun.isSent) this.renderRoot.querySelector('form')?.requestSubmit()
  }

  #submit(event: Event): void {
    event.preventDefault()
    const name = this.renderRoot.querySelector('input')?.value.trim() ?? ''
    this.missing = name === ''
    const text = wordsIn(this.renderRoot)
    this.wordless = this.#isContact && text === ''
    if (this.missing) this.renderRoot.querySelector('input')?.focus()
    else if (this.wordless) this.renderRoot.querySelector('textarea')?.focus()
    else if (this.#isContact && this.invite !== undefined) ask(this, 'create-profile', { name, invite: this.invite, text })
    else if (this.invite !== undefined && this.inviteProblem === undefined) ask(this, 'create-profile', { name, invite: this.invite })
    else ask(this, 'create-profile', { name })
  }
}

customElements.define('parley-welcome', ParleyWelcome)
