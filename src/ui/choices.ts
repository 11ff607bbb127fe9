// What somebody has chosen about this screen, read from the preferences: one name each, and what an unknown or absent value means.
import type { Preferences } from '../ports/preferences.ts'
import { isColor } from './styles/own-accent.ts'
import { lookOf, themeOf, type Looks, type Theme } from './theme.ts'

export interface Choices extends Looks {
  readonly theme: Theme
  /** The colour of an accent of one's own, `#rrggbb`; it counts while `accent` is `own`. */
  readonly ownAccent: string
  /** A language's tag; undefined is what the browser prefers. */
  readonly language: string | undefined
  /** `undefined`: as the device suggests. */
  readonly enterSends: boolean | undefined
  /** `undefined`: nobody was asked yet. */
  readonly notify: boolean | undefined
  /** Notifications say neither who nor what. */
  readonly hideContent: boolean
  readonly sound: boolean
  /** Every day from one time to another, as `22:00`; undefined when there are no quiet hours. */
  readonly quiet: { readonly from: string; readonly until: string } | undefined
  /** Do not disturb until this moment: milliseconds since 1970. */
  readonly silentUntil: number
  /** Words that are told of also in muted conversations. */
  readonly keywords: readonly string[]
  /** The skin tone of pictures: 0 is none, 1 the lightest of five. */
  readonly tone: number
  /** For how long one's own messages wait before they go out, so that they can be taken back: seconds. */
  readonly undoSeconds: number
  /** Pictures that were picked lately, the last one first. */
  readonly recentEmoji: readonly string[]
}

/** The names under which choices are remembered. */
export type ChoiceName =
  | 'theme'
  | 'contrast'
  | 'accent'
  | 'text'
  | 'density'
  | 'bubbles'
  | 'wallpaper'
  | 'own-accent'
  | 'language'
  | 'enter-sends'
  | 'notify'
  | 'hide-content'
  | 'sound'
  | 'quiet'
  | 'silent-until'
  | 'keywords'
  | 'tone'
  | 'undo'
  | 'recent-emoji'

/** Where somebody begins who wants a colour of their own. */
const usualOwnAccent = '#2e7d4f'

const flagOf = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : value === 'yes')

/** How a yes or no is remembered. */
export const flag = (value: boolean): string => (value ? 'yes' : 'no')

const quietOf = (value: string | undefined): Choices['quiet'] => {
  const [, from, until] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(value ?? '') ?? []
  return from === undefined || until === undefined ? undefined : { from, until }
}

export const readChoices = ({ read }: Pick<Preferences, 'read'>): Choices => {
  const value = (name: ChoiceName): string | undefined => read(name)
  return {
    theme: themeOf(value('theme')),
    contrast: lookOf('contrast', value('contrast')),
    accent: lookOf('accent', value('accent')),
    text: lookOf('text', value('text')),
    density: lookOf('density', value('density')),
    bubbles: lookOf('bubbles', value('bubbles')),
    wallpaper: lookOf('wallpaper', value('wallpaper')),
    ownAccent: ((color) => (isColor(color) ? color : usualOwnAccent))(value('own-accent')),
    // A choice that was taken back is remembered as nothing.
    language: value('language') === '' ? undefined : value('language'),
    enterSends: flagOf(value('enter-sends')),
    notify: flagOf(value('notify')),
    hideContent: flagOf(value('hide-content')) ?? false,
    sound: flagOf(value('sound')) ?? true,
    quiet: quietOf(value('quiet')),
    silentUntil: Number(value('silent-until')) || 0,
    keywords: (value('keywords') ?? '')
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    tone: Math.min(5, Math.max(0, Number(value('tone')) || 0)),
    undoSeconds: Math.min(30, Math.max(0, Number(value('undo')) || 0)),
    recentEmoji: (value('recent-emoji') ?? '').split(' ').filter((emoji) => emoji !== ''),
  }
}

/** Preferences for a visit alone, where a browser keeps nothing. */
export const createPassingPreferences = (): Preferences => {
  const values = new Map<string, string>()
  return { read: (name) => values.get(name), write: (name, value) => void values.set(name, value) }
}
