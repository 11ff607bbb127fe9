// Messages that disappear: for both, from the whole database, over absences, restarts and clocks that jump. Real services over memory
// adapters, in virtual time.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { MessageView } from '../../src/ports/queries.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'
import { openedBy, record } from './thief.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const pass = (ms: number) => world.scheduler.run(world.scheduler.now() + ms, 5_000_000)

const itemsOn = async (device: SimDevice, id: ConversationId) =>
  (await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []
const messagesOn = async (device: SimDevice, id: ConversationId): Promise<readonly MessageView[]> =>
  (await itemsOn(device, id)).flatMap((item) => (item.kind === 'message' ? [item] : []))
const textsOn = async (device: SimDevice, id: ConversationId) => (await messagesOn(device, id)).map(({ text }) => text)
const messageOn = async (device: SimDevice, id: ConversationId, text: string) =>
  (await messagesOn(device, id)).find((message) => message.text === text)
const summaryOn = async (device: SimDevice) => (await settled(world, once(queriesOf(device).conversations())))?.[0]
const foundOn = async (device: SimDevice, text: string) =>
  ((await settled(world, once(queriesOf(device).search({ text }, 10))))?.hits ?? []).map(({ parts }) =>
    parts.map((part) => part.text).join(''),
  )

/** Everything on a disk, opened, as letters. */
const dump = (device: SimDevice): string =>
  JSON.stringify([...device.disk.state()], (_, part: unknown) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part instanceof Map ? [...part] : part,
  )

const group = async (seed: number, people: number, seconds: number): Promise<readonly [ConversationId, ...SimDevice[]]> => {
  world = await worldOf(seed, people)
  const id = await groupOf(world)
  const [alice] = world.devices
  if (seconds > 0) await value(commandsOf(alice!).setTimer(id, seconds))
  for (const device of world.devices)
    await until(async () => (await settled(world, once(queriesOf(device).conversation(id))))?.timer === seconds)
  return [id, ...world.devices]
}

test('what Alice says disappears for both after the time that was set, from the whole database; what was said before stays', async () => {
  const [id, alice, bob] = (await group(501, 2, 0)) as [ConversationId, SimDevice, SimDevice]
  const recording = record(world)
  await value(commandsOf(alice).sendMessage(id, 'stays for ever'))
  await value(commandsOf(alice).setTimer(id, 300))
  await value(commandsOf(alice).sendMessage(id, 'xylophone at midnight'))
  await until(async () => (await messageOn(bob, id, 'xylophone at midnight')) !== undefined)
  const { id: message, fades } = (await messageOn(bob, id, 'xylophone at midnight'))!
  expect(fades?.lifetime).toBe(300)
  await value(commandsOf(bob).setStarred(id, message, true))
  await value(commandsOf(alice).setPinned(id, message, true))
  await value(commandsOf(alice).editMessage(id, message, 'zeppelin at noon'))
  await value(commandsOf(bob).react(id, message, '👍'))
  await value(commandsOf(bob).sendMessage(id, 'really?', message))
  await until(async () => (await messageOn(bob, id, 'zeppelin at noon')) !== undefined)
  expect(await foundOn(bob, 'zeppelin')).toEqual(['zeppelin at noon'])
  expect(dump(bob)).toContain('xylophone')
  await pass(310_000)
  for (const device of [alice, bob]) {
    expect(await textsOn(device, id)).toEqual(['stays for ever'])
    expect(dump(device)).not.toMatch(/xylophone|zeppelin|really\?/)
    expect(await foundOn(device, 'zeppelin')).toEqual([])
    expect(await settled(world, once(queriesOf(device).starred()))).toEqual([])
    expect((await settled(world, once(queriesOf(device).conversation(id))))?.pins).toEqual([])
    expect((await summaryOn(device))?.lastText?.text).toBe('stays for ever')
    expect(await openedBy(device.disk, recording)).toEqual([])
  }
  expect((await summaryOn(bob))?.unread).toBe(1)
  // The chains go on as if nothing had happened.
  await value(commandsOf(bob).setTimer(id, 0)).catch(() => undefined)
  await value(commandsOf(alice).setTimer(id, 0))
  await value(commandsOf(alice).sendMessage(id, 'and this too'))
  await until(async () => (await textsOn(bob, id)).includes('and this too'))
})

test('a line says who set which time; in a group those who look after it do', async () => {
  const [id, alice, bob] = (await group(502, 2, 3_600)) as [ConversationId, SimDevice, SimDevice]
  await until(async () => (await itemsOn(bob, id)).some((item) => item.kind === 'notice' && item.notice.kind === 'timer'))
  const line = (await itemsOn(bob, id)).find((item) => item.kind === 'notice' && item.notice.kind === 'timer')
  expect(line).toMatchObject({ author: { name: alice.name }, notice: { kind: 'timer', seconds: 3_600 } })
  const refused = await settled(world, commandsOf(bob).setTimer(id, 30))
  expect(refused?.ok === false && refused.error.kind).toBe('not-allowed')
  const odd = await settled(world, commandsOf(alice).setTimer(id, 29 * 86_400))
  expect(odd?.ok === false && odd.error.kind).toBe('not-allowed')
})

test('an answer to what has disappeared says that it is gone', async () => {
  // Time to answer it before it disappears, whatever the weather of this world.
  const [id, alice, bob] = (await group(503, 2, 300)) as [ConversationId, SimDevice, SimDevice]
  await value(commandsOf(alice).sendMessage(id, 'gone soon'))
  await until(async () => (await messageOn(bob, id, 'gone soon')) !== undefined)
  await value(commandsOf(alice).setTimer(id, 0))
  await until(async () => (await settled(world, once(queriesOf(bob).conversation(id))))?.timer === 0)
  await value(commandsOf(bob).sendMessage(id, 'I see', (await messageOn(bob, id, 'gone soon'))!.id))
  expect((await messageOn(bob, id, 'I see'))?.replyTo).toMatchObject({ text: 'gone soon' })
  await pass(310_000)
  for (const device of [alice, bob]) expect((await messageOn(device, id, 'I see'))?.replyTo).toMatchObject({ text: '', gone: true })
})

test('Carol, who was away, sees nothing of it, holds the same history, and hears what came after', async () => {
  const [id, alice, bob, carol] = (await group(504, 3, 300)) as [ConversationId, SimDevice, SimDevice, SimDevice]
  carol.crash('late')
  await value(commandsOf(alice).sendMessage(id, 'only for now'))
  await until(async () => (await messageOn(bob, id, 'only for now')) !== undefined)
  await pass(20 * 60_000)
  await value(commandsOf(alice).sendMessage(id, 'good morning'))
  carol.start()
  await until(async () => (await messageOn(carol, id, 'good morning')) !== undefined)
  expect(await textsOn(carol, id)).toEqual(['good morning'])
  expect((await summaryOn(carol))?.unread).toBe(1)
  expect(dump(carol)).not.toContain('only for now')
  await until(async () => (await settled(world, once(queriesOf(carol).conversation(id))))?.consistency.same === 3)
})

test('what became due while Bob’s device was off is gone before he sees anything', async () => {
  const [id, alice, bob] = (await group(505, 2, 300)) as [ConversationId, SimDevice, SimDevice]
  await value(commandsOf(alice).sendMessage(id, 'while you sleep'))
  await until(async () => (await messageOn(bob, id, 'while you sleep')) !== undefined)
  bob.crash('late')
  await pass(400_000)
  expect(dump(bob)).toContain('while you sleep')
  bob.start()
  await until(() => bob.run()?.isStarted === true)
  expect(await textsOn(bob, id)).toEqual([])
  expect(dump(bob)).not.toContain('while you sleep')
})

test('a clock that is set back brings nothing back, and lets nothing stay for longer than it was to', async () => {
  const [id, alice, bob] = (await group(506, 2, 300)) as [ConversationId, SimDevice, SimDevice]
  await value(commandsOf(alice).sendMessage(id, 'the first'))
  await until(async () => (await messageOn(bob, id, 'the first')) !== undefined)
  await pass(310_000)
  expect(await textsOn(bob, id)).toEqual([])
  await value(commandsOf(alice).sendMessage(id, 'the second'))
  await until(async () => (await messageOn(bob, id, 'the second')) !== undefined)
  bob.skewMs -= 86_400_000
  await pass(31_000)
  expect(await textsOn(bob, id)).toEqual(['the second'])
  await pass(310_000)
  expect(await textsOn(bob, id)).toEqual([])
  expect(dump(bob)).not.toContain('the second')
})

test('a new member gets nothing of what has disappeared, though the group grants everything', async () => {
  const [id, alice, bob] = (await group(507, 2, 30)) as [ConversationId, SimDevice, SimDevice]
  const { policy } = (await settled(world, once(queriesOf(alice).conversation(id))))!
  await value(commandsOf(alice).setPolicy(id, { ...policy, history: 'all' }))
  await value(commandsOf(alice).sendMessage(id, 'before you came'))
  await until(async () => (await messageOn(bob, id, 'before you came')) !== undefined)
  await value(commandsOf(alice).setTimer(id, 0))
  await value(commandsOf(alice).sendMessage(id, 'welcome'))
  await pass(40_000)
  expect(await textsOn(alice, id)).toEqual(['welcome'])
  for (const device of [alice, bob]) expect(dump(device)).not.toContain('before you came')
})
