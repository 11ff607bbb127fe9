// Story 32: Bob is there and takes nothing, because his disk is full. Alice is told of what she said to him, tries again, and takes back.
import { expect } from 'vitest'
import { createDisk } from './world/disk.ts'
import { press, sheet } from './world/sheets.ts'
import { story } from './world/story.ts'
import { staysEqual } from './world/until.ts'

/** Milliseconds that a second copy would have to show itself. */
const secondCopyMs = 1_500
/** After so many milliseconds nobody thinks any more that it is still on its way. */
const overdueMs = 60_000

story('What Bob does not take is shown as not sent; it goes to him once when Alice tries again, or is deleted', async (world) => {
  const [alice, bob] = await world.people('Alice', 'Bob')
  const disk = await createDisk(bob.page(), world.url)
  await world.acquaint(alice, bob)
  await alice.say('Hello')
  await alice.seesState('Hello', 'Read')

  await disk.fill()
  await alice.say('Are you there?')
  await alice.seesState('Are you there?', 'Waiting')
  expect(await alice.page().getByText('Not sent.', { exact: true }).count()).toBe(0)
  // Her page has the time of a minute later; nothing else does.
  await alice.page().evaluate((ms) => {
    const { now } = Date
    Date.now = () => now() + ms
  }, overdueMs)
  await alice.say('a mistake')
  for (const text of ['Are you there?', 'a mistake'])
    await alice.article(text).getByText('Nobody who is connected has taken it yet. It is tried again by itself.', { exact: true }).waitFor()

  await alice.article('a mistake').getByRole('button', { name: 'Delete', exact: true }).click()
  await sheet(alice)
    .getByText('As far as is known nobody has it yet. The others will see that a message was deleted.', { exact: true })
    .waitFor()
  await press(alice, 'Delete')
  const left = ['Hello', 'Are you there?', 'Deleted. People who saw it may have kept a copy.']
  await alice.sees(left)
  await alice.article('Are you there?').getByRole('button', { name: 'Retry', exact: true }).click()
  await alice.article('Are you there?').getByText('Trying again.', { exact: true }).waitFor()
  await disk.clear()
  await bob.sees(left, 30_000)
  await alice.seesState('Are you there?', 'Read')
  await alice.page().getByText('Not sent.', { exact: true }).waitFor({ state: 'detached' })
  await staysEqual('what Bob sees', async () => (await bob.messages()).map(({ text }) => text), left, secondCopyMs)
})
