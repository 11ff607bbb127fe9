// Story 26: a question for everybody, answered by all; both see the same tally and who chose what.
import { act, attach, press } from './world/sheets.ts'
import { story } from './world/story.ts'

story('Alice asks when, Bob and she choose, both see who chose what', async (world) => {
  const {
    people: [alice, bob],
  } = await world.group('Choir', 'Alice', 'Bob')
  await attach(alice, 'New poll')
  await alice.page().getByRole('textbox', { name: 'Question', exact: true }).fill('When do we sing?')
  await alice.page().getByRole('textbox', { name: 'Answer 1', exact: true }).fill('Tuesday')
  await alice.page().getByRole('textbox', { name: 'Answer 2', exact: true }).fill('Friday')
  await alice.page().getByRole('button', { name: 'Ask everybody', exact: true }).click()
  await bob.sees(['Poll: When do we sing?'])
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
})
