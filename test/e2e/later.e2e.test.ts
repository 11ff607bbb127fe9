// Story 25: what is to go out when somebody is online goes out when they come, once; what waits can be taken back before anybody has it.
import { expect } from 'vitest'
import { story } from './world/story.ts'

story('Alice writes for when Bob is online; takes one back before he comes; he gets the other, once', async (world) => {
  const {
    people: [alice, bob],
  } = await world.group('Choir', 'Alice', 'Bob')
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
  await alice.sees(['a mistake', 'welcome back'])
  await alice.article('a mistake').getByRole('button', { name: 'Take back' }).click()
  await alice.sees(['welcome back'])
  expect(await alice.page().getByRole('textbox', { name: 'Message', exact: true }).inputValue()).toBe('a mistake')
  await alice.page().reload()
  await alice.open('Choir')
  await alice.sees(['welcome back'])
  await bob.comeBack()
  await bob.open('Choir')
  await bob.sees(['welcome back'])
  await alice.seesState('welcome back', ['Delivered', 'Read'])
})
