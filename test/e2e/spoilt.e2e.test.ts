// A database that is not what was written: bytes flipped, rows of garbage, settings overwritten. The page opens, what is unharmed stays
// so, and one goes on talking.
import { base64urlnopad } from '@scure/base'
import { expect } from 'vitest'
import { plantRows, spoilRows } from './world/spoil.ts'
import { story } from './world/story.ts'
import { until } from './world/until.ts'
import type { Person, World } from './world/world.ts'

/** The conversation that an invite names, as the database writes it. */
const conversationOf = (link: string): string =>
  Buffer.from(base64urlnopad.decode(link.slice(link.indexOf('#/j/') + 4)).subarray(1, 17)).toString('hex')

interface Neighbours {
  readonly alice: Person
  readonly bob: Person
  readonly carol: Person
  /** The conversation with Bob. */
  readonly withBob: string
}

/** Alice talks with Bob and with Carol, and looks at what Carol said. */
const neighbours = async (world: World): Promise<Neighbours> => {
  const [alice, bob, carol] = await world.people('Alice', 'Bob', 'Carol')
  await alice.visit(world.url)
  await alice.getStarted()
  const link = await alice.invite()
  await bob.join(link)
  await alice.open('Bob')
  await alice.say('hello Bob')
  await bob.sees(['hello Bob'])
  await carol.join(await alice.invite())
  await alice.open('Carol')
  await alice.say('hello Carol')
  await carol.sees(['hello Carol'])
  await carol.say('hello Alice')
  await alice.sees(['hello Carol', 'hello Alice'])
  return { alice, bob, carol, withBob: conversationOf(link) }
}

/** The conversation with Carol is as it was, and goes on. */
const carolIsUnharmed = async ({ alice, carol }: Neighbours, word: string): Promise<void> => {
  await alice.open('Carol')
  const before = (await carol.messages()).map(({ text }) => text)
  await alice.sees(before)
  await alice.say(word)
  await carol.sees([...before, word])
  await alice.seesState(word, 'Read')
}

story(
  'Whatever is spoilt in the database, the rest opens as before: who one is, rows of garbage, messages, log, keys and summary of one conversation',
  async (world) => {
    const people = await neighbours(world)
    const { alice, bob, withBob } = people
    const page = alice.page()

    // An identity that cannot be read is said to be so, and is not written over.
    expect(await spoilRows(page, 'profile', 'me')).toBe(1)
    await page.reload()
    await page.getByText('Who you are on this device cannot be read any more.').waitFor()
    await page.getByRole('button', { name: 'Try again', exact: true }).waitFor()
    // The same bytes flipped once more are what was written.
    expect(await spoilRows(page, 'profile', 'me')).toBe(1)
    await page.getByRole('button', { name: 'Try again', exact: true }).click()
    await alice.sees(['hello Carol', 'hello Alice'])

    await plantRows(page, 'conversations', [['f'.repeat(32)], ['0'.repeat(32)], ['garbage'], [7]])
    await plantRows(page, 'timeline', [
      [withBob, 0, 'a'.repeat(64)],
      [withBob, 2 ** 40, 'b'.repeat(64)],
      ['f'.repeat(32), 1, 'c'],
    ])
    await plantRows(page, 'requests', [['garbage'], ['x'], ['y']])
    await plantRows(page, 'live', [['network'], ['typing', withBob]])
    await plantRows(page, 'drafts', [[withBob], ['f'.repeat(32)]])
    await plantRows(page, 'joins', [[withBob], ['f'.repeat(32)]])
    await page.evaluate(() => {
      for (const key of [...Object.keys(localStorage), 'parley.nodes', 'theme', '__proto__'])
        localStorage.setItem(key, '{"nodes":[7,{}],"garbage"')
      sessionStorage.setItem('parley', '\u0000')
    })
    await page.reload()
    await carolIsUnharmed(people, 'after the garbage')
    await alice.open('Bob')
    await alice.sees(['hello Bob'])
    await alice.say('still here')
    await bob.sees(['hello Bob', 'still here'])

    let spoilt = 0
    for (const table of ['timeline', 'places', 'acknowledged']) spoilt += await spoilRows(page, table, withBob)
    expect(spoilt).toBeGreaterThan(4)
    await page.reload()
    await carolIsUnharmed(people, 'after the timeline')
    await alice.open('Bob')
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
    await alice.say('are you still there?')
    await until('Bob has the new message', async () => (await bob.messages()).some(({ text }) => text === 'are you still there?'))

    spoilt = 0
    for (const table of ['events', 'chains', 'epochs', 'senderChains']) spoilt += await spoilRows(page, table, withBob)
    expect(spoilt).toBeGreaterThan(4)
    await page.reload()
    await carolIsUnharmed(people, 'after the log')

    expect(await spoilRows(page, 'conversations', withBob)).toBe(1)
    await page.reload()
    await carolIsUnharmed(people, 'after the summary')
  },
  120_000,
)
