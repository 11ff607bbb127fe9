// A device that tells different people different things: whoever meets both of its stories has the proof at once, and everybody is told.
// Real services over memory adapters; the liar's keys are in other hands.
import { afterEach, expect, test } from 'vitest'
import { lanes } from '../../src/core/event/event.ts'
import { idOfBytes } from '../../src/core/event/codec.ts'
import type { ForkRecord } from '../../src/ports/tables.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { changed, events, eventsFrame, fieldsOf, signFields, text } from '../adversarial/forge.ts'
import { setStage, type Stage } from '../adversarial/stage.ts'
import { commandsOf, queriesOf, untilTrue, valueOf } from './people.ts'

let stage: Stage
afterEach(() => stage.end())

const proofOn = (device: SimDevice): ForkRecord | undefined =>
  device.disk
    .state()
    .get('forks')
    ?.find(({ key }) => key[0] === stage.group)?.value as ForkRecord | undefined
const alarmsOn = async (device: SimDevice) =>
  ((await settled(stage.world, once(queriesOf(device).timeline(stage.group, 100))))?.items ?? []).flatMap((item) =>
    item.kind === 'notice' && item.alarm !== undefined ? [item.alarm.name] : [],
  )
/** Dave's next words, in two versions. */
const twoStories = async () => {
  const fields = await fieldsOf(stage, text('to Alice'))
  return [signFields(fields, stage.dave), signFields({ ...fields, body: text('to Bob') }, stage.dave)] as const
}

test('Alice, who holds one of two events with one number, has the proof when she is sent the other, and tells Bob', async () => {
  stage = await setStage()
  const [one, other] = await twoStories()
  await stage.throwAt(events(stage, [one]))
  await untilTrue(stage.world, async () => stage.bob.disk.state().get('events')!.length > 0)
  await stage.throwAt(events(stage, [other]))
  for (const device of [stage.alice, stage.bob]) {
    const proof = proofOn(device)
    const kept = new Set([proof?.ours, proof?.theirs].map((bytes) => bytes && idOfBytes(bytes)))
    expect(kept).toEqual(new Set([one, other].map(idOfBytes)))
    expect(await alarmsOn(device)).toEqual(['Dave'])
  }
  await stage.honestWordsFlow()
})

test('Alice and Bob, who were told different things and hold equally much, find out when they meet', async () => {
  stage = await setStage()
  const { world, alice, bob, dave, group } = stage
  world.hub.cut((from, to) => from === dave.device || to === dave.device || from.startsWith('/') || to.startsWith('/'))
  await stage.pass(1_000)
  const [one, other] = await twoStories()
  dave.network.want([alice.id()!, bob.id()!])
  // Shortly, since the other two look for another way to each other.
  await stage.pass(1_000)
  await dave.network.send(alice.id()!, eventsFrame(group, one))
  await dave.network.send(bob.id()!, eventsFrame(group, other))
  await stage.pass(1_000)
  expect([proofOn(alice), proofOn(bob)]).toEqual([undefined, undefined])
  world.hub.cut(undefined)
  await untilTrue(world, () => proofOn(alice) !== undefined && proofOn(bob) !== undefined)
  expect(await alarmsOn(alice)).toEqual(['Dave'])
  expect(await alarmsOn(bob)).toEqual(['Dave'])
  await stage.honestWordsFlow()
  // What is asked for in vain is not asked for without end.
  await world.scheduler.run(world.scheduler.now() + 600_000, 3_000_000)
  let frames = 0
  world.witness({ wire: (seen) => void (frames += Number(seen.kind === 'frame')) })
  await stage.pass(60_000)
  expect(frames).toBeLessThan(10)
})

