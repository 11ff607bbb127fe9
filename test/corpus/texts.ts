// The corpus: texts that mean harm or ask much of a screen, each by a name that says what it is. Whatever takes a person's text takes all of
// them: names, groups, messages, requests, searches, notifications (test/ui/corpus), and the way from one device to another
// (test/services/corpus).
import { markup } from './markup.ts'
import { unicode } from './unicode.ts'

export interface Named {
  readonly name: string
  readonly text: string
}

export const corpus: readonly Named[] = [...markup, ...unicode]
