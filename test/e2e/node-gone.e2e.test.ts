// Story 5: the node is killed in mid-chat and the chat goes on; when it is back, everybody can be found again by themselves, and somebody
// new can join.
import { expect } from 'vitest'
import { story } from './world/story.ts'
import { until } from './world/until.ts'

/** How soon everybody holds a reservation again after the node is back, in milliseconds. */
const healMs = 15_000
/** How soon somebody new has joined after the node is back, in milliseconds. */
const newcomerMs = 15_000
const ten = Array.from({ length: 10 }, (_, i) => i + 1)

story('With the node killed in mid-chat all 20 messages of Alice and Bob arrive, and it heals without a reload', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  await alice.say('hello')
  await bob.sees(['hello'])
  await alice.connection(/Direct/)
  await bob.connection(/Direct/)
  await world.node.kill()

  const said = ['hello']
  for (const n of ten) {
    await alice.say(`Alice ${n}`)
    said.push(`Alice ${n}`)
    await bob.sees(said)
    await bob.say(`Bob ${n}`)
    said.push(`Bob ${n}`)
    await alice.sees(said)
  }
  expect(said.length).toBe(21)
  await alice.seesState('Alice 10', 'Read')
  await bob.seesState('Bob 10', 'Read')

  // A browser that is open already: its start is not what is timed.
  const carol = await world.person('Carol')
  await world.node.revive()
  const healed = await until('both can be found again', async () => (await world.node.health()).reservations === 2, healMs)
  const link = await alice.invite()
  const began = performance.now()
  await carol.join(link)
  await carol.say('Hello Alice')
  await alice.open('Carol')
  await alice.sees(['Hello Alice'])
  const joined = performance.now() - began
  console.log(`reservations after ${Math.round(healed)} ms, a new person after ${Math.round(joined)} ms`)
  expect(joined).toBeLessThan(newcomerMs)
})

story('With the node killed in mid-chat all 20 messages reach everybody in a group, and Dave can join when it is back', async (world) => {
  const { people: three, link } = await world.group('Bird watchers', 'Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = three
  for (const person of three)
    await until(`${person.name} has direct paths`, async () => {
      const others = (await person.people()).filter(({ name }) => name !== person.name)
      return others.every(({ presence }) => presence.includes('Direct'))
    })
  await world.node.kill()

  const said: string[] = []
  for (let n = 1; n <= 20; n++) {
    const text = `message ${n}`
    await three[n % 3]?.say(text)
    said.push(text)
    for (const person of three) await person.sees(said)
  }

  const dave = await world.person('Dave')
  await world.node.revive()
  await until('all three can be found again', async () => (await world.node.health()).reservations === 3, healMs)
  await carol.leave()
  const began = performance.now()
  await dave.join(link)
  await dave.say('Hello all')
  await bob.sees([...said, 'Hello all'])
  expect(performance.now() - began).toBeLessThan(newcomerMs)
  await alice.sees([...said, 'Hello all'])
})
