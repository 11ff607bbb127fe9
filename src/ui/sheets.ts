// <parley-sheets>: the sheet that lies over the page, app-level. Brings its code when it is first asked for, follows the rows that it
// shows, and turns what it asks into commands.
import { ContextConsumer } from '@lit/context'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { ConversationId, IdentityId } from '../core/ids.ts'
import { failure, type Failure, type Result } from '../core/result.ts'
import type { CommandProblem, InvitePreview } from '../ports/commands.ts'
import type { ConnectionView, ConversationView, InviteView, MessageDetailsView, PersonView, SafetyView } from '../ports/queries.ts'
import { depsContext } from './context.ts'
import { ask, type Ask, type Questions, type SheetRequest } from './events.ts'
import { LiveQuery } from './live-query.ts'
import { t } from './locales/index.ts'
import { previewInvite } from './preview-invite.ts'
import { settle } from './settle.ts'
import type { Theme } from './theme.ts'

const code: Record<SheetRequest['kind'], () => Promise<unknown>> = {
  new: () => import('./conversation-list/new-sheet.ts'),
  group: () => import('./conversation-list/group-sheet.ts'),
  invite: () => import('./conversation-list/invite-sheet.ts'),
  join: () => import('./onboarding/join-sheet.ts'),
  people: () => import('./people/people-sheet.ts'),
  person: () => import('./people/person-sheet.ts'),
  safety: () => import('./people/safety-sheet.ts'),
  rename: () => import('./people/rename-sheet.ts'),
  policy: () => import('./people/policy-sheet.ts'),
  details: () => import('./conversation/details-sheet.ts'),
  delete: () => import('./elements/confirm-sheet.ts'),
  connection: () => import('./settings/connection-sheet.ts'),
  settings: () => import('./settings/settings-sheet.ts'),
  shortcuts: () => import('./settings/shortcuts-sheet.ts'),
}

