// Story 3: a group, a third person, all three talk, everybody sees who is here; any member may hand on the invite, and joining works
// while the one who made the group is offline.
import { expect } from 'vitest'
import { story } from './world/story.ts'
import { until, untilEqual } from './world/until.ts'
import type { Person } from './world/world.ts'

const namesOf = async (person: Person): Promise<readonly string[]> => (await person.people()).map(({ name }) => name).toSorted()

story('Alice makes a group, Bob and Carol join, all three talk and see who is here', async (world) => {
  const [alice, bob, carol] = await world.people('Alice', 'Bob', 'Carol')
  await alice.visit(world.url)
  await alice.getStarted()
  await alice.createGroup('Bird watchers')
  const link = await alice.inviteToGroup()
  expect(link.length).toBeLessThanOrEqual(140)

  await bob.visit(link)
  await bob.page().getByRole('heading', { name: 'Alice invites you to Bird watchers' }).waitFor()
  await bob.join(link)
  await carol.join(link)
  for (const person of [alice, bob, carol]) {
    await person.page().getByRole('heading', { name: 'Bird watchers', exact: true }).waitFor()
    await person.page().getByText('3 people · 2 online').waitFor()
  }

  await alice.say('from Alice')
  for (const person of [alice, bob, carol]) await person.sees(['from Alice'])
  await bob.say('from Bob')
  for (const person of [alice, bob, carol]) await person.sees(['from Alice', 'from Bob'])
  await carol.say('from Carol')
  for (const person of [alice, bob, carol]) await person.sees(['from Alice', 'from Bob', 'from Carol'])
  await alice.seesState('from Alice', 'Read')
  await carol.seesState('from Carol', 'Read')

  for (const person of [alice, bob, carol]) {
    const people = await person.people()
    expect(people.map(({ name }) => name).toSorted()).toEqual(['Alice', 'Bob', 'Carol'])
    const others = people.filter(({ name }) => name !== person.name)
    expect(
      others.every(({ presence }) => /Direct|relay|Online/.test(presence)),
      JSON.stringify(people),
    ).toBe(true)
  }
  // Somebody who leaves is seen to be away, by all who stay.
  await carol.leave()
  for (const person of [alice, bob]) await person.page().getByText('3 people · 1 online').waitFor()
  await until('Carol is away', async () =>
    (await alice.people()).some(({ name, presence }) => name === 'Carol' && presence.includes('Last seen')),
  )
})

story(
  'While Alice, who made the group, is offline, Carol joins by an invite of Bob, and Dave through Bob by the one that Alice made',
  async (world) => {
    const {
      people: [alice, bob],
      link: first,
    } = await world.group('Bird watchers', 'Alice', 'Bob')
    const [carol, dave] = await world.people('Carol', 'Dave')
    await alice.say('before Carol')
    await bob.sees(['before Carol'])
    await alice.leave()

    const link = await bob.inviteToGroup()
    expect(link).not.toBe(first)
    await carol.join(link)
    await carol.page().getByText('3 people · 1 online').waitFor()
    await carol.say('Hello Bob')
    await bob.sees(['before Carol', 'Hello Bob'])
    await bob.say('Hello Carol')
    // What was said before she came is not hers to read.
    await carol.sees(['Hello Bob', 'Hello Carol'])

    await dave.join(first)
    await dave.say('Is anybody here?')
    const since = ['Hello Bob', 'Hello Carol', 'Is anybody here?']
    for (const person of [bob, carol]) await person.sees(person === bob ? ['before Carol', ...since] : since)
    await dave.seesState('Is anybody here?', 'Waiting')

    // Alice learns of it when she returns.
    await alice.comeBack()
    await alice.open('Bird watchers')
    await alice.sees(['before Carol', ...since])
    await dave.seesState('Is anybody here?', 'Read')
    await alice.say('Welcome')
    await carol.sees([...since, 'Welcome'])
    await dave.sees(['Is anybody here?', 'Welcome'])
    await untilEqual('who is in the group', () => namesOf(carol), ['Alice', 'Bob', 'Carol', 'Dave'])
  },
)
