// The one message that a stranger may send before anything else: the field for it, on the first screen and in sheets.
import { html, nothing } from 'lit'
import { icon } from '../elements/icons.ts'
import { t } from '../locales/index.ts'

/** A little below what a request holds in UTF-8 (2 KiB), so that few texts are refused after they were written. */
const maxCharacters = 1_000

/** `missing` says that nothing was typed; `changed` is told of every key; `isFirst` of its sheet, where one begins. */
export const firstWords = (missing: boolean, changed: () => void, isFirst = false) => html`
  <label>
    ${t.firstMessage}
    <textarea
      name="words"
      rows="3"
      maxlength=${maxCharacters}
      dir="auto"
      ?autofocus=${isFirst}
      aria-invalid=${missing ? 'true' : nothing}
      aria-describedby=${missing ? 'words-missing' : nothing}
      @input=${changed}
    ></textarea>
  </label>
  ${missing ? html`<p class="problem" id="words-missing" role="alert">${icon('alert')}<span>${t.firstMessageNeeded}</span></p>` : nothing}
`

/** What was typed; empty when there is nothing. */
export const wordsIn = (root: ParentNode): string => root.querySelector<HTMLTextAreaElement>('textarea[name="words"]')?.value.trim() ?? ''
