// Finding what was said: beyond the index, in it, across its growth, and not what is gone. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { ProfileRecord, SearchRecord } from '../../src/ports/tables.ts'
import type { SearchWish } from '../../src/ports/queries.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const find = async (device: SimDevice, wish: SearchWish | string, limit = 50) =>
  (await settled(world, once(queriesOf(device).search(typeof wish === 'string' ? { text: wish } : wish, limit))))!
const textsOf = async (device: SimDevice, wish: SearchWish | string, limit?: number) =>
  (await find(device, wish, limit)).hits.map(({ parts }) => parts.map(({ text }) => text).join(''))

const two = async (): Promise<readonly [SimDevice, SimDevice, ConversationId]> => {
  world = createWorld({ seed: 43, devices: 2, realCipher: false, keepTrace: false })
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  for (const device of world.devices) device.start()
  await until(() => world.devices.every((device) => device.run()?.isStarted))
  await value(commandsOf(alice).createProfile('Alice'))
  await value(commandsOf(bob).createProfile('Bob'))
  const group = await value(commandsOf(alice).createGroup('Choir'))
  const { link } = await value(commandsOf(alice).createInvite(group))
  await value(commandsOf(bob).joinInvite(link))
  await until(async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.standing === 'member')
  return [alice, bob, group]
}

test('what was said just now is found by the beginnings of its words, by whom, where and when', async () => {
  const [alice, bob, group] = await two()
  await value(commandsOf(alice).sendMessage(group, 'The train leaves at seven'))
  await value(commandsOf(bob).sendMessage(group, 'A train? See https://example.org/trains'))
  await until(async () => (await textsOf(alice, 'train')).length === 2)
  expect(await textsOf(alice, 'lea TRAI')).toEqual(['The train leaves at seven'])
  expect(await textsOf(alice, 'nothing like it')).toEqual([])
  expect(await textsOf(alice, '')).toEqual([])
  const { identity } = bob.disk.state().get('profile')![0]!.value as ProfileRecord
  expect((await find(alice, { text: 'train', people: [identity] })).hits.map(({ author }) => author.name)).toEqual(['Bob'])
  expect(await textsOf(alice, { text: '', hasLink: true })).toHaveLength(1)
  expect(await textsOf(alice, { text: 'train', conversation: 'f'.repeat(64) as ConversationId })).toEqual([])
  const now = world.scheduler.now()
  expect(await textsOf(alice, { text: 'train', after: 0, before: now - 86_400_000 })).toEqual([])
  expect((await find(alice, 'train', 1)).more).toBe(true)
})

test('a place is found by its digits, a card by the name in it', async () => {
  const [alice, bob, group] = await two()
  await value(commandsOf(alice).sendPlace(group, { latitude: 48_858_370, longitude: 2_294_480, accuracy: 12 }))
  await value(commandsOf(alice).sendCard(group))
  await until(async () => (await textsOf(bob, 'alice')).length === 1)
  expect(await textsOf(bob, 'alice')).toEqual(['👤 Alice'])
  expect(await textsOf(bob, '48.858')).toEqual(['📍 48.85837, 2.29448'])
  expect(await textsOf(alice, '48.85837, 2.29448')).toHaveLength(1)
})

test('an edit is found by its new words alone, and a deleted message not at all', async () => {
  const [alice, , group] = await two()
  await value(commandsOf(alice).sendMessage(group, 'See you on Friday'))
  await value(commandsOf(alice).sendMessage(group, 'Bring the umbrella'))
  const items = (await settled(world, once(queriesOf(alice).timeline(group, 10))))!.items
  const [first, second] = items.filter((item) => item.kind === 'message')
  await value(commandsOf(alice).editMessage(group, first!.id, 'See you on Saturday'))
  await value(commandsOf(alice).deleteMessage(group, second!.id))
  const details = await settled(world, once(queriesOf(alice).messageDetails(group, first!.id)))
  expect(details?.versions.map(({ text }) => text)).toEqual(['See you on Friday'])
  expect(await textsOf(alice, 'saturday')).toEqual(['See you on Saturday'])
  expect(await textsOf(alice, 'friday')).toEqual([])
  expect(await textsOf(alice, 'umbrella')).toEqual([])
})

