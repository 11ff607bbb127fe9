// <parley-rename-sheet>: another name and another picture for a group. Asks `rename-group` and `set-picture`.
import { html } from 'lit'
import type { ConversationView } from '../../ports/queries.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { problemLine } from '../elements/problem.ts'
import './picture-field.ts'

export class ParleyRenameSheet extends SheetElement {
  static override properties = {
    conversation: { attribute: false },
    problem: {},
    busy: { type: Boolean },
    pictured: { type: Boolean },
    missing: { state: true },
  }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare busy: boolean
  /** The group has a picture. */
  declare pictured: boolean
  declare missing: boolean
  // As it was when the sheet was opened: others may rename it meanwhile, and what one types stays.
  #name: string | undefined

  static override styles = [...sheetStyles, fields]

  get heading(): string {
    return t.renameGroup
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.conversation && { kind: 'people', conversation: this.conversation.id }
  }

  body() {
    const view = this.conversation
    if (!view) return undefined
    this.#name ??= view.title
    const problem = this.missing ? t.groupNameNeeded : this.problem
    return html`<parley-picture-field .of=${view.id} .kind=${'group'} ?has=${this.pictured}></parley-picture-field>
    <form @submit=${(event: Event) => this.#submit(event, view)} novalidate>
      <label>
        ${t.groupName}
        <input name="group" maxlength="64" autocomplete="off" autofocus dir="auto" .value=${this.#name} @input=${() => (this.missing = false)} />
      </label>
      ${problemLine(problem)}
      <button class="button primary wide" ?disabled=${this.busy}>${t.save}</button>
    </form>`
  }

  #submit(event: Event, view: ConversationView): void {
    event.preventDefault()
    const name = this.renderRoot.querySelector('input')?.value.trim() ?? ''
    this.missing = name === ''
    if (!this.missing) ask(this, 'rename-group', { conversation: view.id, name })
  }
}

customElements.define('parley-rename-sheet', ParleyRenameSheet)
