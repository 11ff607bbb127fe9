// The sheets of first contact: one's own link, those who ask, and asking somebody.
import { html } from 'lit'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import '../locales/later.ts'
import './ask-sheet.ts'
import './contact-sheet.ts'
import './requests-sheet.ts'

export const contactSheets = {
  contact: {
    open: (desk) => {
      let isLoaded = false
      const own = desk.follow(desk.queries.contactLink(), () => (isLoaded = true))
      desk.on('make-contact-link', () => desk.run(desk.commands.createContactLink()))
      desk.on('revoke-contact-link', () => desk.run(desk.commands.revokeContactLink()))
      return () =>
        html`<parley-contact-sheet
          .link=${own.value?.link}
          .loaded=${isLoaded}
          .problem=${desk.problem}
          .busy=${desk.busy}
        ></parley-contact-sheet>`
    },
  } satisfies SheetPlan<'contact'>,

  requests: {
    open: (desk) => {
      const requests = desk.follow(desk.queries.requests())
      desk.on('answer-request', async ({ person, answer }) => {
        if (answer === 'accept') {
          const accepted = await desk.run(desk.commands.acceptRequest(person))
          if (accepted) desk.ask('open-conversation', accepted.value)
        } else await desk.run(answer === 'block' ? desk.commands.setBlocked(person, true) : desk.commands.dropRequest(person))
      })
      return () =>
        html`<parley-requests-sheet .requests=${requests.value} .problem=${desk.problem} .busy=${desk.busy}></parley-requests-sheet>`
    },
  } satisfies SheetPlan<'requests'>,

  ask: {
    open: (desk, { conversation, person }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      desk.on('ask-member', async (text) => {
        const asked = await desk.run(desk.commands.askMember(conversation, person, text))
        if (asked) desk.ask('open-conversation', asked.value)
      })
      return () =>
        html`<parley-ask-sheet
          .conversation=${view.value}
          .person=${person}
          .problem=${desk.problem}
          .busy=${desk.busy}
        ></parley-ask-sheet>`
    },
  } satisfies SheetPlan<'ask'>,
}
