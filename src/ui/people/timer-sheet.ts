// <parley-timer-sheet>: after which time new messages disappear from all devices, and what that cannot promise. Asks `set-timer`, once, when
// it is saved.
import type { ConversationView } from '../../ports/queries.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { SpanSheet, type SpanWords } from './span-sheet.ts'

export class ParleyTimerSheet extends SpanSheet {
  /** Never, and from half a minute to four weeks. */
  readonly usual = [0, 30, 300, 3_600, 8 * 3_600, 86_400, 7 * 86_400, 28 * 86_400]

  get heading(): string {
    return t.timer
  }

  get words(): SpanWords {
    return { name: 'timer', legend: t.timerAfter, none: t.timerNever, text: t.timerText, save: t.timerSave }
  }

  present({ timer }: ConversationView): number {
    return timer
  }

  save(seconds: number): void {
    ask(this, 'set-timer', seconds)
  }
}

customElements.define('parley-timer-sheet', ParleyTimerSheet)