const segmentsOf = (device: SimDevice) => {
  const record = device.disk
    .state()
    .get('search')
    ?.find(({ key }) => key[0] === 'segments')?.value as SearchRecord | undefined
  return record?.kind === 'segments' ? record.segments : []
}

test('nothing is indexed while much is coming, and all of it once it is quiet', async () => {
  const [alice, , group] = await two()
  const pass = (ms: number) => world.scheduler.run(world.scheduler.now() + ms, 2_000_000)
  const sending = Promise.all(Array.from({ length: 560 }, (_, i) => commandsOf(alice).sendMessage(group, `message ${i}`)))
  let isSent = false
  void sending.then(() => (isSent = true))
  await until(() => isSent)
  // Not waited for, since waiting for a command may take more of this world's time than a rest.
  for (let i = 0; i < 5; i += 1) {
    void commandsOf(alice).sendMessage(group, `one more ${i}`)
    await pass(2_000)
    expect(segmentsOf(alice)).toHaveLength(0)
  }
  await until(() => segmentsOf(alice).length === 1)
})

test('where there is no quiet it is done all the same, a little at a time', async () => {
  const [alice, , group] = await two()
  for (let i = 0; i < 700; i += 1) await value(commandsOf(alice).sendMessage(group, `message ${i}`))
  const end = world.scheduler.now() + 90_000
  while (segmentsOf(alice).length === 0 && world.scheduler.now() < end) {
    await world.scheduler.run(world.scheduler.now() + 2_000, 2_000_000)
    await value(commandsOf(alice).sendMessage(group, 'and another'))
  }
  expect(segmentsOf(alice)).toHaveLength(1)
  expect(segmentsOf(alice)[0]!.count).toBeLessThanOrEqual(512)
})

test('what was left when people fell silent in the middle of it is indexed once it is quiet', async () => {
  const [alice, bob, group] = await two()
  // Nobody answers: nothing but what Alice says is committed.
  bob.crash('late')
  const pass = (ms: number) => world.scheduler.run(world.scheduler.now() + ms, 2_000_000)
  await pass(10_000)
  // Silent a moment before it would be done all the same, which is a minute after the first of them.
  const silence = world.scheduler.now() + 58_500
  let said = 0
  for (; world.scheduler.now() < silence; said += 1) {
    // Not waited for, as above.
    void commandsOf(alice).sendMessage(group, `message ${said}`)
    await pass(40)
  }
  const indexed = () => segmentsOf(alice).reduce((sum, { count }) => sum + count, 0)
  await until(() => indexed() > 0)
  expect(said - indexed()).toBeGreaterThan(512)
  await until(() => said - indexed() < 512)
})

test('with the index grown, merged and read by a device that starts anew, everything is found as before', async () => {
  const [alice, , group] = await two()
  const send = async (from: number, to: number): Promise<void> => {
    for (let i = from; i < to; i += 1)
      await value(commandsOf(alice).sendMessage(group, i % 100 === 0 ? `rare pearl ${i}` : `ordinary message ${i}`))
  }
  const segments = () => segmentsOf(alice)
  await send(0, 600)
  await until(() => segments().length === 1)
  await send(600, 1_250)
  await until(() => segments().length === 2)
  const expected = Array.from({ length: 13 }, (_, i) => `rare pearl ${(12 - i) * 100}`)
  expect(await textsOf(alice, 'pearl')).toEqual(expected)
  expect(await textsOf(alice, 'ordinary 1249')).toEqual(['ordinary message 1249'])
  expect(await textsOf(alice, 'ordinary 7', 200)).toContain('ordinary message 7')
  const { hits, more } = await find(alice, 'ordinary', 20)
  expect([hits.length, more]).toEqual([20, true])
  alice.crash('late')
  alice.start()
  await until(() => alice.run()?.isStarted === true)
  expect(await textsOf(alice, 'pearl')).toEqual(expected)
  const keys = (alice.disk.state().get('search') ?? []).map(({ key }) => key.join(' '))
  expect(keys.some((key) => key.includes('pearl'))).toBe(false)
}, 60_000)
