// Stories 24 to 26: what is put in front of a group stands there for everybody, and leads to its place; a star is one's own; what is replied in a
// thread stands under its message for everybody; a question for everybody, answered by all; what is to go out when somebody is online goes
// out when they come, once, and can be taken back before anybody has it.
import { expect } from 'vitest'
import { act, attach, press } from './world/sheets.ts'
import { story } from './world/story.ts'
import type { Person } from './world/world.ts'

story(
  'In a group of two Bob sees what Alice pins, not what she stars; both vote; what she writes for when he is online reaches him once',
  async (world) => {
    const {
      people: [alice, bob],
    } = await world.group('Choir', 'Alice', 'Bob')
    await bob.say('Tuesday at seven')
    await alice.sees(['Tuesday at seven'])
    await act(alice, 'Tuesday at seven', 'Pin')
    const bar = (person: Person) => person.page().getByRole('button', { name: 'Pinned, Bob, Tuesday at seven' })
    await bar(alice).waitFor()
    await bar(bob).click()
    await act(bob, 'Tuesday at seven', 'Star')
    await bob.page().getByRole('button', { name: 'Settings', exact: true }).click()
    await bob.page().getByRole('button', { name: 'Starred messages', exact: true }).click()
    await bob.page().getByRole('list', { name: 'Starred messages' }).getByText('Tuesday at seven').waitFor()
    await bob.closeSheet()
    await bob.page().reload()
    await bob.open('Choir')
    await bar(bob).waitFor()
    expect(await bob.article('Tuesday at seven').getAttribute('aria-label')).toContain('starred')
    expect(await alice.article('Tuesday at seven').getAttribute('aria-label')).not.toContain('starred')

    const thread = (person: Person) => person.page().getByRole('complementary', { name: 'Thread' })
    await act(alice, 'Tuesday at seven', 'Reply in thread')
    await thread(alice).getByRole('textbox', { name: 'Message', exact: true }).fill('I bring the notes')
    await alice.page().keyboard.press('Enter')
    await bob
      .page()
      .getByRole('button', { name: /^1 reply/ })
      .click()
    await thread(bob)
      .getByRole('article', { name: /I bring the notes/ })
      .waitFor()
    for (const person of [alice, bob]) {
      await person.page().keyboard.press('Escape')
      await thread(person).waitFor({ state: 'detached' })
    }

    // When do they sing? Both see who chose what.
    await attach(alice, 'New poll')
    await alice.page().getByRole('textbox', { name: 'Question', exact: true }).fill('When do we sing?')
    await alice.page().getByRole('textbox', { name: 'Answer 1', exact: true }).fill('Tuesday')
    await alice.page().getByRole('textbox', { name: 'Answer 2', exact: true }).fill('Friday')
    await alice.page().getByRole('button', { name: 'Ask everybody', exact: true }).click()
    await bob.article('Poll: When do we sing?').waitFor()
    await bob
      .page()
      .getByRole('button', { name: /^Friday/ })
      .click()
    await alice
      .page()
      .getByRole('button', { name: /^Friday.*Bob/ })
      .waitFor()
    await alice
      .page()
      .getByRole('button', { name: /^Tuesday/ })
      .click()
    for (const person of [alice, bob]) {
      await person
        .page()
        .getByRole('button', { name: /^Tuesday.*Alice/ })
        .waitFor()
      await person.page().getByText('2 people voted').waitFor()
    }
    // The one who asked ends it: what has come counts, and nobody votes any more.
    await act(alice, 'Poll: When do we sing?', 'Close poll')
    await press(alice, 'Close poll')
    for (const person of [alice, bob]) await person.page().getByText('Closed. 2 people voted').waitFor()

    const before = (await alice.messages()).map(({ text }) => text)
    await bob.leave()
    await alice.page().getByText('2 people', { exact: true }).waitFor()
    const later = async (text: string): Promise<void> => {
      await alice.page().getByRole('textbox', { name: 'Message', exact: true }).fill(text)
      await alice.page().getByRole('button', { name: 'Send later', exact: true }).click()
      await alice.page().getByRole('button', { name: 'When somebody is online' }).click()
      await alice.page().getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await later('a mistake')
    await later('welcome back')
    await alice.sees([...before, 'a mistake', 'welcome back'])
    await alice.article('a mistake').getByRole('button', { name: 'Take back' }).click()
    await alice.sees([...before, 'welcome back'])
    expect(await alice.page().getByRole('textbox', { name: 'Message', exact: true }).inputValue()).toBe('a mistake')
    await alice.page().reload()
    await alice.open('Choir')
    await alice.sees([...before, 'welcome back'])
    await bob.comeBack()
    await bob.open('Choir')
    await bob.sees([...before, 'welcome back'])
    await alice.seesState('welcome back', ['Delivered', 'Read'])
  },
  120_000,
)
