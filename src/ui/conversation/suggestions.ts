// What is offered while somebody writes: pictures after a colon and two letters, people after an at sign. A list over the field whose
// entries are chosen by the arrows and taken by Enter or Tab; Esc sends it away. Comes when it is wanted first. The list stands in the
// field's own shadow root, because a field can only point at what is there (aria-activedescendant).
import { css, html, type TemplateResult } from 'lit'
import type { ConversationId, IdentityId } from '../../core/ids.ts'
import type { TemplateView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon, type IconName } from '../elements/icons.ts'
import type { Attachment } from '../events.ts'
import { findPictures, inTone, pictureKinds } from '../emoji/pictures.ts'
import { t } from '../locales/index.ts'
import { slashCommands, type SlashCommand } from './slash.ts'
import type { TypedWord } from './typed-word.ts'
import '../locales/later.ts'

/** Suggestions shown at most. */
const most = 6

/** Somebody who can be named, or all of them. */
export interface Nameable {
  readonly identity: IdentityId | ConversationId
  readonly name: string
  /** What others know them by, where that is another name. */
  readonly ownName?: string
  readonly isAll?: true
}

/** What can be offered. */
export interface Offered {
  readonly people: readonly Nameable[]
  readonly templates: readonly TemplateView[]
  /** The skin tone of pictures, as in `inTone`. */
  readonly tone: number
  /** In a thread only texts are written. */
  readonly inThread: boolean
}

interface Suggestion {
  readonly label: string
  /** What it does. */
  readonly about?: string
  /** What it opens in place of a text. */
  readonly attach?: Attachment
  /** What takes the place of what was typed. */
  readonly text: string
  readonly picture: TemplateResult
}

/** The suggestions for a word, best first. */
const suggestionsFor = async (
  { mark, word }: TypedWord,
  { people, templates, tone, inThread }: Offered,
): Promise<readonly Suggestion[]> => {
  if (mark === '/') return slashSuggestions(word.toLocaleLowerCase(), templates, inThread)
  if (mark === ':')
    return findPictures(await pictureKinds(), word.replaceAll('_', ' '), most).map((picture) => {
      const emoji = inTone(picture, tone)
      return { label: picture.name, text: `${emoji} `, picture: html`<span class="picture" aria-hidden="true">${emoji}</span>` }
    })
  const wanted = word.toLocaleLowerCase()
  return people
    .filter(({ name, ownName = '' }) =>
      `${name} ${ownName}`
        .toLocaleLowerCase()
        .split(/\s+/u)
        .some((part) => part.startsWith(wanted)),
    )
    .slice(0, most)
    .map(({ identity, name, ownName = name, isAll }) => ({
      label: isAll ? `${name} · ${t.everybodyHere}` : name,
      text: `@${ownName} `,
      picture: avatar(identity, isAll ? 'group' : 'direct'),
    }))
}

/** Commands by how they begin, and own texts by any word of theirs. */
const slashSuggestions = (word: string, templates: readonly TemplateView[], inThread: boolean): readonly Suggestion[] => [
  ...slashCommands
    .filter((command) => command.startsWith(word) && !(inThread && isAttachment(command)))
    .map((command) => ({
      label: `/${command}`,
      about: t.slash[command],
      ...(isAttachment(command) ? { text: '', attach: command } : { text: `/${command} ` }),
      picture: html`<span class="picture" aria-hidden="true">${icon(commandIcons[command])}</span>`,
    })),
  ...templates
    .filter(({ text }) =>
      text
        .toLocaleLowerCase()
        .split(/\s+/u)
        .some((part) => part.startsWith(word)),
    )
    .slice(0, most)
    .map(({ text }) => ({ label: text, text, picture: html`<span class="picture" aria-hidden="true">${icon('template')}</span>` })),
]

const isAttachment = (command: SlashCommand): command is SlashCommand & Attachment =>
  command === 'poll' || command === 'place' || command === 'card'

const commandIcons = {
  me: 'person',
  shrug: 'smile',
  spoiler: 'eye',
  poll: 'poll',
  place: 'place',
  card: 'card',
} as const satisfies Record<SlashCommand, IconName>

/** Where the list lies, and who is told. */
export interface SuggestionsHost {
  readonly root: ShadowRoot
  readonly changed: () => void
  /** Puts a text in the place of the word. */
  readonly take: (word: TypedWord, text: string) => void
  readonly attach: (what: Attachment) => void
}

export interface Suggestions {
  /** The word under way has changed; `undefined` when there is none any more. */
  typed(word: TypedWord | undefined, offered: Offered): Promise<void>
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
    if (!suggestion || !replaced) return
    host.take(replaced, suggestion.text)
    if (suggestion.attach !== undefined) host.attach(suggestion.attach)
  }
  return {
    typed: async (now, offered) => {
      word = now
      const found = now ? await suggestionsFor(now, offered) : []
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
              ({ label, about, picture }, i) =>
                html`<div
                  id=${`suggestion-${i}`}
                  role="option"
                  aria-selected=${i === chosen ? 'true' : 'false'}
                  @pointerdown=${(event: Event) => event.preventDefault()}
                  @click=${() => take(i)}
                >
                  ${picture}<bdi>${label}</bdi>${about === undefined ? '' : html`<small>${about}</small>`}
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
  .suggestions small {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--ink-soft);
  }
  .suggestions:dir(rtl) bdi {
    text-align: right;
  }
  .suggestions .picture .icon {
    display: block;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin-inline: auto;
    color: var(--ink-soft);
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
