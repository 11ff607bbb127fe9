// Story 6: a second tab shows the same, makes no second identity, and takes over when the first is closed or crashes.
import { expect } from 'vitest'
import { story } from './world/story.ts'
import { staysEqual, until } from './world/until.ts'

/** How soon the second tab leads after the first was closed, in milliseconds. */
const handOverMs = 2_000
/** The same after a crash, which the browser has to notice first. */
const crashMs = 5_000

story(
  'A second tab shows the same, and takes over within 2 s when the first is closed or crashes; everything arrives once',
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    await alice.say('from the first tab')
    await bob.sees(['from the first tab'])
    const before = await world.node.health()

    const second = await alice.secondTab()
    await second.open('Bob')
    await second.sees(['from the first tab'])
    await second.say('from the second tab')
    const said = ['from the first tab', 'from the second tab']
    for (const tab of [second, alice, bob]) await tab.sees(said)
    said.push('from Bob')
    await bob.say('from Bob')
    for (const tab of [second, alice]) await tab.sees(said)
    await second.seesState('from the second tab', 'Read')

    // Nobody new on the network, and nobody new in the conversation.
    expect(await world.node.health()).toMatchObject({ connections: before.connections, reservations: before.reservations })
    expect((await bob.people()).map(({ name }) => name).toSorted()).toEqual(['Alice', 'Bob'])
    expect((await second.people()).map(({ name }) => name).toSorted()).toEqual(['Alice', 'Bob'])

    // Commands with an answer work from the tab that does not lead.
    await second.createGroup('Bird watchers')
    expect(await second.inviteToGroup()).toMatch(/#\/j\//)
    await alice.open('Bird watchers')
    await staysEqual('what Bob sees', async () => (await bob.messages()).map(({ text }) => text), said, 1_500)

    await second.open('Bob')
    const began = performance.now()
    await alice.page().close()
    // Said at the worst moment: nobody leads yet. It is on its way as soon as somebody does.
    said.push('while nobody leads')
    await second.say('while nobody leads')
    await second.sees(said, handOverMs)
    const tookOver = performance.now() - began
    await bob.sees(said)
    const arrived = performance.now() - began
    console.log(`the second tab led after ${Math.round(tookOver)} ms, its message arrived after ${Math.round(arrived)} ms`)
    expect(tookOver).toBeLessThan(handOverMs)
    said.push('I am still here')
    await bob.say('I am still here')
    await second.sees(said)
    await second.seesState('while nobody leads', 'Read')
    expect((await bob.people()).length).toBe(2)
    await until('the node knows two devices', async () => (await world.node.health()).reservations === 2)

    // And again: a third tab, the second closed.
    const third = await alice.secondTab()
    await third.open('Bob')
    await second.close()
    said.push('from the third tab')
    await third.say('from the third tab')
    await bob.sees(said)

    // And once more, by a crash.
    const fourth = await alice.secondTab()
    await fourth.open('Bob')
    await alice.browser.witnesses[0]?.crash(third.page())
    said.push('from the fourth tab')
    await fourth.say('from the fourth tab')
    await fourth.sees(said, crashMs)
    await bob.sees(said)
  },
  120_000,
)
