// A line between messages. Most are quiet; one that nobody may miss is loud, and leads to what can be done about it.
import { html, nothing } from 'lit'
import type { NoticeView, PersonView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { t } from '../locales/index.ts'
import { noticeWords } from './notice-words.ts'

/** `onCompare` shows the safety number with whom the alarm is about. */
export const noticeTemplate = (notice: NoticeView, onCompare: (person: PersonView) => void) => {
  const { alarm } = notice
  if (alarm === undefined) return html`<p class="notice" data-id=${notice.id}>${noticeWords(notice)}</p>`
  return html`<div class="alarm" data-id=${notice.id}>
    ${icon('alarm')}
    <div>
      <p>${noticeWords(notice)}</p>
      ${
        alarm.isMe
          ? nothing
          : html`<button class="button" type="button" @click=${() => onCompare(alarm)}>${icon('shield')}${t.compare}</button>`
      }
    </div>
  </div>`
}
