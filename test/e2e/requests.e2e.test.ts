// First contact between real browsers: a contact link in public, a request that waits, what a stranger learns before the answer, and after.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { story } from './world/story.ts'
import { staysEqual, untilEqual } from './world/until.ts'
import type { Person } from './world/world.ts'

/** Milliseconds: the first who may look for a direct path meets a closed door, and an attempt that hears nothing is given up after 6 s, twice at most. */
const directMs = 20_000

const press = (person: Person, name: string): Promise<void> => person.page().getByRole('button', { name, exact: true }).first().click()
const contactLink = async (person: Person): Promise<string> => {
  await press(person, 'New conversation')
  await press(person, 'My contact link')
  await press(person, 'Make a contact link')
  const field = person.page().getByRole('textbox', { name: 'Contact link', exact: true })
  await person.page().getByRole('img', { name: 'Contact link QR code', exact: true }).waitFor()
  const link = await field.inputValue()
  await person.closeSheet()
  return link
}
/** Opens a contact link for the first time and asks. */
const askBy = async (person: Person, link: string, text: string): Promise<void> => {
  await countCandidates(person)
  await person.visit(link)
  await person.page().getByRole('heading', { name: 'Write to Alice', exact: true }).waitFor()
  await person.page().getByRole('textbox', { name: 'Your name', exact: true }).fill(person.name)
  await person.page().getByRole('textbox', { name: 'Your first message', exact: true }).fill(text)
  await press(person, 'Send request')
  await person.page().getByText('Waiting for an answer', { exact: true }).first().waitFor()
}
/** Keeps every candidate that this page gathers from now on: each is an address that could be told. */
const countCandidates = async (person: Person): Promise<void> => {
  await person.page().addInitScript(() => {
    const counted = globalThis as unknown as { candidates: number }
    counted.candidates = 0
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        this.addEventListener('icecandidate', () => counted.candidates++)
      }
    }
  })
}
const candidates = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as { candidates: number }).candidates)
const requests = (person: Person) => person.page().getByRole('list', { name: 'Requests', exact: true }).getByRole('listitem')

story(
  'Bob finds the contact link of Alice in public: she sees his name and one text, he sees nothing until she accepts, then they talk directly',
  async (world) => {
    const [alice, bob] = await world.people('Alice', 'Bob')
    await countCandidates(alice)
    await alice.visit(world.url)
    await alice.getStarted()
    const link = await contactLink(alice)
    await askBy(bob, link, 'Hello, is this the Alice of the choir?')
    expect(await bob.page().evaluate(() => location.hash)).toBe('')

    await press(alice, 'Requests')
    await requests(alice).getByText('Hello, is this the Alice of the choir?', { exact: true }).waitFor()
    // Nothing goes back: no tick, no presence, no address, neither way.
    await staysEqual(
      'what Bob learns',
      async () => ({
        states: (await bob.messages()).map(({ state }) => state),
        online: await bob.page().getByText('Online', { exact: true }).count(),
        gathered: (await candidates(bob.page())) + (await candidates(alice.page())),
      }),
      { states: ['Waiting'], online: 0, gathered: 0 },
      4_000,
    )
    expect(await bob.page().getByRole('textbox', { name: 'Message', exact: true }).count()).toBe(0)
    // The request is on the disk of the one, and waits on that of the other.
    await alice.page().reload()
    await bob.page().reload()
    await bob.page().getByText('You can write more when Alice has accepted.', { exact: true }).waitFor()
    await press(alice, 'Requests')
    await requests(alice).getByRole('button', { name: 'Accept', exact: true }).click()
    await alice.sees(['Hello, is this the Alice of the choir?'])
    await alice.say('It is.')
    await bob.sees(['Hello, is this the Alice of the choir?', 'It is.'])
    await bob.seesState('Hello, is this the Alice of the choir?', ['Delivered', 'Read'])
    await bob.say('Good!')
    await alice.sees(['Hello, is this the Alice of the choir?', 'It is.', 'Good!'])
    await bob.connection(/Direct/, directMs)
    await alice.connection(/Direct/, directMs)
  },
  120_000,
)

story(
  'Carol asks while Alice is away; Alice comes back, blocks her, and nothing of it is told; a link that was turned off leads nowhere',
  async (world) => {
    const [alice, carol, bob] = await world.people('Alice', 'Carol', 'Bob')
    await alice.visit(world.url)
    await alice.getStarted()
    const link = await contactLink(alice)
    await alice.isKept()
    await alice.leave()
    await askBy(carol, link, 'Buy now')
    await alice.comeBack()
    await press(alice, 'Requests')
    await requests(alice).getByRole('button', { name: 'Block', exact: true }).click()
    await untilEqual('requests', () => requests(alice).count(), 0)
    await alice.closeSheet()
    await carol.page().reload()
    await carol.sees(['Buy now'])
    await staysEqual(
      'what the two see',
      async () => ({
        requests: await alice.page().getByRole('button', { name: 'Requests', exact: true }).count(),
        states: (await carol.messages()).map(({ state }) => state),
      }),
      { requests: 0, states: ['Waiting'] },
      3_000,
    )

    await press(alice, 'New conversation')
    await press(alice, 'My contact link')
    await press(alice, 'Turn the link off')
    await alice.page().getByRole('dialog').getByRole('button', { name: 'Turn the link off', exact: true }).click()
    await alice.page().getByRole('button', { name: 'Make a contact link', exact: true }).waitFor()
    await alice.closeSheet()
    await askBy(bob, link, 'Am I too late?')
    await staysEqual('requests', () => alice.page().getByRole('button', { name: 'Requests', exact: true }).count(), 0, 3_000)
  },
  120_000,
)
