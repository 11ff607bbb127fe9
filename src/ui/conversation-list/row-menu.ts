// <parley-row-menu>: how a conversation is kept: in front, silent, put away, read. Asks `arrange`.
import { html } from 'lit'
import { forever, type Arrangement } from '../../ports/commands.ts'
import type { ConversationSummary } from '../../ports/queries.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { MenuElement, menuStyles } from '../elements/menu.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { isMuted } from '../telling/worth-telling.ts'
import '../locales/later.ts'

export const hourMs = 3_600_000
/** For how long a conversation can be muted: milliseconds, or for ever. */
export const muteSpans = { hour: hourMs, night: 8 * hourMs, always: Infinity } as const

/** The moment at which a span that begins now is over. */
export const mutedUntil = (span: keyof typeof muteSpans, now: number): number => Math.min(now + muteSpans[span], forever)

export class ParleyRowMenu extends MenuElement {
  static override properties = { ...MenuElement.properties, summary: { attribute: false }, muting: { state: true } }
  declare summary: ConversationSummary
  declare muting: boolean

  static override styles = menuStyles

  get label(): string {
    return t.conversationMenu
  }

  entries() {
    const { summary } = this
    const now = Date.now()
    if (this.muting)
      return (['hour', 'night', 'always'] as const).map((span) =>
        this.#entry('bellOff', t.muteSpans[span], () => this.#arrange({ mutedUntil: mutedUntil(span, now) })),
      )
    return [
      summary.pinned
        ? this.#entry('pinOff', t.unpinConversation, () => this.#arrange({ pinned: false }))
        : this.#entry('pin', t.pinConversation, () => this.#arrange({ pinned: true, archived: false })),
      isMuted(summary, now)
        ? this.#entry('bell', t.unmute, () => this.#arrange({ mutedUntil: 0 }))
        : this.#entry('bellOff', t.mute, () => (this.muting = true)),
      summary.archived
        ? this.#entry('inbox', t.unarchive, () => this.#arrange({ archived: false }))
        : this.#entry('archive', t.archive, () => this.#arrange({ archived: true, pinned: false })),
      this.#entry('folder', t.toFolders, () => {
        this.close()
        ask(this, 'open-sheet', { kind: 'folders', conversation: summary.id })
      }),
    ]
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('muting') && this.isOpen) this.arrange()
  }

  #entry(name: IconName, words: string, act: () => void) {
    return html`<button role="menuitem" tabindex="-1" @click=${act}>${icon(name)}${words}</button>`
  }

  #arrange(change: Arrangement): void {
    this.close()
    ask(this, 'arrange', { conversation: this.summary.id, change })
  }
}

customElements.define('parley-row-menu', ParleyRowMenu)
