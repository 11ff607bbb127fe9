// Story 27: messages that disappear from both screens, and from the disk.
import { story } from './world/story.ts'

story('Alice lets messages disappear after half a minute; they go from both screens, and are not there after a reload', async (world) => {
  const {
    people: [alice, bob],
  } = await world.group('Choir', 'Alice', 'Bob')
  await alice.say('This stays')
  await bob.sees(['This stays'])
  await alice.page().getByRole('button', { name: 'Conversation details', exact: true }).click()
  await alice.page().getByRole('button', { name: 'Change the time', exact: true }).click()
  await alice.page().getByRole('radio', { name: '30 seconds', exact: true }).check()
  await alice.page().getByRole('button', { name: 'Save the time', exact: true }).click()
  // The sheet before it comes back once the time is saved.
  await alice.page().getByRole('button', { name: 'Change the time', exact: true }).waitFor()
  await alice.closeSheet()
  await bob.page().getByRole('log', { name: 'Messages' }).getByText('Alice lets new messages disappear after 30 seconds').waitFor()
  await alice.say('This goes')
  const fleeting = bob.page().getByRole('article', { name: /This goes.*Disappears after 30 seconds/ })
  await fleeting.waitFor()
  for (const person of [alice, bob])
    await person
      .page()
      .getByRole('article', { name: /This goes/ })
      .waitFor({ state: 'detached', timeout: 60_000 })
  await bob.page().reload()
  await bob.sees(['This stays'])
})
