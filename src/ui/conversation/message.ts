// One message as a template (not an element: a thousand of them must lay out in one go). Everything a person typed goes through text
// bindings and <bdi>/dir=auto; the article's name says author, text, time and state.
import { html, nothing, type TemplateResult } from 'lit'
import type { EventId } from '../../core/ids.ts'
import type { Delivery, DeliveryView, MessageView, SendWhen } from '../../ports/queries.ts'
import { avatar, hueOf } from '../elements/avatar.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { listNames, shownName } from '../elements/names.ts'
import { fullTime, momentOf, timeOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'
import { markdown } from './markdown.ts'
import type { Overdue } from './overdue.ts'
import { plainText, withoutSpoilers } from './plain.ts'

/** How a message is to be drawn. */
export interface MessageLooks {
  readonly first: boolean
  readonly last: boolean
  /** In a group: names and faces. */
  readonly named: boolean
  /** Why it is shown as not sent. */
  readonly overdue: Overdue | undefined
  /** Time and state are always visible, not only on hover. */
  readonly telling: boolean
  readonly jumped: boolean
  readonly tabbable: boolean
  /** Nothing can be said about it any more. */
  readonly still: boolean
  /** Whoever may not write here votes for nothing. */
  readonly mayVote: boolean
  /** Whether it is among those selected; undefined while none are. */
  readonly selected: boolean | undefined
}

/** Whom its controls tell. */
export interface MessageAnswers {
  readonly onQuote: (id: EventId) => void
  readonly onThread: () => void
  readonly onTakeBack: () => void
  readonly onReact: (emoji: string) => void
  readonly onMore: (event: MouseEvent, react: boolean) => void
}

export type MessageFrame = MessageLooks & MessageAnswers

const stateIcons: Record<Delivery, IconName> = { waiting: 'clock', carried: 'parcel', delivered: 'check', read: 'checkCheck' }

/** A delivery state with its icon and word, and by how many it is carried. */
export const deliveryTemplate = ({ state, carriers }: Pick<DeliveryView, 'state' | 'carriers'>): TemplateResult =>
  html`<span class="state ${state}">${icon(stateIcons[state])}${
    state === 'carried' && carriers !== undefined ? t.carriedBy(carriers) : t.delivery[state]
  }</span>`

/** Times that are this near (milliseconds) are no appointment: the text waits only to be taken back. */
const momentMs = 60_000

const goesOut = (when: SendWhen): string => {
  if (when.kind === 'here') return t.goesOutWhenHere
  const now = Date.now()
  if (when.at - now < momentMs) return t.goesOutSoon
  return t.goesOutAt(momentOf(when.at, now))
}

/** What has not gone out yet says when it will, and can be taken back. */
const laterTemplate = (when: SendWhen, takeBack: () => void): TemplateResult =>
  html`<span class="state">${icon('timer')}${goesOut(when)}</span>
    <button class="take-back" type="button" tabindex="-1" @click=${takeBack}>${t.takeBack}</button>`

/** What is said in the place of a message that was taken back, or away. */
export const deletedWords = ({ deletedBy }: MessageView): string => {
  if (deletedBy === undefined) return t.deleted
  return deletedBy.isMe ? t.deletedByYou : t.deletedBy(shownName(deletedBy.name, t.someone))
}

/** What it says, aloud: covered words stay covered. */
const wordsOf = (message: MessageView): string => {
  const { deleted, place, poll, text } = message
  if (deleted) return deletedWords(message)
  if (place || poll) return `${place ? t.place : t.poll}: ${text}`
  return withoutSpoilers(text, t.spoiler)
}

/** The accessible name of a message: author, text, time, state. */
export const messageName = (message: MessageView): string =>
  t.articleName(
    message.author.isMe ? t.you : shownName(message.author.name, t.someone),
    wordsOf(message),
    message.late ? `${timeOf(message.at)} ${t.late}` : timeOf(message.at),
    [
      message.callsMe && t.callsYou,
      message.pinned && t.pinnedMessage,
      message.starred && t.starredMessage,
      message.replies && t.replies(message.replies.count),
      message.fades && t.disappears(spanOf(message.fades.lifetime)),
      message.delivery && t.delivery[message.delivery.state],
      message.later && goesOut(message.later.when),
    ]
      .filter(Boolean)
      .join(', '),
  )

const quoteTemplate = (message: MessageView, frame: MessageFrame) => {
  const quote = message.replyTo
  if (!quote || message.deleted) return nothing
  // Of what has disappeared nobody says any more whose it was.
  if (quote.gone) return html`<p class="quote"><span>${t.gone}</span></p>`
  const author = shownName(quote.author, t.someone)
  const text = plainText(quote.text)
  return html`<button
    class="quote"
    type="button"
    tabindex="-1"
    @click=${() => frame.onQuote(quote.id)}
  >
    <span class="hidden-text">${t.inReplyTo(author, text)}</span><b aria-hidden="true"><bdi>${author}</bdi></b
    ><span dir="auto" aria-hidden="true">${text}</span>
  </button>`
}

const reactionsTemplate = (message: MessageView, frame: MessageFrame) =>
  message.reactions.length === 0
    ? nothing
    : html`<div class="reactions">
        ${message.reactions.map(
          ({ emoji, by, mine }) =>
            html`<button
              class="reaction ${mine ? 'chosen' : ''}"
              type="button"
              tabindex="-1"
              ?disabled=${frame.still}
              aria-pressed=${mine ? 'true' : 'false'}
              title=${listNames(by.map((name) => shownName(name, t.someone)))}
              @click=${() => frame.onReact(emoji)}
            >
              <span>${emoji}</span><span>${by.length}</span
              ><span class="hidden-text">${listNames(by.map((name) => shownName(name, t.someone)))}</span>
            </button>`,
        )}
      </div>`

/** The whole row. */
export const messageTemplate = (message: MessageView, frame: MessageFrame): TemplateResult => {
  const { author, delivery } = message
  const mine = author.isMe
  const classes = [
    'row',
    mine ? 'mine' : '',
    frame.first ? 'first' : '',
    frame.last ? 'last' : '',
    frame.named ? 'spaced' : '',
    frame.telling ? 'telling' : '',
    frame.jumped ? 'jumped' : '',
    message.callsMe ? 'calls' : '',
    frame.selected === undefined ? '' : 'choosing',
    frame.selected ? 'selected' : '',
  ]
  return html`<div class=${classes.filter(Boolean).join(' ')}>
    ${frame.selected === undefined ? nothing : html`<span class="tick">${frame.selected ? icon('check') : nothing}</span>`}
    ${frame.named && frame.last && !mine ? avatar(author.identity) : nothing}
    <article
      data-id=${message.id}
      tabindex=${frame.tabbable ? '0' : '-1'}
      aria-label=${[messageName(message), frame.selected && t.selected, frame.overdue && t.notSent].filter(Boolean).join(', ')}
      aria-keyshortcuts="Shift+F10"
    >
      ${
        frame.named && frame.first && !mine
          ? html`<span class="author name-${hueOf(author.identity)}"><bdi>${shownName(author.name, t.someone)}</bdi></span>`
          : nothing
      }
      ${quoteTemplate(message, frame)}
      ${
        message.deleted
          ? html`<div class="text deleted"><p>${deletedWords(message)}</p></div>`
          : message.place || message.card !== undefined
            ? nothing
            : html`<div class="text" dir="auto">${markdown(message.text)}</div>`
      }
      ${message.place ? html`<parley-place .place=${message.place}></parley-place>` : nothing}
      ${message.card === undefined ? nothing : html`<parley-contact-card .person=${author} .link=${message.card}></parley-contact-card>`}
      ${message.poll && !message.deleted ? html`<parley-poll .message=${message} .still=${frame.still} .barred=${!frame.mayVote}></parley-poll>` : nothing}
      ${reactionsTemplate(message, frame)}
      ${message.replies ? html`<parley-thread-line .replies=${message.replies} @click=${frame.onThread}></parley-thread-line>` : nothing}
      <div class="meta">
        ${message.late ? html`<span class="late">${icon('hourglass')}${t.late}</span>` : nothing} ${message.edited && !message.deleted ? html`<span>${t.edited}</span>` : nothing}
        ${message.pinned ? html`<span class="mark" title=${t.pinnedMessage}>${icon('pin')}</span>` : nothing}
        ${message.starred ? html`<span class="mark" title=${t.starredMessage}>${icon('star')}</span>` : nothing}
        ${message.fades ? html`<parley-fading .at=${message.fades.at}></parley-fading>` : nothing}
        <time datetime=${new Date(message.at).toISOString()} title=${fullTime(message.at)}>${timeOf(message.at)}</time>
        ${delivery ? deliveryTemplate(delivery) : nothing} ${message.later ? laterTemplate(message.later.when, frame.onTakeBack) : nothing}
      </div>
      ${frame.overdue ? html`<parley-not-sent .why=${frame.overdue} .message=${message.id}></parley-not-sent>` : nothing}
      ${
        message.deleted || message.later || frame.selected !== undefined
          ? nothing
          : html`<div class="tools">
            ${
              frame.still
                ? nothing
                : html`<button
                  class="icon-button"
                  type="button"
                  tabindex="-1"
                  aria-label=${t.actions.react}
                  @click=${(event: MouseEvent) => frame.onMore(event, true)}
                >
                  ${icon('smile')}
                </button>`
            }
            <button
              class="icon-button"
              type="button"
              tabindex="-1"
              aria-label=${t.moreActions}
              @click=${(event: MouseEvent) => frame.onMore(event, false)}
            >
              ${icon('ellipsis')}
            </button>
          </div>`
      }
    </article>
  </div>`
}
