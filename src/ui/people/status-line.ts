// A status in full, and until when it holds.
import { html, nothing } from 'lit'
import type { StatusView } from '../../ports/queries.ts'
import { statusWords } from '../elements/presence-words.ts'
import { whenOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import '../locales/later.ts'

export const statusLine = (status: StatusView | undefined) => {
  if (status === undefined) return nothing
  const until = status.until === undefined ? nothing : html` <span class="soft">${t.statusUntil(whenOf(status.until, Date.now()))}</span>`
  return html`<p class="small"><bdi>${statusWords(status)}</bdi>${until}</p>`
}
