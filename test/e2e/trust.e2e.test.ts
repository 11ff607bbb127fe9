// Trust on screen: who may do what in a group and what a removal means, safety numbers that are the same on both sides, and a block that
// hides everything.
import { expect } from 'vitest'
import { composer, line, listed, lookAt, press, sheet } from './world/sheets.ts'
import { story } from './world/story.ts'
import { staysEqual, untilEqual } from './world/until.ts'
import type { Person } from './world/world.ts'

const textsOf = async (person: Person): Promise<readonly string[]> => (await person.messages()).map(({ text }) => text)

story(
  'Alice makes Bob a moderator, Bob removes Carol while Alice is away, and what Alice writes then never reaches Carol',
  async (world) => {
    const { people: all } = await world.group('Choir', 'Alice', 'Bob', 'Carol')
    const [alice, bob, carol] = all
    await alice.say('for all three')
    for (const person of all) await person.sees(['for all three'])

    // Nobody is offered what everybody would refuse.
    await lookAt(carol, 'Bob')
    expect(await sheet(carol).getByRole('radio').count()).toBe(0)
    expect(await sheet(carol).getByRole('button', { name: 'Remove Bob', exact: true }).count()).toBe(0)
    await carol.closeSheet()

    await lookAt(alice, 'Bob')
    await sheet(alice).getByRole('radio', { name: 'Moderator', exact: true }).check()
    await press(alice, 'Save role')
    await alice.closeSheet()
    await line(alice, 'You made Bob a moderator')
    await line(bob, 'Alice made you a moderator')
    await line(carol, 'Alice made Bob a moderator')

    // Nobody has to wait for her.
    await alice.leave()
    await bob.page().getByText('3 people · 1 online', { exact: true }).waitFor()
    await lookAt(bob, 'Carol')
    await press(bob, 'Remove Carol')
    await sheet(bob).getByText('They keep what they have. From now on nobody here writes to them.').waitFor()
    await press(bob, 'Remove Carol')
    await sheet(bob).getByRole('list', { name: 'People', exact: true }).waitFor()
    await bob.closeSheet()
    await line(bob, 'You removed Carol')
    await line(carol, 'Bob removed you')
    await carol.page().getByText('You are not in this conversation any more.').waitFor()
    expect(await composer(carol).count()).toBe(0)

    await alice.comeBack()
    await alice.open('Choir')
    await line(alice, 'Bob removed Carol')
    await alice.say('without Carol')
    await bob.sees(['for all three', 'without Carol'])
    await alice.seesState('without Carol', ['Delivered', 'Read'])
    await staysEqual('what Carol sees', () => textsOf(carol), ['for all three'], 1_500)
    await carol.page().reload()
    await carol.page().getByText('You are not in this conversation any more.').waitFor()
    await staysEqual('what Carol sees when she is back', () => textsOf(carol), ['for all three'], 1_500)

    await alice.page().getByRole('button', { name: 'Conversation details', exact: true }).click()
    await sheet(alice).getByText('2 of 2 hold the same history').waitFor()
    await alice.closeSheet()
  },
  120_000,
)

story('Alice and Bob read the same safety number, then compare emojis; a block hides all of Bob until she takes it back', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  const others = new Map([
    [alice, 'Bob'],
    [bob, 'Alice'],
  ])
  const numbers: string[][] = []
  for (const [person, other] of others) {
    await lookAt(person, other)
    await press(person, 'Compare safety numbers')
    const groups = sheet(person).getByRole('list', { name: 'Safety number', exact: true }).getByRole('listitem')
    await groups.first().waitFor()
    numbers.push(await groups.allInnerTexts())
    await sheet(person).getByRole('img', { name: 'Safety number QR code', exact: true }).waitFor()
  }
  expect(numbers[0]).toHaveLength(12)
  for (const group of numbers[0] ?? []) expect(group).toMatch(/^\d{5}$/)
  expect(numbers[1]).toEqual(numbers[0])

  for (const [person, other] of others) {
    await press(person, 'Mark as verified')
    await sheet(person).getByText(`You and ${other} compared, and it was the same.`).waitFor()
    await person.closeSheet()
    // Beside the name in the header and in the list.
    await untilEqual('badges', () => person.page().getByRole('img', { name: 'Verified', exact: true }).count(), 2)
  }
  await lookAt(bob, 'Alice')
  await press(bob, 'Compare safety numbers')
  await press(bob, 'Not verified any more')
  await sheet(bob).getByRole('button', { name: 'Mark as verified', exact: true }).waitFor()
  await bob.closeSheet()
  await untilEqual('badges', () => bob.page().getByRole('img', { name: 'Verified', exact: true }).count(), 0)

  // By emojis, while both are online: once both have said that they are the same.
  await alice.say('Are you there?')
  await bob.sees(['Are you there?'])
  await lookAt(alice, 'Bob')
  await press(alice, 'Compare safety numbers')
  await press(alice, 'Not verified any more')
  await press(alice, 'Compare emojis')
  await bob.page().getByText('Alice wants to compare emojis with you.', { exact: true }).first().waitFor()
  await bob.page().getByRole('button', { name: 'Compare emojis', exact: true }).click()
  const seen: string[][] = []
  for (const person of [alice, bob]) {
    const emojis = sheet(person).getByRole('list', { name: 'Emojis', exact: true }).getByRole('listitem')
    await emojis.first().waitFor()
    seen.push(await emojis.allInnerTexts())
  }
  expect(seen[0]).toHaveLength(7)
  expect(seen[1]).toEqual(seen[0])
  await press(alice, 'They are the same')
  await sheet(alice).getByText('Now Bob has to say so, too.').waitFor()
  await press(bob, 'They are the same')
  for (const person of [alice, bob]) {
    await sheet(person).getByText('Both of you saw the same emojis.').waitFor()
    await person.closeSheet()
    await untilEqual('badges', () => person.page().getByRole('img', { name: 'Verified', exact: true }).count(), 2)
  }

  // She blocks him: nothing of his shows, he is not told, and unblocking brings it all back.
  await bob.say('before')
  await alice.sees(['Are you there?', 'before'])
  await bob.seesState('before', 'Read')

  await lookAt(alice, 'Bob')
  await press(alice, 'Block Bob')
  await alice.page().getByText('You blocked Bob.').waitFor()
  await untilEqual('the list of Alice', () => listed(alice), [])
  await bob.say('Can you hear me?')
  await staysEqual(
    'what Alice sees',
    async () => ({
      list: await listed(alice),
      messages: await textsOf(alice),
      title: await alice.page().title(),
      composers: await composer(alice).count(),
    }),
    { list: [], messages: [], title: 'Parley', composers: 0 },
    2_000,
  )
  await bob.seesState('Can you hear me?', 'Waiting')
  expect(await bob.page().getByText(/block/i).count()).toBe(0)

  await alice.page().getByRole('button', { name: 'Settings', exact: true }).click()
  await sheet(alice).getByRole('list', { name: 'Blocked', exact: true }).getByText('Bob', { exact: true }).waitFor()
  await press(alice, 'Unblock Bob')
  await alice.closeSheet()
  await untilEqual('the list of Alice', () => listed(alice), ['Bob'])
  await alice.sees(['Are you there?', 'before', 'Can you hear me?'])
  await bob.seesState('Can you hear me?', ['Delivered', 'Read'])
})
