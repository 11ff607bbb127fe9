// Leaving at a bad moment: a reload in the middle of joining, and a browser that is killed right after Enter.
import { story } from './world/story.ts'
import { staysEqual } from './world/until.ts'

story('Bob reloads in the middle of joining, and is let in all the same', async (world) => {
  const [alice, bob] = await world.people('Alice', 'Bob')
  await alice.visit(world.url)
  await alice.getStarted()
  const link = await alice.invite()
  await alice.leave()

  // Nobody is there to let him in.
  await bob.join(link)
  await bob.page().getByText('Waiting for Alice to come online and let you in.').waitFor()
  await bob.say('one')
  await bob.say('two')
  await bob.seesState('two', 'Waiting')
  await bob.page().reload()
  await bob.sees(['one', 'two'])
  await bob.say('three')
  await bob.seesState('three', 'Waiting')

  await alice.comeBack()
  await alice.open('Bob')
  await alice.sees(['one', 'two', 'three'])
  await bob.seesState('three', 'Read')
  await staysEqual('what Alice sees', async () => (await alice.messages()).map(({ text }) => text), ['one', 'two', 'three'], 1_500)
})

story('Bob reloads at the very moment of joining, several times', async (world) => {
  const [alice, bob] = await world.people('Alice', 'Bob')
  await alice.visit(world.url)
  await alice.getStarted()
  const link = await alice.invite()
  await bob.visit(link)
  await bob.page().getByRole('textbox', { name: 'Your name', exact: true }).fill('Bob')
  await bob.page().getByRole('button', { name: 'Join', exact: true }).click()
  await bob.page().getByRole('textbox', { name: 'Message', exact: true }).waitFor()
  for (let n = 0; n < 3; n++) {
    await bob.page().reload({ waitUntil: 'commit' })
    await bob.page().getByRole('textbox', { name: 'Message', exact: true }).waitFor()
  }
  await bob.say('Hello Alice')
  await alice.open('Bob')
  await alice.sees(['Hello Alice'])
  await alice.say('Hello Bob')
  await bob.sees(['Hello Alice', 'Hello Bob'])
})

story("Alice's browser is killed right after her message shows, and it arrives once when she is back", async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  await alice.say('hello')
  await alice.seesState('hello', 'Read')
  await bob.leave()
  await alice.page().getByText('Nobody else is here.').waitFor()
  await alice.say('typed and killed')
  await alice.seesState('typed and killed', 'Waiting')
  await alice.browser.kill()

  await bob.comeBack()
  await bob.open('Alice')
  await bob.sees(['hello'])
  await alice.comeBack()
  await alice.open('Bob')
  await alice.sees(['hello', 'typed and killed'])
  await bob.sees(['hello', 'typed and killed'])
  await alice.seesState('typed and killed', 'Read')
  await staysEqual('what Bob sees', async () => (await bob.messages()).map(({ text }) => text), ['hello', 'typed and killed'], 1_500)
})

story("Alice's browser is killed while Bob is there: the message arrives exactly once, before or after", async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  await alice.say('hello')
  await alice.seesState('hello', 'Read')
  await alice.say('typed and killed')
  await alice.article('typed and killed').waitFor()
  await alice.browser.kill()
  await alice.comeBack()
  await alice.open('Bob')
  await alice.sees(['hello', 'typed and killed'])
  await alice.say('back again')
  await bob.sees(['hello', 'typed and killed', 'back again'])
  await alice.seesState('back again', 'Read')
})
