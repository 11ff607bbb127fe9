// <parley-policy-sheet>: who may invite, write and pin, how newcomers come in and what they see. Asks `set-policy`, once, when it is saved.
import { html } from 'lit'
import { historyGrants, isAtLeast, roles, type Policy, type Role } from '../../core/members/role.ts'
import type { ConversationView } from '../../ports/queries.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { choicesStyles, choicesTemplate, type Choice } from './choices.ts'
import { problemLine } from '../elements/problem.ts'

/** Readers only read: that they may do what members may is shown only where somebody has said so. */
const leastChoices = (now: Role): readonly Choice<Role>[] =>
  roles.filter((role) => role !== 'reader' || now === 'reader').map((role) => ({ value: role, label: t.least[role] }))

export class ParleyPolicySheet extends SheetElement {
  static override properties = {
    conversation: { attribute: false },
    problem: {},
    busy: { type: Boolean },
    wish: { state: true },
    asked: { state: true },
  }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare busy: boolean
  /** What was chosen and is not saved yet. */
  declare wish: Partial<Policy> | undefined
  /** Whether newcomers are to be approved first. */
  declare asked: boolean | undefined

  static override styles = [...sheetStyles, fields, choicesStyles]

  get heading(): string {
    return t.rules
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.conversation && { kind: 'people', conversation: this.conversation.id }
  }

  body() {
    const view = this.conversation
    if (!view) return undefined
    const approval = this.asked ?? view.approval
    const chosen = { ...view.policy, ...this.wish }
    // Whoever is approved first is let in by nobody else.
    const policy = approval && !isAtLeast(chosen.invite, 'moderator') ? { ...chosen, invite: 'moderator' as const } : chosen
    const inviters = leastChoices(view.policy.invite).filter(({ value }) => !approval || isAtLeast(value, 'moderator'))
    const choose = (wish: Partial<Policy>): void => {
      this.wish = { ...this.wish, ...wish }
    }
    const save = (event: Event): void => {
      event.preventDefault()
      ask(this, 'set-policy', { conversation: view.id, policy, approval })
    }
    return html`<form @submit=${save}>
      ${choicesTemplate(
        'newcomers',
        t.newcomers,
        [
          { value: 'open', label: t.newcomerChoices.open },
          { value: 'asked', label: t.newcomerChoices.asked, text: t.newcomerChoices.askedText },
        ],
        approval ? 'asked' : 'open',
        (how) => {
          this.asked = how === 'asked'
        },
      )}
      ${choicesTemplate('invite', t.mayInvite, inviters, policy.invite, (invite) => choose({ invite }))}
      ${choicesTemplate('post', t.mayPost, leastChoices(view.policy.post), policy.post, (post) => choose({ post }))}
      ${choicesTemplate('pin', t.mayPin, leastChoices(view.policy.pin), policy.pin, (pin) => choose({ pin }))}
      <div>
        ${choicesTemplate(
          'history',
          t.newcomersSee,
          historyGrants.map((grant) => ({ value: grant, label: t.grants[grant] })),
          policy.history,
          (history) => choose({ history }),
        )}
        <p class="small soft">${t.grantsText}</p>
      </div>
      ${problemLine(this.problem)}
      <button class="button primary wide" ?disabled=${this.busy}>${t.saveRules}</button>
    </form>`
  }
}

customElements.define('parley-policy-sheet', ParleyPolicySheet)
