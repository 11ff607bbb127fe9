// The corpus from one device to another: what is taken arrives as it was said, name for name and letter for letter.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import { cleanName } from '../../src/core/names.ts'
import { corpus } from '../corpus/texts.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

const saidOn = async (device: SimDevice, id: ConversationId): Promise<readonly string[]> => {
  const items = (await settled(world, once(queriesOf(device).timeline(id, corpus.length + 50))))?.items ?? []
  return items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))
}

test('Alice says all of it to Bob, and calls herself and their group by some of it', { timeout: 60_000 }, async () => {
  world = await worldOf(91, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  const taken: string[] = []
  for (const { text } of corpus) if ((await settled(world, commandsOf(alice).sendMessage(group, text)))?.ok) taken.push(text)
  expect(taken.length).toBeGreaterThan(500)
  await untilTrue(world, async () => (await saidOn(bob, group)).length === taken.length)
  // Half of a pair is no letter: UTF-8 has no way to say it.
  expect(await saidOn(bob, group)).toEqual(taken.map((text) => text.toWellFormed()))
  expect(await saidOn(alice, group)).toEqual(taken.map((text) => text.toWellFormed()))

  const titleOn = async (device: SimDevice) => (await settled(world, once(queriesOf(device).conversation(group))))?.title
  for (const { text } of corpus.filter((_, n) => n % 16 === 0)) {
    const title = cleanName(text).toWellFormed()
    const renamed = await settled(world, commandsOf(alice).renameGroup(group, text))
    expect({ title, ok: renamed?.ok }).toEqual({ title, ok: title !== '' })
    if (renamed?.ok) await untilTrue(world, async () => (await titleOn(bob)) === title)
  }
})