export class ParleySheets extends LitElement {
  static override properties = {
    sheet: { attribute: false },
    me: { attribute: false },
    connection: { attribute: false },
    theme: {},
    enterSends: { type: Boolean },
    problem: { state: true },
    busy: { state: true },
    link: { state: true },
    target: { state: true },
    preview: { state: true },
    saved: { state: true },
  }
  declare sheet: SheetRequest | undefined
  declare me: PersonView | undefined
  declare connection: ConnectionView | undefined
  declare theme: Theme
  declare enterSends: boolean
  declare problem: string | undefined
  declare busy: boolean
  /** The link that is shown (invite) or looked at (join). */
  declare link: string | undefined
  /** The conversation that the sheet is about. */
  declare target: ConversationId | undefined
  declare preview: InvitePreview | undefined
  declare saved: boolean
  #deps = new ContextConsumer(this, { context: depsContext })
  #conversation = new LiveQuery<ConversationView | undefined>(
    this,
    () => this.target,
    () => (this.target === undefined ? undefined : this.#deps.value?.queries.conversation(this.target)),
  )
  #invites = new LiveQuery<readonly InviteView[]>(
    this,
    () => (this.sheet?.kind === 'invite' ? this.target : undefined),
    () => (this.sheet?.kind === 'invite' && this.target !== undefined ? this.#deps.value?.queries.invites(this.target) : undefined),
  )
  #details = new LiveQuery<MessageDetailsView | undefined>(
    this,
    () => (this.sheet?.kind === 'details' ? this.sheet.message : undefined),
    () =>
      this.sheet?.kind === 'details' ? this.#deps.value?.queries.messageDetails(this.sheet.conversation, this.sheet.message) : undefined,
  )

  #safety = new LiveQuery<SafetyView | undefined>(
    this,
    () => (this.sheet?.kind === 'safety' ? this.sheet.person : undefined),
    () => (this.sheet?.kind === 'safety' ? this.#deps.value?.queries.safety(this.sheet.person) : undefined),
  )
  #blocked = new LiveQuery<readonly PersonView[]>(
    this,
    () => this.sheet?.kind === 'settings',
    () => (this.sheet?.kind === 'settings' ? this.#deps.value?.queries.blocked() : undefined),
  )

  constructor() {
    super()
    const on = <K extends keyof Questions>(type: K, answer: (detail: Questions[K]) => unknown): void =>
      this.addEventListener(type, (event) => void answer((event as Ask<K>).detail))
    on('create-group', (name) => this.#createGroup(name))
    on('preview-invite', (link) => this.#look(link))
    on('accept-invite', (link) => this.#join(link))
    on('rename-profile', (name) => this.#rename(name))
    on('leave-conversation', (id) => this.#leave(id))
    on('rename-group', ({ conversation, name }) => this.#andThen(this.#commands?.renameGroup(conversation, name), 'people'))
    on('set-policy', ({ conversation, policy }) => this.#andThen(this.#commands?.setPolicy(conversation, policy), 'people'))
    on('remove-member', ({ conversation, person }) => this.#andThen(this.#commands?.removeMember(conversation, person), 'people'))
    on('hand-over', ({ conversation, person }) => this.#andThen(this.#handOver(conversation, person), 'people'))
    on('set-role', ({ conversation, person, role }) => this.#run(this.#commands?.setRole(conversation, person, role)))
    on('set-verified', ({ person, verified }) => this.#run(this.#commands?.setVerified(person, verified)))
    on('set-courier', ({ person, on: wish }) => this.#run(this.#commands?.setCourier(person, wish)))
    on('set-blocked', ({ person, blocked }) => this.#block(person, blocked))
  }

  // Each wish has a sheet of its own: the end of the one before, which is told late, must not end the next.
  override render() {
    return keyed(this.sheet, this.#body())
  }

  #body() {
    const { sheet, problem, busy } = this
    const view = this.#conversation.value
    switch (sheet?.kind) {
      case undefined:
        return nothing
      case 'new':
        return html`<parley-new-sheet></parley-new-sheet>`
      case 'group':
        return html`<parley-group-sheet .problem=${problem} .busy=${busy}></parley-group-sheet>`
      case 'invite':
        return html`<parley-invite-sheet
          .link=${this.link}
          .conversation=${view}
          .invite=${this.#invites.value?.find((invite) => invite.link === this.link)}
          .problem=${problem}
        ></parley-invite-sheet>`
      case 'join':
        return html`<parley-join-sheet .link=${this.link} .preview=${this.preview} .problem=${problem} .busy=${busy}></parley-join-sheet>`
      case 'people':
        return html`<parley-people-sheet .conversation=${view} .problem=${problem}></parley-people-sheet>`
      case 'person':
        return html`<parley-person-sheet
          .conversation=${view}
          .person=${sheet.person}
          .problem=${problem}
          .busy=${busy}
        ></parley-person-sheet>`
      case 'safety':
        return html`<parley-safety-sheet
          .safety=${this.#safety.value}
          .conversation=${sheet.conversation}
          .problem=${problem}
          .busy=${busy}
        ></parley-safety-sheet>`
      case 'rename':
        return html`<parley-rename-sheet .conversation=${view} .problem=${problem} .busy=${busy}></parley-rename-sheet>`
      case 'policy':
        return html`<parley-policy-sheet .conversation=${view} .problem=${problem} .busy=${busy}></parley-policy-sheet>`
      case 'details':
        return html`<parley-details-sheet .details=${this.#details.value}></parley-details-sheet>`
      case 'delete':
        return html`<parley-confirm
          .heading=${t.deleteTitle}
          .text=${t.deleteText}
          .yes=${t.actions.delete}
          .no=${t.cancel}
          .problem=${problem}
          @confirm=${() => this.#delete(sheet)}
        ></parley-confirm>`
      case 'connection':
        return html`<parley-connection-sheet .connection=${this.connection}></parley-connection-sheet>`
      case 'settings':
        return html`<parley-settings-sheet
          .me=${this.me}
          .connection=${this.connection}
          .theme=${this.theme}
          .enterSends=${this.enterSends}
          .version=${this.#deps.value?.version ?? ''}
          .blocked=${this.#blocked.value ?? []}
          .problem=${problem}
          .saved=${this.saved}
        ></parley-settings-sheet>`
      case 'shortcuts':
        return html`<parley-shortcuts-sheet></parley-shortcuts-sheet>`
    }
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('sheet')) return
    const { sheet } = this
    this.problem = this.link = this.preview = undefined
    this.busy = this.saved = false
    this.target = sheet && 'conversation' in sheet ? sheet.conversation : undefined
    if (!sheet) return
    void code[sheet.kind]()
    if (sheet.kind === 'invite') void this.#invite(sheet)
    if (sheet.kind === 'join' && sheet.link !== undefined) void this.#look(sheet.link)
  }

  get #commands() {
    return this.#deps.value?.commands
  }

  // Runs a command for the sheet that is open; what comes after the sheet has changed is nobody's business any more.
  async #run<T, E extends Failure>(asked: Promise<Result<T, E>> | undefined): Promise<{ readonly value: T } | undefined> {
    const { sheet } = this
    if (!asked) return undefined
    this.busy = true
    this.problem = undefined
    const done = await settle(asked)
    if (sheet !== this.sheet) return undefined
    this.busy = false
    if (done.ok) return { value: done.value }
    this.problem = done.error.here
    return undefined
  }

  async #invite(sheet: SheetRequest & { readonly kind: 'invite' }): Promise<void> {
    const made = await this.#run(this.#commands?.createInvite(sheet.conversation))
    if (!made) return
    this.link = made.value.link
    this.target = made.value.conversation
  }

  async #look(link: string): Promise<void> {
    const { sheet } = this
    this.link = link
    this.preview = this.problem = undefined
    const commands = this.#commands
    if (!commands) return
    const isCurrent = (): boolean => this.sheet === sheet && this.link === link
    const problem = await previewInvite(commands, link, (preview) => {
      if (isCurrent()) this.preview = preview
    })
    if (isCurrent() && problem !== undefined) this.problem = problem
  }

  async #join(link: string): Promise<void> {
    const joined = await this.#run(this.#commands?.joinInvite(link))
    if (joined) ask(this, 'open-conversation', joined.value)
  }

  async #createGroup(name: string): Promise<void> {
    const made = await this.#run(this.#commands?.createGroup(name))
    if (made) ask(this, 'open-conversation', made.value)
  }

  async #rename(name: string): Promise<void> {
    this.saved = false
    if (await this.#run(this.#commands?.renameProfile(name))) this.saved = true
  }

  async #leave(id: ConversationId): Promise<void> {
    if (await this.#run(this.#commands?.leave(id))) ask(this, 'close-sheet')
  }

  /** Runs a command that ends what the sheet is for, then goes back to the sheet before it. */
  async #andThen<E extends Failure>(asked: Promise<Result<void, E>> | undefined, next: 'people'): Promise<void> {
    const { target } = this
    if ((await this.#run(asked)) && target !== undefined) ask(this, 'open-sheet', { kind: next, conversation: target })
  }

  // Owners first, so that there is one at every moment.
  async #handOver(conversation: ConversationId, person: IdentityId): Promise<Result<void, CommandProblem>> {
    const { me } = this
    const commands = this.#commands
    if (!commands || !me) return { ok: false, error: failure('not-allowed', t.unexpected) }
    const made = await commands.setRole(conversation, person, 'owner')
    return made.ok ? commands.setRole(conversation, me.identity, 'moderator') : made
  }

  // A direct conversation is hidden with the person: its sheets have nothing to be about any more.
  async #block(person: IdentityId, blocked: boolean): Promise<void> {
    const isDirect = this.#conversation.value?.kind === 'direct'
    if ((await this.#run(this.#commands?.setBlocked(person, blocked))) && blocked && isDirect) ask(this, 'close-sheet')
  }

  async #delete(sheet: SheetRequest & { readonly kind: 'delete' }): Promise<void> {
    if (await this.#run(this.#commands?.deleteMessage(sheet.conversation, sheet.message))) ask(this, 'close-sheet')
  }
}

customElements.define('parley-sheets', ParleySheets)
