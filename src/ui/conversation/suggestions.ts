// What is offered while somebody writes: pictures after a colon and two letters, people after an at sign. A list over the field whose
// entries are chosen by the arrows and taken by Enter or Tab; Esc sends it away. Comes when it is wanted first. The list stands in the
// field's own shadow root, because a field can only point at what is there (aria-activedescendant).
import { css, html, type TemplateResult } from 'lit'
import type { IdentityId } from '../../core/ids.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { findPictures, inTone, pictureKinds } from '../emoji/pictures.ts'
import { t } from '../locales/index.ts'
import type { TypedWord } from './typed-word.ts'
import '../locales/later.ts'

/** Suggestions shown at most. */
const most = 6

/** Somebody who can be named. */
export interface Nameable {
  readonly identity: IdentityId
  readonly name: string
}

interface Suggestion {
  readonly label: string
  /** What takes the place of what was typed. */
  readonly text: string
  readonly picture: TemplateResult
}

/** The suggestions for a word, best first. `tone` as in `inTone`. */
export const suggestionsFor = async (
  { mark, word }: TypedWord,
  people: readonly Nameable[],
  tone: number,
): Promise<readonly Suggestion[]> => {
  if (mark === ':')
    return findPictures(await pictureKinds(), word.replaceAll('_', ' '), most).map((picture) => {
      const emoji = inTone(picture, tone)
      return { label: picture.name, text: emoji, picture: html`<span class="picture" aria-hidden="true">${emoji}</span>` }
    })
  const wanted = word.toLocaleLowerCase()
  return people
    .filter(({ name }) =>
      name
        .toLocaleLowerCase()
        .split(/\s+/u)
        .some((part) => part.startsWith(wanted)),
    )
    .slice(0, most)
    .map(({ identity, name }) => ({ label: name, text: `@${name}`, picture: avatar(identity) }))
}

/** Where the list lies, and who is told. */
export interface SuggestionsHost {
  readonly root: ShadowRoot
  readonly changed: () => void
  /** Puts a text in the place of the word. */
  readonly take: (word: TypedWord, text: string) => void
}

export interface Suggestions {
  /** The word under way has changed; `undefined` when there is none any more. */
  typed(word: TypedWord | undefined, people: readonly Nameable[], tone: number): Promise<void>
  /** Whether a key was for the list. */
  key(event: KeyboardEvent): boolean
  /** The id of the chosen entry while there is a list. */
  readonly active: string | undefined
  list(): TemplateResult | undefined
}

export const createSuggestions = (host: SuggestionsHost): Suggestions => {
  const sheets = [avatarStyles, suggestionStyles].flatMap(({ styleSheet }) => styleSheet ?? [])
  host.root.adoptedStyleSheets = [...host.root.adoptedStyleSheets, ...sheets]
  let word: TypedWord | undefined
  let all: readonly Suggestion[] = []
  let chosen = 0
  const clear = (): void => {
    word = undefined
    all = []
    host.changed()
  }
  const take = (at: number): void => {
    const suggestion = all[at]
    const replaced = word
    clear()
    if (suggestion && replaced) host.take(replaced, `${suggestion.text} `)
  }
  return {
    typed: async (now, people, tone) => {
      word = now
      const found = now ? await suggestionsFor(now, people, tone) : []
      if (word !== now) return
      all = found
      chosen = 0
      host.changed()
    },
    key: ({ key }) => {
      if (all.length === 0) return false
      if (key === 'ArrowDown' || key === 'ArrowUp') chosen = (chosen + (key === 'ArrowDown' ? 1 : all.length - 1)) % all.length
      else if (key === 'Enter' || key === 'Tab') take(chosen)
      else if (key === 'Escape') clear()
      else return false
      host.changed()
      return true
    },
    get active() {
      return all.length === 0 ? undefined : `suggestion-${chosen}`
    },
    list: () =>
      all.length === 0
        ? undefined
        : html`<div id="suggestions" class="suggestions" role="listbox" aria-label=${t.suggestions}>
            ${all.map(
              ({ label, picture }, i) =>
                html`<div
                  id=${`suggestion-${i}`}
                  role="option"
                  aria-selected=${i === chosen ? 'true' : 'false'}
                  @pointerdown=${(event: Event) => event.preventDefault()}
                  @click=${() => take(i)}
                >
                  ${picture}<bdi>${label}</bdi>
                </div>`,
            )}
          </div>`,
  }
}

const suggestionStyles = css`
  .suggestions {
    --avatar: 1.5rem;
    padding: var(--space-2);
    border-block-end: 1px solid var(--line);
  }
  .suggestions [role='option'] {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-block-size: max(2.25rem, var(--target));
    padding-inline: var(--space-3);
    border-radius: var(--radius-m);
    cursor: pointer;
  }
  .suggestions bdi {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .suggestions .picture {
    inline-size: 1.5rem;
    font-size: 1.25rem;
    text-align: center;
  }
  .suggestions [aria-selected='true'] {
    background: var(--lifted);
  }
  @media (forced-colors: active) {
    .suggestions [aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
`
