// <parley-group-sheet>: a name for a new group. Asks `create-group`.
import { html } from 'lit'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { problemLine } from '../elements/problem.ts'

export class ParleyGroupSheet extends SheetElement {
  static override properties = { problem: {}, busy: { type: Boolean }, missing: { state: true } }
  declare problem: string | undefined
  declare busy: boolean
  declare missing: boolean

  static override styles = [...sheetStyles, fields]

  get heading(): string {
    return t.newGroup
  }

  body() {
    const problem = this.missing ? t.groupNameNeeded : this.problem
    return html`
      <form @submit=${this.#submit} novalidate>
        <label>
          ${t.groupName}
          <input name="group" maxlength="64" autocomplete="off" autofocus dir="auto" @input=${() => (this.missing = false)} />
        </label>
        ${problemLine(problem)}
        <button class="button primary wide" ?disabled=${this.busy}>${t.createGroup}</button>
      </form>
    `
  }

  #submit(event: Event): void {
    event.preventDefault()
    const name = this.renderRoot.querySelector('input')?.value.trim() ?? ''
    this.missing = name === ''
    if (!this.missing) ask(this, 'create-group', name)
  }
}

customElements.define('parley-group-sheet', ParleyGroupSheet)
