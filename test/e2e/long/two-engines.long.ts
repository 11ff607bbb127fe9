// Firefox and Chromium through what may befall two people: the node killed in mid-chat, an address that is hidden and shown again, a page
// that is left and opened again; every node gone for good, and two tabs. Both directions of invitation; what a person sees decides.
import { expect } from 'vitest'
import { withFirefox, type FirefoxPerson } from '../world/firefox.ts'
import { story } from '../world/story.ts'
import type { Person, World } from '../world/world.ts'
import { until } from '../world/until.ts'

/** How soon both can be found again after the node is back, in milliseconds. */
const healMs = 15_000
const ten = Array.from({ length: 10 }, (_, n) => n + 1)

const goThrough = async (world: World, fox: FirefoxPerson, chrome: Person): Promise<void> => {
  const said: string[] = []
  const both = async (text: string): Promise<void> => {
    for (const [one, other, own] of [
      [fox, chrome, `${text}, says Firefox`],
      [chrome, fox, `${text}, says Chromium`],
    ] as const) {
      await one.say(own)
      said.push(own)
      await other.sees(said)
    }
  }
  await both('Hello')
  await chrome.connection(/Direct/)

  fox.nodeIsAway()
  await world.node.kill()
  for (const n of ten) await both(`${n} without a node`)
  await chrome.seesState('10 without a node, says Chromium', 'Read')
  await world.node.revive()
  await until('both can be found again', async () => (await world.node.health()).reservations === 2, healMs)
  await both('The node is back')

  await chrome.hideAddress()
  await chrome.connection(/Relayed/)
  await both('Nobody sees where I am')
  await chrome.hideAddress()
  await chrome.connection(/Direct/)
  await fox.hideAddress()
  await chrome.connection(/Relayed/)
  await both('Nor where I am')
  await fox.hideAddress()
  await chrome.connection(/Direct/)

  await chrome.browser.kill()
  await fox.say('While you were away')
  said.push('While you were away')
  await chrome.comeBack()
  await chrome.open(fox.name)
  await chrome.sees(said)
  await fox.visit('about:blank')
  await chrome.say('And you too')
  said.push('And you too')
  await fox.visit(world.url)
  await fox.open(chrome.name)
  await fox.sees(said)
  await both('Both are back')
}

/** Alice with Firefox, and Bob with Chromium, who came by her invite; both have the conversation open. */
const aliceInvites = (world: World, tell: (alice: FirefoxPerson, bob: Person) => Promise<void>): Promise<void> =>
  withFirefox('Alice', world.url, async (alice) => {
    await alice.visit(world.url)
    await alice.getStarted()
    const bob = await world.person('Bob')
    await bob.join(await alice.invite())
    await alice.open('Bob')
    await tell(alice, bob)
  })

const deadlineMs = 300_000

story(
  'Alice with Firefox invites Bob with Chromium, and they talk through whatever befalls them',
  (world) => aliceInvites(world, (alice, bob) => goThrough(world, alice, bob)),
  deadlineMs,
)

story(
  'Alice with Chromium invites Bob with Firefox, and they talk through whatever befalls them',
  async (world) => {
    const alice = await world.person('Alice')
    await alice.visit(world.url)
    await alice.getStarted()
    const link = await alice.invite()
    await withFirefox('Bob', world.url, async (bob) => {
      await bob.visit(link)
      await bob.getStarted()
      await alice.open('Bob')
      await goThrough(world, bob, alice)
    })
  },
  deadlineMs,
)

story(
  'With every node gone Alice with Firefox and Bob with Chromium keep the room, and each admits one of the other engine, who stands beside them',
  (world) =>
    withFirefox('Alice', world.url, (alice) =>
      withFirefox('Dave', world.url, async (dave) => {
        await alice.visit(world.url)
        await alice.getStarted()
        const link = await alice.createGroup('Bird watchers')
        const [bob, carol] = await world.people('Bob', 'Carol')
        await bob.join(link)
        await bob.connection(/Direct/)
        for (const newcomer of [carol, dave]) {
          await newcomer.visit(world.url)
          await newcomer.isKept()
        }
        for (const fox of [alice, dave]) fox.nodeIsAway()
        await world.node.kill()
        await alice.say('still here')
        await bob.sees(['still here'])

        await carol.join(link)
        await alice.takeCode(await carol.answerCode(await alice.showCode()))
        await alice.closeSheet()
        await carol.say('Hello all')
        for (const person of [alice, bob]) await person.sees(['still here', 'Hello all'])

        await dave.visit(link)
        await dave.getStarted()
        await bob.takeCode(await dave.answerCode(await bob.showCode()))
        await bob.page().getByText('That is all.').waitFor()
        await bob.closeSheet()
        await dave.say('Hello from me')
        for (const person of [alice, bob]) await person.sees(['still here', 'Hello all', 'Hello from me'])
        await carol.sees(['Hello all', 'Hello from me'])
        await alice.say('Welcome both')
        await carol.sees(['Hello all', 'Hello from me', 'Welcome both'])
        await dave.sees(['Hello from me', 'Welcome both'])
      }),
    ),
  deadlineMs,
)

story(
  'A second tab of Firefox shows the same, makes no second identity, and takes over when the first is closed',
  (world) =>
    aliceInvites(world, async (alice, bob) => {
      await alice.say('from the first tab')
      const said = ['from the first tab']
      await bob.sees(said)

      const second = await alice.secondTab()
      await second.open('Bob')
      await second.sees(said)
      await second.say('from the second tab')
      said.push('from the second tab')
      for (const tab of [second, alice, bob]) await tab.sees(said)

      await alice.close()
      await second.say('while nobody leads')
      said.push('while nobody leads')
      for (const tab of [second, bob]) await tab.sees(said)
      await bob.say('I see you')
      said.push('I see you')
      await second.sees(said)
      await bob.seesState('I see you', 'Read')
      expect((await bob.people()).map(({ name }) => name).toSorted()).toEqual(['Alice', 'Bob'])
      await until('the node knows two devices', async () => (await world.node.health()).reservations === 2, healMs)
    }),
  deadlineMs,
)
