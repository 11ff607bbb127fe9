// <parley-attach-menu>: what can be sent that is no text, and own texts to be used again. Asks `attach`.
import { html } from 'lit'
import { icon, type IconName } from '../elements/icons.ts'
import { MenuElement, menuStyles } from '../elements/menu.ts'
import { ask, type Attachment } from '../events.ts'
import { t } from '../locales/index.ts'
import '../locales/later.ts'

const icons = { poll: 'poll', place: 'place', card: 'card', templates: 'template' } as const satisfies Record<Attachment, IconName>

export class ParleyAttachMenu extends MenuElement {
  static override styles = menuStyles

  get label(): string {
    return t.attach
  }

  entries() {
    return (['poll', 'place', 'card', 'templates'] as const).map(
      (what) =>
        html`<button role="menuitem" tabindex="-1" @click=${() => this.#chosen(what)}>${icon(icons[what])}${t.attachments[what]}</button>`,
    )
  }

  // Closing first gives the focus back to the button, which is where the sheet will return it.
  #chosen(what: Attachment): void {
    this.close()
    ask(this, 'attach', what)
  }
}

customElements.define('parley-attach-menu', ParleyAttachMenu)
