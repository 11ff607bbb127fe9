// Forward secrecy and healing, over whole databases (PROTOCOL section 5). Everything on the wire is recorded; then a thief gets a database
// with its vault open. The promise is about the recordings: what has come, what follows a removal, what precedes a grant, and what follows
// the rotation of a device that was copied. What a device keeps as its own history is there to be read, and no subject here. Real services
// and the real cipher over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { SimDevice } from '../sim/world/device.ts'
import type { SenderChain } from '../../src/core/epoch/sender-chain.ts'
import { fieldsOf, newestEpoch, nextSealOf, sealedAs, sealedFrame, signFields, text } from '../adversarial/forge.ts'
import { setStage, type Stage } from '../adversarial/stage.ts'
import { commandsOf, untilTrue, valueOf } from './people.ts'
import { openedBy, record, repeated, type Recording } from './thief.ts'

let stage: Stage
let recording: Recording
afterEach(() => {
  stage.end()
  // Over all runs, whatever else was looked at.
  if (repeated(recording).length > 0) throw new Error(repeated(recording).join('\n'))
})

const begin = async (): Promise<void> => {
  stage = await setStage((world) => {
    recording = record(world)
  })
}
const say = async (device: SimDevice, words: string): Promise<void> => {
  await valueOf(stage.world, commandsOf(device).sendMessage(stage.group, words))
  await stage.pass(20_000)
}
const weekMs = 7 * 24 * 3_600_000

test('Alice’s database opens nothing that was recorded, of what has come to her and of what she said', async () => {
  await begin()
  for (const device of [stage.alice, stage.bob, stage.alice]) await say(device, `from ${device.name}`)
  const before = recording.sealed.size
  expect(before).toBeGreaterThan(8)
  expect(await openedBy(stage.alice.disk.copy(), recording)).toEqual([])
  // What is still on its way can be opened by the one for whom it is: a thief who has the database early reads it, and no later.
  const early = stage.alice.disk.copy()
  await say(stage.bob, 'one more')
  expect(recording.sealed.size).toBe(before + 1)
  expect(await openedBy(early, recording)).toHaveLength(1)
  expect(await openedBy(stage.alice.disk.copy(), recording)).toEqual([])
})

test('a copy of Bob’s device is locked out once he has replaced his keys and a new epoch was made', async () => {
  await begin()
  const copy = stage.bob.disk.copy()
  await say(stage.alice, 'the copy reads this')
  expect(await openedBy(copy, recording)).toHaveLength(1)
  // The first epoch after a week is still sealed to the key that was copied; using it replaces that key.
  await stage.pass(weekMs + 60_000)
  await say(stage.alice, 'and this, for the last time')
  await stage.pass(weekMs + 60_000)
  const rotatedAt = stage.world.scheduler.now()
  for (const device of [stage.alice, stage.bob, stage.alice]) await say(device, 'not for the copy')
  const after = [...recording.sealed.values()].filter(({ at }) => at > rotatedAt)
  expect(after.length).toBeGreaterThanOrEqual(2)
  expect((await openedBy(copy, recording)).filter(({ at }) => at > rotatedAt)).toEqual([])
})

test('Carol, who was removed, opens nothing that was said by those who know of it', async () => {
  await begin()
  const carol = stage.world.devices[2]!
  const removedAt = stage.world.scheduler.now()
  for (const device of [stage.alice, stage.bob]) await say(device, 'without Carol')
  const after = [...recording.sealed.values()].filter(({ at }) => at > removedAt)
  expect(after).toHaveLength(2)
  expect((await openedBy(carol.disk, recording)).filter(({ at }) => at > removedAt)).toEqual([])
})

test('somebody who is let in opens nothing from before', async () => {
  await begin()
  for (const device of [stage.alice, stage.bob]) await say(device, 'before')
  const { link } = await valueOf(stage.world, commandsOf(stage.alice).createInvite(stage.elsewhere))
  const joinedAt = stage.world.scheduler.now()
  const dave = stage.world.devices[3]!
  // Dave's own program goes on from his disk, in the place of whoever held his keys.
  await stage.dave.network.stop()
  dave.start()
  await untilTrue(stage.world, () => dave.run()?.isStarted === true)
  const id = await valueOf(stage.world, commandsOf(dave).joinInvite(link))
  await stage.pass(60_000)
  await valueOf(stage.world, commandsOf(stage.alice).sendMessage(id, 'welcome'))
  await stage.pass(60_000)
  const old = [...recording.sealed.values()].filter(({ header, at }) => at < joinedAt && isOf(id, header.epoch))
  expect(old.length).toBeGreaterThan(0)
  const opened = await openedBy(dave.disk, recording)
  expect(opened.filter(({ header, at }) => at < joinedAt && isOf(id, header.epoch))).toEqual([])
})

test('keys of what never came are gone after 30 days, and old epochs with them, although nothing comes meanwhile', async () => {
  await begin()
  const { alice, dave } = stage
  const chains = () => (alice.disk.state().get('senderChains') ?? []).map(({ value }) => value as SenderChain)
  // Dave's next word is lost, the one after it comes.
  const epoch = await newestEpoch(stage)
  const { place, key } = nextSealOf(stage, epoch, dave.device, 1)
  const bytes = signFields(await fieldsOf(stage, text('the second'), { place }), dave)
  const sealed = sealedAs({ ...place, sender: dave.device }, key, bytes)
  await stage.throwAt({ by: 'link', from: dave, frames: [sealedFrame(stage.group, sealed)] })
  expect(chains().flatMap(({ skipped }) => skipped)).toHaveLength(1)
  const before = chains().length
  alice.skewMs += 31 * 24 * 3_600_000
  await stage.pass(7 * 3_600_000)
  expect(chains().flatMap(({ skipped }) => skipped)).toEqual([])
  expect(chains()).toHaveLength(before)
  alice.skewMs += 8 * 24 * 3_600_000
  await stage.pass(7 * 3_600_000)
  expect(chains()).toEqual([])
  await stage.honestWordsFlow()
})

/** Whether an epoch is of a conversation, by Alice's database. */
const isOf = (id: string, epoch: string): boolean =>
  (stage.alice.disk.state().get('epochs') ?? []).some(({ key }) => key[0] === id && key[1] === epoch)
