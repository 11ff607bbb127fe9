// Every element in every state, drawn by the page's own templates and styles.
import { html, type CSSResult, type TemplateResult } from 'lit'
import type { EventId } from '../../../src/core/ids.ts'
import type { ConversationSummary, Delivery, MessageView, NoticeView } from '../../../src/ports/queries.ts'
import { messageTemplate, type MessageFrame } from '../../../src/ui/conversation/message.ts'
import { messageStyles } from '../../../src/ui/conversation/message-styles.ts'
import { listStyles } from '../../../src/ui/conversation/list-styles.ts'
import { noticeTemplate } from '../../../src/ui/conversation/notice.ts'
import '../../../src/ui/conversation/fading.ts'
import '../../../src/ui/conversation/poll.ts'
import { rowStyles, rowTemplate } from '../../../src/ui/conversation-list/conversation-row.ts'
import { avatar, avatarStyles } from '../../../src/ui/elements/avatar.ts'
import { badgeStyles, verifiedBadge } from '../../../src/ui/elements/badge.ts'
import { iconPaths } from '../../../src/ui/elements/icon-paths.ts'
import { iconPathsLater } from '../../../src/ui/elements/icon-paths-later.ts'
import { icon, type IconName } from '../../../src/ui/elements/icons.ts'
import { problemLine } from '../../../src/ui/elements/problem.ts'
import { statusPill, statusPillStyles } from '../../../src/ui/elements/status-pill.ts'
import { choiceRow, choiceRowStyles } from '../../../src/ui/settings/choice-row.ts'
import { sample, sampleStyles } from '../../../src/ui/settings/looks-sample.ts'
import { light } from '../../../src/ui/styles/colors.ts'
import { switches } from '../../../src/ui/styles/switches.ts'
import { previewStyles, previewTemplate } from '../../../src/ui/onboarding/preview.ts'
import '../../../src/ui/locales/later.ts'
import { roleStyles } from './role-styles.ts'
import { restingFrame } from '../playground/frame.ts'
import { scenes } from '../playground/scenes.ts'
import { createWorld, idOf, person } from '../playground/world.ts'

interface Part {
  readonly name: string
  readonly states: readonly (readonly [string, TemplateResult])[]
}

const nothing = (): void => undefined
const [alice, bob] = [person('Alice', true), person('Bob')]

const messages = (): Part => {
  const world = createWorld(alice)
  const room = world.addRoom('group', 'Gallery', [bob])
  const said = (who: typeof bob, text: string, extra: Partial<MessageView> = {}, frame: Partial<MessageFrame> = {}) =>
    messageTemplate(world.say(room, who, text, extra), { ...restingFrame, ...frame })
  const mine = (state: Delivery) =>
    said(alice, 'On my way', { delivery: { state, have: 1, of: 2, ...(state === 'carried' ? { carriers: 2 } : {}) } })
  const day = Date.now() + 86_400_000
  return {
    name: 'Messages',
    states: [
      ['of somebody else', said(bob, 'Morning! Are we **still** on for `07:12`?')],
      ['waiting', mine('waiting')],
      ['carried', mine('carried')],
      ['delivered', mine('delivered')],
      ['read', mine('read')],
      ['a quote', said(bob, 'Fine with me', { replyTo: { id: idOf<EventId>('q'), author: 'Alice', text: 'The early train?' } })],
      [
        'reactions',
        said(bob, 'I bring coffee', {
          reactions: [
            { emoji: '👍', by: ['Alice'], mine: true },
            { emoji: '❤️', by: ['Bob', 'Carol'], mine: false },
          ],
        }),
      ],
      [
        'edited, late, pinned, starred',
        said(bob, 'At the bridge', { edited: true, late: true, pinned: { by: alice, at: 0 }, starred: true } as never),
      ],
      ['deleted', said(bob, '', { deleted: true })],
      ['disappears', said(bob, 'The code is 4417', { fades: { at: day, lifetime: 86_400 } })],
      ['goes out later', said(alice, 'Happy birthday!', { later: { n: 1, when: { kind: 'at', at: day } } } as never)],
      ['selected', said(bob, 'This one', {}, { selected: true })],
      ['not selected', said(bob, 'Not this one', {}, { selected: false })],
      ['code, list, quotation', said(bob, '> as you said\n\n- one\n- two\n\n```\nconst sum = (a, b) => a + b\n```')],
      ['a link that lies', said(bob, '[https://bank.example](https://evil.example/login)')],
      [
        'a poll',
        said(bob, 'When?', {
          poll: {
            closed: false,
            tooLate: 0,
            multiple: false,
            voters: 2,
            options: [
              { text: 'Saturday', by: ['Alice', 'Bob'], mine: true },
              { text: 'Sunday', by: [], mine: false },
            ],
          },
        }),
      ],
      ['from the right', said(bob, 'صباح الخير، هل ما زلنا على الموعد؟')],
    ],
  }
}

