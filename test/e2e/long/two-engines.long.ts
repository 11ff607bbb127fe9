// Firefox and Chromium through what may befall two people: the node killed in mid-chat, an address that is hidden and shown again, a page
// that is left and opened again. Both directions of invitation; what a person sees decides.
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

const deadlineMs = 300_000

story(
  'Alice with Firefox invites Bob with Chromium, and they talk through whatever befalls them',
  (world) =>
    withFirefox('Alice', world.url, async (alice) => {
      await alice.visit(world.url)
      await alice.getStarted()
      const bob = await world.person('Bob')
      await bob.join(await alice.invite())
      await alice.open('Bob')
      await goThrough(world, alice, bob)
    }),
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
