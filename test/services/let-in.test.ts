// Being let in while away: the invite for one person is used up by then, so nobody is found at its meeting place any more.
import { expect, test } from 'vitest'
import type { ConversationRecord } from '../../src/ports/tables.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'

const untilSeen = async <T>(world: World, look: () => Promise<T>, isWanted: (seen: T) => boolean): Promise<T | undefined> => {
  let seen: T | undefined
  for (let round = 0; round < 60; round++) {
    seen = await settled(world, look())
    if (seen !== undefined && isWanted(seen)) return seen
    await world.scheduler.run(world.scheduler.now() + 1_000, 100_000)
  }
  return seen
}

const commandsOf = (device: SimDevice) => device.run()!.messenger.commands
const queriesOf = (device: SimDevice) => device.run()!.messenger.queries

test('Bob, who crashes just as Alice lets him in, is in when he is back, and what he typed arrives', async () => {
  const world = createWorld({ seed: 5, people: 2, realCipher: false, keepTrace: false })
  const [alice, bob] = world.devices
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  for (const device of [alice, bob]) device.start()
  await untilSeen(world, async () => [alice, bob].every((device) => device.run()?.isStarted), Boolean)
  await settled(world, commandsOf(alice).createProfile('Alice'))
  await settled(world, commandsOf(bob).createProfile('Bob'))
  const invite = await settled(world, commandsOf(alice).createInvite())
  if (invite?.ok !== true) throw new Error('Alice could not invite')

  let isLetIn = false
  world.witness({
    commit: (device, writes) => {
      if (device !== alice || isLetIn) return
      isLetIn = writes.some((write) => write.kind === 'put' && write.table === 'conversations' && (write.value as ConversationRecord).people.length === 2)
      if (isLetIn) bob.crash('at once')
    },
  })
  const joined = await settled(world, commandsOf(bob).joinInvite(invite.value.link))
  if (joined?.ok !== true) throw new Error('Bob could not join')
  await settled(world, commandsOf(bob).sendMessage(joined.value, 'typed at the door'))
  await untilSeen(world, async () => isLetIn, Boolean)
  expect(isLetIn).toBe(true)

  bob.start()
  await untilSeen(world, async () => bob.run()?.isStarted, Boolean)
  const view = await untilSeen(
    world,
    () => once(queriesOf(bob).conversation(joined.value)),
    (seen) => seen?.standing === 'member',
  )
  expect(view?.standing).toBe('member')
  const timeline = await untilSeen(
    world,
    () => once(queriesOf(alice).timeline(joined.value, 50)),
    (seen) => seen.items.some((item) => item.kind === 'message'),
  )
  expect(timeline?.items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))).toEqual(['typed at the door'])
})
