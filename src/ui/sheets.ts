// <parley-sheets>: the sheet that lies over the page. Looks up the plan of the wish, brings its code, and opens a desk for it.
import { ContextConsumer } from '@lit/context'
import { LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { beginningSheets } from './conversation-list/sheets.ts'
import { contactSheets } from './contact/sheets.ts'
import { depsContext } from './context.ts'
import { messageSheets } from './conversation/sheets.ts'
import { emojiSheets } from './emoji/sheets.ts'
import { createDesk, type OpenDesk, type PageView, type SheetPlan } from './elements/sheet-desk.ts'
import type { SheetRequest } from './events.ts'
import { joinSheets } from './onboarding/sheets.ts'
import { peopleSheets } from './people/sheets.ts'
import { findingSheets } from './search/sheets.ts'
import { settingsSheets } from './settings/sheets.ts'

/** Every sheet by its kind; each room of the page keeps the plans of its own. */
const plans: { readonly [Kind in SheetRequest['kind']]: SheetPlan<Kind> } = {
  ...beginningSheets,
  ...contactSheets,
  ...emojiSheets,
  ...joinSheets,
  ...messageSheets,
  ...peopleSheets,
  ...findingSheets,
  ...settingsSheets,
}

export class ParleySheets extends LitElement {
  static override properties = { sheet: { attribute: false }, page: { attribute: false } }
  declare sheet: SheetRequest | undefined
  declare page: PageView
  #deps = new ContextConsumer(this, { context: depsContext })
  #desk: OpenDesk | undefined
  #draw: (() => TemplateResult) | undefined

  // Each wish has a sheet of its own: the end of the one before, which is told late, must not end the next.
  override render() {
    return keyed(this.sheet, this.#draw?.() ?? nothing)
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('sheet')) return
    this.#desk?.close()
    this.#desk = this.#draw = undefined
    const { sheet } = this
    const deps = this.#deps.value
    if (!sheet || !deps) return
    this.#desk = createDesk(this, deps, () => this.page)
    const { code, open } = plans[sheet.kind] as SheetPlan<SheetRequest['kind']>
    void code()
    this.#draw = open(this.#desk, sheet)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#desk?.close()
  }
}

customElements.define('parley-sheets', ParleySheets)
