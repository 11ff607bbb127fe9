// The sheets about people: who is in a conversation, one of them, their safety number, and a group's name and rules.
import { html } from 'lit'
import { failure, type Failure, type Result } from '../../core/result.ts'
import type { IdentityId, ConversationId } from '../../core/ids.ts'
import type { CommandProblem } from '../../ports/commands.ts'
import type { Desk, SheetPlan } from '../elements/sheet-desk.ts'
import { t } from '../locales/index.ts'
import { quietly } from '../settle.ts'
import '../locales/later.ts'
import '../elements/confirm-sheet.ts'
import './applicants-sheet.ts'
import './emojis-sheet.ts'
import './people-sheet.ts'
import './person-sheet.ts'
import './policy-sheet.ts'
import './rename-sheet.ts'
import './safety-sheet.ts'
import './slow-sheet.ts'
import './timer-sheet.ts'

/** Runs a command that ends what the sheet is for, then goes back to the list of people. */
const thenPeople = async <E extends Failure>(desk: Desk, conversation: ConversationId, asked: Promise<Result<void, E>>): Promise<void> => {
  if (await desk.run(asked)) desk.ask('open-sheet', { kind: 'people', conversation })
}

// Owners first, so that there is one at every moment.
const handOver = async (desk: Desk, conversation: ConversationId, person: IdentityId): Promise<Result<void, CommandProblem>> => {
  const { me } = desk.page
  if (!me) return { ok: false, error: failure('not-allowed', t.unexpected) }
  const made = await desk.commands.setRole(conversation, person, 'owner')
  return made.ok ? desk.commands.setRole(conversation, me.identity, 'moderator') : made
}

