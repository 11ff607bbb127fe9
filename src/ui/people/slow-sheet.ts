// <parley-slow-sheet>: how long everybody waits between two messages, but for those who look after the group, and what that cannot promise.
// Asks `set-slow`, once, when it is saved.
import type { ConversationView } from '../../ports/queries.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { SpanSheet, type SpanWords } from './span-sheet.ts'

export class ParleySlowSheet extends SpanSheet {
  /** Off, and from ten seconds to an hour. */
  readonly usual = [0, 10, 30, 60, 300, 900, 3_600]

  get heading(): string {
    return t.slow
  }

  get words(): SpanWords {
    return { name: 'slow', legend: t.slowBetween, none: t.slowOff, text: t.slowText, save: t.save }
  }

  present({ slow }: ConversationView): number {
    return slow
  }

  save(seconds: number): void {
    ask(this, 'set-slow', seconds)
  }
}

customElements.define('parley-slow-sheet', ParleySlowSheet)
