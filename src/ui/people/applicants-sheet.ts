// <parley-applicants-sheet>: who asks to be let into a group, and the two answers. Asks `answer-applicant`.
import { css, html } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ApplicantView, ConversationView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { whenOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'

export class ParleyApplicantsSheet extends SheetElement {
  static override properties = { conversation: { attribute: false }, problem: {}, busy: { type: Boolean } }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare busy: boolean

  static override styles = [
    ...sheetStyles,
    avatarStyles,
    css`
      ul {
        display: grid;
        gap: var(--space-4);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        --avatar: 2.5rem;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
      }
      .who {
        flex: 1 1 10rem;
        min-inline-size: 0;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
    `,
  ]

  get heading(): string {
    return t.applicants
  }

  body() {
    const applicants = this.conversation?.applicants
    if (!applicants) return undefined
    return html`
      <p class="soft small">${applicants.length === 0 ? t.noApplicants : t.applicantsText}</p>
      ${problemLine(this.problem)}
      <ul role="list" aria-label=${t.applicants}>
        ${repeat(
          applicants,
          ({ person }) => person.identity,
          (applicant) => this.#applicant(applicant),
        )}
      </ul>
    `
  }

  #applicant({ person, at }: ApplicantView) {
    const name = shownName(person.name, t.someone)
    const answer = (accept: boolean) => (): void => ask(this, 'answer-applicant', { person: person.identity, accept })
    return html`<li aria-label=${name}>
      ${avatar(person.identity)}
      <div class="who">
        <p class="name"><bdi>${name}</bdi><span class="tag">${person.tag}</span></p>
        <p class="soft small">${t.applicantAt(whenOf(at, Date.now()))}</p>
      </div>
      <div class="row">
        <button class="button primary" type="button" ?disabled=${this.busy} @click=${answer(true)}>${icon('check')}${t.accept}</button>
        <button class="button" type="button" ?disabled=${this.busy} @click=${answer(false)}>${t.decline}</button>
      </div>
    </li>`
  }
}

customElements.define('parley-applicants-sheet', ParleyApplicantsSheet)
