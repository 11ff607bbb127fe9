// Story: every node is gone for good. Three people keep the room alive, and a fourth, who has the link and stands beside one of them, gets in
// from hand to hand and is heard by all.
import { story } from './world/story.ts'

story('With every node gone three keep the room alive and admit Dave, who stands beside Bob', async (world) => {
  const {
    people: [alice, bob, carol],
    link,
  } = await world.group('Bird watchers', 'Alice', 'Bob', 'Carol')
  const dave = await world.person('Dave')
  await dave.visit(world.url)
  await dave.isKept()
  for (const person of [alice, bob, carol]) await person.connection(/Direct/)
  await world.node.kill()

  await alice.say('still here')
  for (const person of [bob, carol]) await person.sees(['still here'])
  await dave.join(link)
  const offer = await bob.showCode()
  await bob.takeCode(await dave.answerCode(offer))
  await bob.page().getByText('That is all.').waitFor()
  await bob.closeSheet()
  await dave.say('Hello all')
  for (const person of [alice, bob, carol]) await person.sees(['still here', 'Hello all'])
  await carol.say('Welcome')
  await dave.sees(['Hello all', 'Welcome'])
  // Dave is linked with the others through Bob, and then directly.
  for (const person of [alice, carol]) await person.page().getByText('4 people · 3 online').waitFor()
})
