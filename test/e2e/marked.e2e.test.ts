// Story 24: what is put in front of a group stands there for everybody, and leads to its place; a star is one's own; what is replied in a thread
// stands under its message for everybody.
import { expect } from 'vitest'
import { act } from './world/sheets.ts'
import { story } from './world/story.ts'
import type { Person } from './world/world.ts'

story('Alice pins what Bob said, both see it in front; the star that Bob gives is his alone', async (world) => {
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
  await bob.page().keyboard.press('Escape')
  await thread(bob).waitFor({ state: 'detached' })
})
