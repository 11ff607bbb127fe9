// One switch of the settings with the sentence that explains it.
import { html, nothing, type TemplateResult } from 'lit'

/** `change` is told what is wished for; what is shown is what `isOn` says. */
export const switchTemplate = (name: string, text: string | undefined, isOn: boolean, change: (on: boolean) => void): TemplateResult => {
  const id = `about-${name.replace(/[^\p{L}\p{N}]+/gu, '-')}`
  return html`<div>
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        aria-describedby=${text === undefined ? nothing : id}
        .checked=${isOn}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      />
      <span>${name}</span>
    </label>
    ${text === undefined ? nothing : html`<p class="soft small" id=${id}>${text}</p>`}
  </div>`
}