test('Alice, who was told the longer of two stories and has nothing to ask for, has the proof when she gives it to Bob', async () => {
  stage = await setStage()
  const { world, alice, bob, dave, group } = stage
  const fields = await fieldsOf(stage, text('to Alice'))
  const one = signFields(fields, dave)
  const more = signFields({ ...fields, body: text('and more'), seq: fields.seq + 1, prev: idOfBytes(one), hlc: fields.hlc + 1 }, dave)
  const other = signFields({ ...fields, body: text('to Bob') }, dave)
  const meets = async (device: SimDevice): Promise<void> => {
    device.start()
    dave.network.want([device.id()!])
    await untilTrue(world, () => device.run()?.isStarted === true && world.hub.isLinked(device.id()!, dave.device))
  }
  await settled(world, alice.stop())
  await meets(bob)
  await dave.network.send(bob.id()!, eventsFrame(group, other, one))
  // Something of his own, so that she asks for that, and gets it.
  await valueOf(world, commandsOf(bob).sendMessage(group, 'while you were away'))
  await stage.pass(1_000)
  await settled(world, bob.stop())
  await meets(alice)
  await dave.network.send(alice.id()!, eventsFrame(group, one, more))
  await stage.pass(1_000)
  expect([proofOn(alice) !== undefined, proofOn(bob) !== undefined]).toEqual([false, true])
  bob.start()
  await untilTrue(world, () => proofOn(alice) !== undefined)
  expect(await alarmsOn(alice)).toEqual(['Dave'])
  await stage.honestWordsFlow()
})

test('Bob, who was let in after the first lie, has the proof of the next one', async () => {
  stage = await setStage()
  const { world, alice, bob, dave, group } = stage
  const [one, other] = await twoStories()
  await valueOf(world, commandsOf(bob).leave(group))
  await stage.pass(5_000)
  await stage.throwAt(events(stage, [one]))
  await stage.throwAt(events(stage, [other]))
  expect(proofOn(alice)).toBeDefined()
  const { link } = await valueOf(world, commandsOf(alice).createInvite(group))
  await valueOf(world, commandsOf(bob).joinInvite(link))
  await untilTrue(world, async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.standing === 'member')
  await stage.pass(5_000)
  expect(proofOn(bob)).toBeUndefined()
  const fields = await fieldsOf(stage, text('to Alice'))
  const toBob = signFields({ ...fields, body: text('to Bob') }, dave)
  const more = signFields({ ...fields, body: text('and more'), seq: fields.seq + 1, prev: idOfBytes(toBob), hlc: fields.hlc + 1 }, dave)
  dave.network.want([alice.id()!, bob.id()!])
  await untilTrue(world, () => world.hub.isLinked(bob.id()!, dave.device))
  await dave.network.send(bob.id()!, eventsFrame(group, toBob, more))
  await dave.network.send(alice.id()!, eventsFrame(group, signFields(fields, dave)))
  await untilTrue(world, () => proofOn(bob) !== undefined)
  expect(await alarmsOn(bob)).toEqual(['Dave'])
  expect(await alarmsOn(alice)).toEqual(['Dave'])
  await stage.honestWordsFlow()
})

test('whoever only repeats what another one was told is not taken for the liar', async () => {
  stage = await setStage()
  const { alice } = stage
  const [one, other] = await twoStories()
  await stage.throwAt(events(stage, [one]))
  // Bob's words rest on the other story; he is honest, and Alice cannot know of it yet.
  const bob = { ...stage.dave, ...stage.profileOf(stage.bob) }
  const named = await changed(
    stage,
    text('I heard Dave'),
    ({ deps }) => ({
      deps: deps.map((dep) => (dep.device === stage.dave.device && dep.lane === lanes.content ? { ...dep, id: idOfBytes(other) } : dep)),
    }),
    { as: bob },
  )
  await stage.throwAt(events(stage, [named]))
  expect(
    alice.disk
      .state()
      .get('places')!
      .some(({ key }) => key[1] === idOfBytes(named)),
  ).toBe(true)
  expect(proofOn(alice)).toBeUndefined()
})
