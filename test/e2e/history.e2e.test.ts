// Story 4: what was said is there when one comes back, also without any network; what is typed while others are away waits, survives a
// reload, and arrives exactly once and in order, whoever brings it.
import { expect } from 'vitest'
import { cutLog, databaseLog } from './world/database-log.ts'
import { story } from './world/story.ts'
import { staysEqual } from './world/until.ts'

/** Milliseconds that a second copy would have to show itself. */
const secondCopyMs = 2_000

story('After closing and opening the browser everything is there, also with the node down and no network', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  const said = ['first', 'second', 'third']
  for (const text of said) await alice.say(text)
  await bob.sees(said)
  await alice.seesState('third', 'Read')

  await alice.leave()
  await alice.comeBack()
  await alice.open('Bob')
  await alice.sees(said)
  expect((await alice.messages()).map(({ state }) => state)).toEqual(['Read', 'Read', 'Read'])

  await bob.leave()
  await alice.isKept()
  await alice.leave()
  await world.node.kill()
  await alice.comeBack()
  await alice.page().context().setOffline(true)
  await alice.page().reload()
  await alice.open('Bob')
  await alice.sees(said)
  // One can write, too.
  await alice.say('fourth')
  await alice.seesState('fourth', 'Waiting')
  await alice.connection(/Offline.*1 waiting/s)

  await alice.page().context().setOffline(false)
  await world.node.revive()
  await bob.comeBack()
  await bob.open('Alice')
  await bob.sees([...said, 'fourth'], 30_000)
})

story(
  'What Alice types while Bob is away waits, survives a reload of which she is warned, and arrives once and in order, also when they are away by turns',
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    await alice.say('hello')
    await alice.seesState('hello', 'Read')
    await bob.leave()
    await alice.page().getByText('Nobody else is here. Messages wait on this device for Bob.').waitFor()

    const typed = ['one', 'two', 'three', 'four', 'five']
    for (const text of typed) await alice.say(text)
    await alice.sees(['hello', ...typed])
    for (const text of typed) await alice.seesState(text, 'Waiting')
    await alice.connection(/5 waiting/)
    // She is asked once before she leaves with messages that nobody has.
    const asked: string[] = []
    alice.page().on('dialog', (dialog) => asked.push(dialog.type()))
    const loaded = alice.page().waitForEvent('load')
    await alice.page().evaluate(() => location.reload())
    await loaded
    expect(asked).toEqual(['beforeunload'])
    await alice.sees(['hello', ...typed])
    await alice.connection(/5 waiting/)
    for (const text of typed) await alice.seesState(text, 'Waiting')

    // What nobody has yet can be deleted, and is never read.
    await alice.article('three').press('Shift+F10')
    await alice.page().getByRole('menuitem', { name: 'Delete', exact: true }).click()
    const sheet = alice.page().getByRole('dialog')
    await sheet.getByText('As far as is known nobody has it yet.').waitFor()
    await sheet.getByRole('button', { name: 'Delete', exact: true }).click()
    const left = ['hello', ...typed.map((text) => (text === 'three' ? 'Deleted. People who saw it may have kept a copy.' : text))]
    await alice.sees(left)

    await bob.comeBack()
    await bob.open('Alice')
    await bob.sees(left)
    for (const text of left) await alice.seesState(text, 'Read')
    await staysEqual('what Bob sees', async () => (await bob.messages()).map(({ text }) => text), left, secondCopyMs)

    // Now they are away by turns, and what waits arrives when both are there at last.
    await bob.leave()
    await alice.say('from Alice')
    await alice.seesState('from Alice', 'Waiting')
    await alice.leave()

    await bob.comeBack()
    await bob.open('Alice')
    await bob.say('from Bob')
    await bob.seesState('from Bob', 'Waiting')
    await bob.sees([...left, 'from Bob'])
    await bob.leave()

    await alice.comeBack()
    await alice.open('Bob')
    await alice.seesState('from Alice', 'Waiting')
    await bob.comeBack()
    await bob.open('Alice')
    const both = ['from Alice', 'from Bob']
    await alice.seesState('from Alice', 'Read')
    await bob.seesState('from Bob', 'Read')
    for (const person of [alice, bob]) {
      const seen = (await person.messages()).map(({ text }) => text)
      expect(seen.slice(0, left.length)).toEqual(left)
      expect(seen.slice(left.length).toSorted()).toEqual(both)
    }
    // In the same order for both.
    expect((await alice.messages()).map(({ text }) => text)).toEqual((await bob.messages()).map(({ text }) => text))
  },
)

story('Bob brings Carol what Alice wrote to the group, when Alice is gone', async (world) => {
  const {
    people: [alice, bob, carol],
  } = await world.group('Bird watchers', 'Alice', 'Bob', 'Carol')
  await alice.say('hello')
  await carol.sees(['hello'])
  await carol.leave()

  const typed = ['one', 'two', 'three']
  for (const text of typed) await alice.say(text)
  await bob.sees(['hello', ...typed])
  await alice.leave()
  await bob.page().getByText('3 people', { exact: true }).waitFor()

  await carol.comeBack()
  await carol.open('Bird watchers')
  await carol.sees(['hello', ...typed])
  await alice.comeBack()
  await alice.open('Bird watchers')
  for (const text of typed) await alice.seesState(text, 'Read')
  await staysEqual('what Carol sees', async () => (await carol.messages()).map(({ text }) => text), ['hello', ...typed], secondCopyMs)
})

story('A browser that was killed in the middle of a write has everything again, also the next time', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  await alice.say('before')
  await bob.sees(['before'])
  await alice.seesState('before', 'Read')

  await bob.leave()
  const log = await databaseLog(bob.browser.folder)
  await cutLog(log, log.bytes - 3)
  await bob.comeBack()
  await bob.open('Alice')
  await bob.say('behind the torn end')
  await alice.sees(['before', 'behind the torn end'], 30_000)

  await bob.leave()
  await bob.comeBack()
  await bob.open('Alice')
  await bob.sees(['before', 'behind the torn end'])
  await bob.say('and on')
  await alice.sees(['before', 'behind the torn end', 'and on'], 30_000)
})
