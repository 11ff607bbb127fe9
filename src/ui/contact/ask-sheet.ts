// <parley-ask-sheet>: a first message to somebody of a group with whom one has not talked apart. Asks `ask-member`.
import { html } from 'lit'
import type { IdentityId } from '../../core/ids.ts'
import type { ConversationView } from '../../ports/queries.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { firstWords, wordsIn } from './first-words.ts'
import { problemLine } from '../elements/problem.ts'

export class ParleyAskSheet extends SheetElement {
  static override properties = {
    conversation: { attribute: false },
    person: {},
    problem: {},
    busy: { type: Boolean },
    missing: { state: true },
  }
  declare conversation: ConversationView | undefined
  declare person: IdentityId
  declare problem: string | undefined
  declare busy: boolean
  declare missing: boolean

  static override styles = [...sheetStyles, fields]

  get heading(): string {
    return t.writeTo(this.#name)
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.conversation && { kind: 'person', conversation: this.conversation.id, person: this.person }
  }

  body() {
    if (!this.conversation) return undefined
    return html`<form @submit=${this.#submit} novalidate>
      <p class="soft">${t.requestExplained(this.#name)}</p>
      ${firstWords(this.missing ?? false, () => (this.missing = false), true)}
      ${problemLine(this.problem)}
      <button class="button primary wide" ?disabled=${this.busy}>${t.sendRequest}</button>
    </form>`
  }

  get #name(): string {
    return shownName(this.conversation?.members.find((member) => member.identity === this.person)?.name, t.someone)
  }

  #submit(event: Event): void {
    event.preventDefault()
    const text = wordsIn(this.renderRoot)
    this.missing = text === ''
    if (!this.missing) ask(this, 'ask-member', text)
  }
}

customElements.define('parley-ask-sheet', ParleyAskSheet)
