// <parley-folders-sheet>: the person's folders: their names and order, and which conversations are in each; or, opened for one conversation,
// in which of them it is. Asks `save-folder`, `remove-folder` and `order-folders`.
import { css, html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ConversationId } from '../../core/ids.ts'
import type { ConversationSummary, FolderView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'

export class ParleyFoldersSheet extends SheetElement {
  static override properties = {
    folders: { attribute: false },
    conversations: { attribute: false },
    conversation: {},
    problem: {},
    busy: { type: Boolean },
    opened: { state: true },
    missing: { state: true },
  }
  declare folders: readonly FolderView[] | undefined
  declare conversations: readonly ConversationSummary[] | undefined
  /** Whose folders are chosen; without one, what is in each. */
  declare conversation: ConversationId | undefined
  declare problem: string | undefined
  declare busy: boolean
  /** The folder whose name and conversations are shown. */
  declare opened: string | undefined
  declare missing: boolean

  static override styles = [
    ...sheetStyles,
    fields,
    css`
      .folder,
      .check {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: var(--target);
      }
      .folder bdi,
      .check bdi {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .folder .name {
        flex: 1;
        min-inline-size: 0;
        text-align: start;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .check input {
        inline-size: 1.25rem;
        min-block-size: 1.25rem;
        accent-color: var(--accent);
      }
      .inside {
        margin: 0;
        padding-block-end: var(--space-3);
        padding-inline-start: var(--space-4);
        border: 0;
        border-inline-start: 2px solid var(--line);
        display: grid;
        gap: var(--space-2);
      }
      .line {
        display: flex;
        align-items: end;
        gap: var(--space-2);
      }
      .line label {
        flex: 1;
        min-inline-size: 0;
      }
      .remove {
        justify-self: start;
        color: var(--bad);
      }
    `,
  ]

  get heading(): string {
    return t.folders
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.conversation === undefined ? { kind: 'settings' } : undefined
  }

  body() {
    const { folders } = this
    if (!folders) return undefined
    return html`
      <p class="soft small">${this.conversation === undefined ? t.foldersText : t.foldersOf(shownName(this.#title(this.conversation), t.untitled))}</p>
      ${
        folders.length === 0
          ? nothing
          : html`<ul class="folders" role="list" aria-label=${t.folders}>
            ${repeat(
              folders,
              ({ id }) => id,
              (folder, at) =>
                html`<li>
                  ${this.conversation === undefined ? this.#row(folder, at, folders) : this.#check(shownName(folder.name), folder, this.conversation)}
                  ${this.opened === folder.id ? this.#inside(folder) : nothing}
                </li>`,
            )}
          </ul>`
      }
      <form class="line" @submit=${this.#add} novalidate>
        <label>${t.newFolder}<input name="folder" maxlength="64" autocomplete="off" dir="auto" @input=${() => (this.missing = false)} /></label>
        <button class="button" ?disabled=${this.busy}>${t.addFolder}</button>
      </form>
      ${problemLine(this.missing ? t.folderNameNeeded : this.problem)}
    `
  }

  #row(folder: FolderView, at: number, all: readonly FolderView[]) {
    const move = (to: number) => (): void => {
      const ids = all.map(({ id }) => id).toSpliced(at, 1)
      ask(this, 'order-folders', ids.toSpliced(to, 0, folder.id))
    }
    const isOpen = this.opened === folder.id
    return html`<div class="folder">
      <button class="name" type="button" aria-expanded=${isOpen ? 'true' : 'false'} @click=${() => (this.opened = isOpen ? undefined : folder.id)}>
        <bdi>${shownName(folder.name)}</bdi>
      </button>
      <span class="soft small">${folder.conversations.filter((id) => this.#title(id) !== undefined).length}</span>
      <button class="icon-button" type="button" aria-label=${t.moveUp(shownName(folder.name))} ?disabled=${at === 0} @click=${move(at - 1)}>${icon('arrowUp')}</button>
      <button class="icon-button" type="button" aria-label=${t.moveDown(shownName(folder.name))} ?disabled=${at === all.length - 1} @click=${move(at + 1)}>
        ${icon('arrowDown')}
      </button>
    </div>`
  }

  #check(label: string, { id, conversations }: FolderView, conversation: ConversationId) {
    const change = (event: Event): void => {
      const others = conversations.filter((known) => known !== conversation)
      const isIn = (event.target as HTMLInputElement).checked
      ask(this, 'save-folder', { id, conversations: isIn ? [...others, conversation] : others })
    }
    return html`<label class="check">
      <input type="checkbox" .checked=${conversations.includes(conversation)} @change=${change} /><bdi>${label}</bdi>
    </label>`
  }

  #inside(folder: FolderView) {
    const rename = (event: Event): void => {
      event.preventDefault()
      const name = (event.target as HTMLFormElement).querySelector('input')?.value.trim() ?? ''
      this.missing = name === ''
      if (!this.missing) ask(this, 'save-folder', { id: folder.id, name })
    }
    return html`<fieldset class="inside">
      <legend class="hidden-text">${shownName(folder.name)}</legend>
      <form class="line" @submit=${rename} novalidate>
        <label>${t.folderName}<input maxlength="64" autocomplete="off" dir="auto" .value=${folder.name} /></label>
        <button class="button" ?disabled=${this.busy}>${t.save}</button>
      </form>
      ${(this.conversations ?? []).map((summary) => this.#check(shownName(summary.title, t.untitled), folder, summary.id))}
      <button class="button plain remove" type="button" @click=${() => ask(this, 'remove-folder', folder.id)}>${icon('trash')}${t.removeFolder(shownName(folder.name))}</button>
    </fieldset>`
  }

  #title(id: ConversationId): string | undefined {
    return this.conversations?.find((summary) => summary.id === id)?.title
  }

  #add(event: Event): void {
    event.preventDefault()
    const field = this.renderRoot.querySelector<HTMLInputElement>('input[name="folder"]')
    const name = field?.value.trim() ?? ''
    this.missing = name === ''
    if (this.missing || !field) return
    ask(this, 'save-folder', { name, conversations: this.conversation === undefined ? [] : [this.conversation] })
    field.value = ''
  }
}

customElements.define('parley-folders-sheet', ParleyFoldersSheet)
