// What a message that begins with a slash stands for. A few words that people know from elsewhere; what is none of them is sent as it was typed.
// Pure.
import type { Attachment } from '../events.ts'

/** Each with what follows it: words that are needed, none, or as one likes. */
export const slashCommands = ['me', 'shrug', 'spoiler', 'poll', 'place', 'card'] as const
export type SlashCommand = (typeof slashCommands)[number]

export type Slashed =
  | { readonly kind: 'say'; readonly text: string }
  /** Something is to be attached, and nothing to be said. */
  | { readonly kind: 'attach'; readonly what: Attachment }

/** With the backslashes that keep its arms as they are. */
const shrug = '¯\\\\_(ツ)\\_/¯'

/** What is to be done with a text; `name` is of whoever says it. */
export const slashed = (text: string, name: string): Slashed => {
  const [, command, rest = ''] = /^\/(\p{L}+)(?:\s+([^]*))?$/u.exec(text) ?? []
  const words = rest.trim()
  switch (command?.toLowerCase()) {
    case 'me':
      return { kind: 'say', text: words === '' ? text : `*${name} ${words}*` }
    case 'shrug':
      return { kind: 'say', text: words === '' ? shrug : `${words} ${shrug}` }
    case 'spoiler':
      return { kind: 'say', text: words === '' ? text : `||${words}||` }
    case 'poll':
    case 'place':
    case 'card':
      return words === '' ? { kind: 'attach', what: command.toLowerCase() as Attachment } : { kind: 'say', text }
    default:
      return { kind: 'say', text }
  }
}