export const peopleSheets = {
  people: {
    open: (desk, { conversation }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      desk.on('leave-conversation', async (id) => {
        if (await desk.run(desk.commands.leave(id))) desk.ask('close-sheet')
      })
      desk.on('set-hidden', ({ hidden }) => desk.run(desk.commands.setHidden(hidden, conversation)))
      desk.on('set-policy', ({ policy }) => desk.run(desk.commands.setPolicy(conversation, policy)))
      return () => html`<parley-people-sheet .conversation=${view.value} .problem=${desk.problem}></parley-people-sheet>`
    },
  } satisfies SheetPlan<'people'>,

  person: {
    open: (desk, { conversation, person }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      const shared = desk.follow(desk.queries.sharedGroups(person))
      desk.on('set-nickname', (nickname) => desk.run(desk.commands.setNickname(person, nickname)))
      desk.on('set-labels', (labels) => desk.run(desk.commands.setLabels(person, labels)))
      desk.on('remove-member', ({ person }) => thenPeople(desk, conversation, desk.commands.removeMember(conversation, person)))
      desk.on('hand-over', ({ person }) => thenPeople(desk, conversation, handOver(desk, conversation, person)))
      desk.on('set-role', ({ person, role }) => desk.run(desk.commands.setRole(conversation, person, role)))
      desk.on('set-courier', ({ person, on }) => desk.run(desk.commands.setCourier(person, on)))
      // A direct conversation is hidden with the person: its sheets have nothing to be about any more.
      desk.on('set-blocked', async ({ person, blocked }) => {
        const isDirect = view.value?.kind === 'direct'
        if ((await desk.run(desk.commands.setBlocked(person, blocked))) && blocked && isDirect) desk.ask('close-sheet')
      })
      return () =>
        html`<parley-person-sheet
          .conversation=${view.value}
          .person=${person}
          .shared=${shared.value}
          .links=${desk.page.connection?.links ?? []}
          .trouble=${desk.page.connection?.troubles.find(({ identity }) => identity === person)}
          .problem=${desk.problem}
          .busy=${desk.busy}
        ></parley-person-sheet>`
    },
  } satisfies SheetPlan<'person'>,

  safety: {
    open: (desk, { conversation, person }) => {
      const safety = desk.follow(desk.queries.safety(person))
      desk.on('set-verified', ({ person, verified }) => desk.run(desk.commands.setVerified(person, verified)))
      return () =>
        html`<parley-safety-sheet
          .safety=${safety.value}
          .conversation=${conversation}
          .problem=${desk.problem}
          .busy=${desk.busy}
        ></parley-safety-sheet>`
    },
  } satisfies SheetPlan<'safety'>,

  comparison: {
    open: (desk, { conversation, person }) => {
      const comparison = desk.follow(desk.queries.comparison())
      const safety = desk.follow(desk.queries.safety(person))
      const compare = () => desk.run(desk.commands.compareEmojis(conversation, person))
      desk.on('compare-emojis', compare)
      desk.on('answer-emojis', (same) => desk.run(desk.commands.answerEmojis(same)))
      // Whoever looks away has ended it.
      for (const end of ['close-sheet', 'open-sheet'] as const) desk.on(end, () => quietly(desk.commands.stopEmojis()))
      void compare()
      return () =>
        html`<parley-emojis-sheet
          .comparison=${comparison.value}
          .person=${safety.value?.person}
          .conversation=${conversation}
          .problem=${desk.problem}
          .busy=${desk.busy}
        ></parley-emojis-sheet>`
    },
  } satisfies SheetPlan<'comparison'>,

  rename: {
    open: (desk, { conversation }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      const pictures = desk.follow(desk.queries.pictures())
      desk.on('set-picture', (picture) => desk.run(desk.commands.setGroupPicture(conversation, picture)))
      desk.on('rename-group', ({ name }) => thenPeople(desk, conversation, desk.commands.renameGroup(conversation, name)))
      return () => html`<parley-rename-sheet
          .conversation=${view.value}
          .pictured=${pictures.value?.some(({ of }) => of === conversation) === true}
          .problem=${desk.problem}
          .busy=${desk.busy}
        ></parley-rename-sheet>`
    },
  } satisfies SheetPlan<'rename'>,

  timer: {
    open: (desk, { conversation }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      desk.on('set-timer', (seconds) => thenPeople(desk, conversation, desk.commands.setTimer(conversation, seconds)))
      return () => html`<parley-timer-sheet .conversation=${view.value} .problem=${desk.problem} .busy=${desk.busy}></parley-timer-sheet>`
    },
  } satisfies SheetPlan<'timer'>,

  slow: {
    open: (desk, { conversation }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      desk.on('set-slow', (seconds) => thenPeople(desk, conversation, desk.commands.setSlow(conversation, seconds)))
      return () => html`<parley-slow-sheet .conversation=${view.value} .problem=${desk.problem} .busy=${desk.busy}></parley-slow-sheet>`
    },
  } satisfies SheetPlan<'slow'>,

  policy: {
    open: (desk, { conversation }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      desk.on('set-policy', ({ policy, approval }) =>
        thenPeople(desk, conversation, desk.commands.setPolicy(conversation, policy, approval)),
      )
      return () => html`<parley-policy-sheet .conversation=${view.value} .problem=${desk.problem} .busy=${desk.busy}></parley-policy-sheet>`
    },
  } satisfies SheetPlan<'policy'>,

  applicants: {
    open: (desk, { conversation }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      desk.on('answer-applicant', ({ person, accept }) => desk.run(desk.commands.answerApplicant(conversation, person, accept)))
      return () =>
        html`<parley-applicants-sheet .conversation=${view.value} .problem=${desk.problem} .busy=${desk.busy}></parley-applicants-sheet>`
    },
  } satisfies SheetPlan<'applicants'>,

  'stop-joining': {
    open: (desk, { conversation }) => {
      const confirmed = async (): Promise<void> => {
        if (await desk.run(desk.commands.stopJoining(conversation))) desk.ask('close-sheet')
      }
      return () =>
        html`<parley-confirm
          .heading=${t.withdrawRequest}
          .text=${t.stopJoiningText}
          .yes=${t.withdrawRequest}
          .no=${t.cancel}
          .problem=${desk.problem}
          @confirm=${confirmed}
        ></parley-confirm>`
    },
  } satisfies SheetPlan<'stop-joining'>,
}
