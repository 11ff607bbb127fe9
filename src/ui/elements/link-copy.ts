// A link that is shown to be passed on: a field with all of it, and a button that copies it, says so for a moment and has it read out. Each
// sheet that shows one has its own.
import { css, html, nothing, type LitElement, type TemplateResult } from 'lit'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { icon } from './icons.ts'

/** How long the button says that it is copied, in milliseconds. */
const saidMs = 2_000

export const linkFieldStyles = css`
  input {
    font-family: var(--mono);
    font-size: var(--text-s);
    text-overflow: ellipsis;
  }
`

export interface LinkCopy {
  /** The field, all of which is selected when it gets the focus. */
  field(label: string, link: string): TemplateResult
  /** What stands on a button that calls `copy`. */
  words(copy: string): TemplateResult
  copy(link: string): Promise<void>
  /** The field, and below it the ways to pass the link on. */
  passOn(label: string, link: string): TemplateResult
}

/** For a link in the shadow root of `host`. */
export const createLinkCopy = (host: LitElement): LinkCopy => {
  let isCopied = false
  const say = (next: boolean): void => {
    isCopied = next
    host.requestUpdate()
  }
  const linkCopy: LinkCopy = {
    field: (label, link) =>
      html`<label>
        ${label}
        <input readonly dir="ltr" .value=${link} @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} />
      </label>`,
    words: (copy) => html`${icon(isCopied ? 'check' : 'copy')}${isCopied ? t.copied : copy}`,
    async copy(link) {
      try {
        await navigator.clipboard.writeText(link)
      } catch {
        // Without permission the selected field is the way that is left.
        host.renderRoot.querySelector<HTMLInputElement>('input[readonly]')?.select()
        return
      }
      say(true)
      ask(host, 'announce', t.copied)
      setTimeout(() => say(false), saidMs)
    },
    passOn: (label, link) =>
      html`${linkCopy.field(label, link)}
        <div class="row">
          <button class="button primary" type="button" autofocus @click=${() => linkCopy.copy(link)}>${linkCopy.words(t.copyLink)}</button>
          ${'share' in navigator ? html`<button class="button" type="button" @click=${() => navigator.share({ url: link }).catch(() => undefined)}>${t.shareLink}</button>` : nothing}
        </div>`,
  }
  return linkCopy
}