const notices = (): Part => {
  const world = scenes.trust()
  const all = world.rooms.flatMap((room) => room.items.filter((item): item is NoticeView => item.kind === 'notice'))
  return { name: 'Lines between messages', states: all.map((item) => [item.notice.kind, noticeTemplate(item, nothing)]) }
}

const rows = async (): Promise<Part> => {
  const { queries } = scenes.lively()
  const all = await new Promise<readonly ConversationSummary[]>((resolve) => void queries.conversations().subscribe(resolve))
  return {
    name: 'Conversations in the list',
    states: all.map((summary) => [summary.title, rowTemplate(summary, summary.unread > 0, Date.now(), nothing)]),
  }
}

const field = (label: string, more: TemplateResult): TemplateResult => html`<label>${label}${more}</label>`

/** In the order in which they are shown. Call it anew for each drawing. */
export const elementParts = async (): Promise<readonly Part[]> => [
  {
    name: 'Buttons',
    states: [
      ['primary', html`<button class="button primary" type="button">Get started</button>`],
      ['quiet', html`<button class="button" type="button">Not now</button>`],
      ['plain', html`<button class="button plain" type="button">${icon('trash')}Erase this device</button>`],
      ['danger', html`<button class="button danger" type="button">Remove</button>`],
      ['disabled', html`<button class="button primary" type="button" disabled>Sending</button>`],
      ['icon alone', html`<button class="icon-button" type="button" aria-label="More">${icon('ellipsis')}</button>`],
    ],
  },
  {
    name: 'Fields',
    states: [
      ['empty', field('Your name', html`<input placeholder="Alice" />`)],
      ['filled', field('Group name', html`<input value="Saturday hike" />`)],
      [
        'in error',
        html`${field('Your name', html`<input aria-invalid="true" />`)}${problemLine('Type a name first: it is what others see.')}`,
      ],
      ['disabled', field('Your name', html`<input value="Alice" disabled />`)],
      ['several lines', field('First words', html`<textarea rows="2">Hello, I am Bob</textarea>`)],
      ['of several', field('Language', html`<select><option>English</option></select>`)],
      [
        'a switch, on',
        html`<label class="switch"><input type="checkbox" role="switch" checked /><span>Say when I am typing</span></label>`,
      ],
      ['a switch, off', html`<label class="switch"><input type="checkbox" role="switch" /><span>Say when I am typing</span></label>`],
      [
        'a row of choices',
        choiceRow(
          'gallery',
          'Theme',
          ['Like the device', 'Light', 'Dark'].map((label) => ({ value: label, label })),
          'Light',
          nothing,
        ),
      ],
    ],
  },
  {
    name: 'Connection',
    states: (['direct', 'relayed', 'ready', 'connecting', 'offline'] as const).map((state) => [
      state,
      statusPill({ state, nodes: [], links: [], waiting: state === 'offline' ? 3 : 0, soon: 0, hidden: false, troubles: [] }, nothing),
    ]),
  },
  {
    name: 'Faces and marks',
    states: [
      ...['Alice', 'Bob', 'Carol', 'Dave'].map((name) => [name, avatar(person(name).identity)] as const),
      ['a group', avatar(idOf('Saturday hike'), 'group')],
      ['verified', html`<span>Bob ${verifiedBadge()}</span>`],
    ],
  },
  messages(),
  notices(),
  await rows(),
  {
    name: 'Invites',
    states: [
      ...(['group', 'direct', 'contact'] as const).map(
        (kind) => [kind, previewTemplate({ kind, title: 'Saturday hike', inviter: 'Carol', confirmed: kind === 'group' }, 'p')] as const,
      ),
      ['cannot be used', html`${problemLine('This invite has been used up. Ask for a new one.')}`],
    ],
  },
  { name: 'Looks', states: [['a sample of the settings', sample()]] },
  {
    name: 'Colours',
    states: Object.keys(light)
      .map((role) => role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
      .map(
        (role) =>
          [
            role,
            html`<svg width="140" height="40" aria-hidden="true"><rect class=${`role-${role}`} width="100%" height="40" rx="6"></rect></svg>`,
          ] as const,
      ),
  },
  {
    name: 'Icons',
    states: Object.keys({ ...iconPaths, ...iconPathsLater })
      .toSorted((a, b) => a.localeCompare(b))
      .map((name) => [name, icon(name as IconName)]),
  },
]

export const elementStyles: readonly CSSResult[] = [
  avatarStyles,
  badgeStyles,
  choiceRowStyles,
  listStyles,
  messageStyles,
  previewStyles,
  roleStyles,
  rowStyles,
  sampleStyles,
  statusPillStyles,
  switches,
]
