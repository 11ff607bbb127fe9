// Leaving at a bad moment: a reload in the middle of joining, and a browser that is killed right after Enter.
import { story } from './world/story.ts'
import { staysEqual } from './world/until.ts'

story('Bob reloads in the middle of joining, and Carol at its very moment, several times; both are let in all the same', async (world) => {
  const [alice, bob, carol] = await world.people('Alice', 'Bob', 'Carol')
  await alice.visit(world.url)
  await alice.getStarted()
  const forBob = await alice.invite()
  const forCarol = await alice.invite()
  await alice.leave()

  // Nobody is there to let him in.
  await bob.join(forBob)
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

  await carol.visit(forCarol)
  await carol.page().getByRole('textbox', { name: 'Your name', exact: true }).fill('Carol')
  await carol.page().getByRole('button', { name: 'Join', exact: true }).click()
  await carol.page().getByRole('textbox', { name: 'Message', exact: true }).waitFor()
  for (let n = 0; n < 3; n++) {
    await carol.page().reload({ waitUntil: 'commit' })
    await carol.page().getByRole('textbox', { name: 'Message', exact: true }).waitFor()
  }
  await carol.say('Hello Alice')
  await alice.open('Carol')
  await alice.sees(['Hello Alice'])
  await alice.say('Hello Carol')
  await carol.sees(['Hello Alice', 'Hello Carol'])
})

story("Alice's browser is killed right after her message shows, without Bob and with him: it arrives exactly once", async (world) => {
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
  const said = ['hello', 'typed and killed']
  await alice.sees(said)
  await bob.sees(said)
  await alice.seesState('typed and killed', 'Read')
  await staysEqual('what Bob sees', async () => (await bob.messages()).map(({ text }) => text), said, 1_500)

  // While Bob is there it goes before the end or after it.
  await alice.say('killed again')
  await alice.article('killed again').waitFor()
  await alice.browser.kill()
  await alice.comeBack()
  await alice.open('Bob')
  await alice.sees([...said, 'killed again'])
  await alice.say('back again')
  await bob.sees([...said, 'killed again', 'back again'])
  await alice.seesState('back again', 'Read')
})
