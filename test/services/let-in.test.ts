// Being let in: while one is away, and when one comes too late. The invite for one person is used up by then.
import { expect, test } from 'vitest'
import { decodeInvite, encodeInvite } from '../../src/core/invite/link.ts'
import { inviteKeys } from '../../src/core/invite/secret.ts'
import { decodeLinkMessage, encodeLinkMessage } from '../../src/core/sync/messages.ts'
import { toHex } from '../../src/core/ids.ts'
import { tagsAt } from '../../src/core/tags.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
import { nodeAddress } from '../sim/world/config.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { clockOf } from '../sim/world/ports.ts'
import { once, settled } from '../sim/world/view.ts'
import { conversationRecord, identityOf, rowsOf } from '../sim/world/logs.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

const usedUp = { kind: 'refused', reason: 'used' } as const

const untilSeen = async <T>(world: World, look: () => Promise<T>, isWanted: (seen: T) => boolean): Promise<T | undefined> => {
  let seen: T | undefined
  for (let round = 0; round < 60; round++) {
    seen = await settled(world, look())
    if (seen !== undefined && isWanted(seen)) return seen
    await world.scheduler.run(world.scheduler.now() + 1_000, 100_000)
  }
  return seen
}

test('Bob, who crashes just as Alice lets him in, is in when he is back, and what he typed arrives', async () => {
  const world = createWorld({ seed: 5, devices: 2, realCipher: false, keepTrace: false })
  const [alice, bob] = world.devices
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  for (const device of [alice, bob]) device.start()
  await untilSeen(world, async () => [alice, bob].every((device) => device.run()?.isStarted), Boolean)
  await settled(world, commandsOf(alice).createProfile('Alice'))
  await settled(world, commandsOf(bob).createProfile('Bob'))
  const invite = await settled(world, commandsOf(alice).createInvite())
  if (invite?.ok !== true) throw new Error('Alice could not invite')

  // Away while Bob knocks and types, so that she lets him in only afterwards.
  alice.crash('at once')
  let isLetIn = false
  world.witness({
    commit: (device, writes) => {
      if (device !== alice || isLetIn) return
      isLetIn = writes.some((write) => write.kind === 'put' && write.table === 'conversations' && write.value.people.length === 2)
      if (isLetIn) bob.crash('at once')
    },
  })
  const joined = await settled(world, commandsOf(bob).joinInvite(invite.value.link))
  if (joined?.ok !== true) throw new Error('Bob could not join')
  const typed = await settled(world, commandsOf(bob).sendMessage(joined.value, 'typed at the door'))
  expect(typed).toMatchObject({ ok: true })
  alice.start()
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

test('Carol, who opens an invite for one person after Bob, is told that it was used', async () => {
  const world = createWorld({ seed: 6, devices: 3, realCipher: false, keepTrace: false })
  const [alice, bob, carol] = world.devices
  if (alice === undefined || bob === undefined || carol === undefined) throw new Error('three people were asked for')
  for (const device of world.devices) device.start()
  await untilSeen(world, async () => world.devices.every((device) => device.run()?.isStarted), Boolean)
  for (const device of world.devices) await settled(world, commandsOf(device).createProfile(device.name))
  const invite = await settled(world, commandsOf(alice).createInvite())
  if (invite?.ok !== true) throw new Error('Alice could not invite')
  const { link, conversation } = invite.value
  await settled(world, commandsOf(bob).joinInvite(link))
  const isIn = await untilSeen(
    world,
    () => once(queriesOf(bob).conversation(conversation)),
    (seen) => seen?.standing === 'member',
  )
  expect(isIn?.standing).toBe('member')

  await settled(world, commandsOf(carol).joinInvite(link))
  const timeline = await untilSeen(
    world,
    () => once(queriesOf(carol).timeline(conversation, 50)),
    (seen) => seen.items.length > 0,
  )
  expect(timeline?.items.map((item) => item.kind === 'notice' && item.notice)).toEqual([usedUp])
  const people = await settled(world, once(queriesOf(alice).conversation(conversation)))
  expect(people?.members.map(({ name }) => name).toSorted()).toEqual(['Alice', 'Bob'])
})

test.each(['goes on', 'begins again'])(
  'somebody who has the link says no to Bob, whose program %s, and Alice lets him in',
  async (program) => {
    const world = createWorld({ seed: 9, devices: 2, realCipher: false, keepTrace: false })
    const [alice, bob] = world.devices
    if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
    for (const device of world.devices) device.start()
    await untilSeen(world, async () => world.devices.every((device) => device.run()?.isStarted), Boolean)
    for (const device of world.devices) await settled(world, commandsOf(device).createProfile(device.name))
    const invite = await settled(world, commandsOf(alice).createInvite())
    const link = invite?.ok === true ? decodeInvite(invite.value.link) : undefined
    if (invite?.ok !== true || link?.ok !== true || link.value.kind === 'contact') throw new Error('Alice could not invite')
    const { conversation, secret } = link.value
    alice.crash('at once')

    // Stands where the link meets, and answers in everybody's name.
    const liar = world.hub.network()
    liar.listen((event) => {
      const message = event.kind === 'frame' ? decodeLinkMessage(event.bytes) : undefined
      if (event.kind === 'frame' && message?.ok === true && message.value.kind === 'join')
        void liar.send(event.device, encodeLinkMessage({ kind: 'refused', conversation, reason: 'used' }))
    })
    await liar.start({ deviceSeed: new Uint8Array(32).fill(9), nodes: [nodeAddress] })
    liar.announce(tagsAt(inviteKeys(secret).meeting, 'invite', clockOf(world.scheduler, bob)))

    await settled(world, commandsOf(bob).joinInvite(invite.value.link))
    await settled(world, commandsOf(bob).sendMessage(conversation, 'typed at the door'))
    const notices = async () =>
      (await once(queriesOf(bob).timeline(conversation, 50))).items.flatMap((item) => (item.kind === 'notice' ? [item.notice] : []))
    expect(await untilSeen(world, notices, ({ length }) => length > 0)).toEqual([usedUp])

    if (program === 'begins again') {
      await liar.stop()
      bob.crash('at once')
      bob.start()
      await untilSeen(world, async () => bob.run()?.isStarted, Boolean)
    }
    alice.start()
    const timeline = await untilSeen(
      world,
      async () => (alice.run()?.isStarted === true ? once(queriesOf(alice).timeline(conversation, 50)) : undefined),
      (seen) => seen?.items.some((item) => item.kind === 'message') === true,
    )
    expect(timeline?.items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))).toEqual(['typed at the door'])
    expect(await settled(world, notices())).not.toContainEqual(usedUp)
  },
)

test('Bob, whose link was mistyped, gets in by the good one, with what he typed before', async () => {
  const world = createWorld({ seed: 7, devices: 2, realCipher: false, keepTrace: false })
  const [alice, bob] = world.devices
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  for (const device of world.devices) device.start()
  await untilSeen(world, async () => world.devices.every((device) => device.run()?.isStarted), Boolean)
  for (const device of world.devices) await settled(world, commandsOf(device).createProfile(device.name))
  const invite = await settled(world, commandsOf(alice).createInvite())
  if (invite?.ok !== true) throw new Error('Alice could not invite')
  const { link, conversation } = invite.value
  const good = decodeInvite(link)
  if (!good.ok || good.value.kind === 'contact') throw new Error('the link cannot be read')
  const mistyped = encodeInvite({ ...good.value, secret: good.value.secret.map((byte) => byte ^ 1) })

  // Each link is looked at before it is used, as on the screen.
  await settled(world, commandsOf(bob).previewInvite(mistyped, 0))
  expect(await settled(world, commandsOf(bob).joinInvite(mistyped))).toEqual({ ok: true, value: conversation })
  await settled(world, commandsOf(bob).sendMessage(conversation, 'typed at the wrong door'))
  await world.scheduler.run(world.scheduler.now() + 20_000, 100_000)
  // The same link says that one is there already; another does not.
  const preview = async (text: string) => {
    const seen = await settled(world, commandsOf(bob).previewInvite(text, 0))
    return seen?.ok === true ? seen.value.already : undefined
  }
  expect(await preview(mistyped)).toBe(conversation)
  expect(await preview(link)).toBe(undefined)
  const confirmed = await settled(world, commandsOf(bob).previewInvite(link, 60_000))
  expect(confirmed?.ok === true && confirmed.value.confirmed).toBe(true)

  expect(await settled(world, commandsOf(bob).joinInvite(link))).toEqual({ ok: true, value: conversation })
  const timeline = await untilSeen(
    world,
    () => once(queriesOf(alice).timeline(conversation, 50)),
    (seen) => seen.items.some((item) => item.kind === 'message'),
  )
  expect(timeline?.items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))).toEqual(['typed at the wrong door'])
  expect(await preview(link)).toBe(conversation)
})

test('Bob, who left and comes back when newcomers get everything, is promised nothing from before his first coming', async () => {
  const world = createWorld({ seed: 8, devices: 2, realCipher: false, keepTrace: false })
  const [alice, bob] = world.devices
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  for (const device of world.devices) device.start()
  await untilSeen(world, async () => world.devices.every((device) => device.run()?.isStarted), Boolean)
  for (const device of world.devices) await settled(world, commandsOf(device).createProfile(device.name))
  const group = await settled(world, commandsOf(alice).createGroup('A group'))
  if (group?.ok !== true) throw new Error('Alice could not make a group')
  await settled(world, commandsOf(alice).sendMessage(group.value, 'before Bob'))
  const invite = await settled(world, commandsOf(alice).createInvite(group.value))
  if (invite?.ok !== true) throw new Error('Alice could not invite')
  const standing = () => once(queriesOf(bob).conversation(group.value))
  await settled(world, commandsOf(bob).joinInvite(invite.value.link))
  await untilSeen(world, standing, (seen) => seen?.standing === 'member')
  const floorOfBob = () =>
    conversationRecord(alice.disk, group.value)?.people.find(({ identity }) => identity === identityOf(bob.disk))?.floor ?? []
  const first = floorOfBob()
  expect(first.length).toBeGreaterThan(0)

  await settled(world, commandsOf(bob).leave(group.value))
  await untilSeen(
    world,
    async () => floorOfBob().length,
    (length) => length === 0,
  )
  const policy = (await settled(world, once(queriesOf(alice).conversation(group.value))))!.policy
  await settled(world, commandsOf(alice).setPolicy(group.value, { ...policy, history: 'all' }))
  await settled(world, commandsOf(bob).joinInvite(invite.value.link))
  await untilSeen(world, standing, (seen) => seen?.standing === 'member')
  for (const head of first) expect(floorOfBob()).toContainEqual(head)
})

test('Bob, who finds Alice in the very moment in which his wish to join is stored, is let in at once', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const world = createWorld({ seed, devices: 2, realCipher: false, keepTrace: false })
    const [alice, bob] = world.devices
    if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
    world.hub.setFaults({ latencyMs: [1, 20], dialMs: [20, 100] })
    for (const device of [alice, bob]) device.start()
    await untilSeen(world, async () => [alice, bob].every((device) => device.run()?.isStarted), Boolean)
    await settled(world, commandsOf(alice).createProfile('Alice'))
    await settled(world, commandsOf(bob).createProfile('Bob'))
    const invite = await settled(world, commandsOf(alice).createInvite())
    if (invite?.ok !== true) throw new Error('Alice could not invite')
    // The sheet is looked at, and pressed at once or a little later: the dice of the world say who comes when.
    const preview = commandsOf(bob).previewInvite(invite.value.link, 60_000)
    await world.scheduler.run(world.scheduler.now() + 2 * seed, 100_000)
    const joined = await settled(world, commandsOf(bob).joinInvite(invite.value.link))
    if (joined?.ok !== true) throw new Error('Bob could not join')
    await world.scheduler.run(world.scheduler.now() + 8_000, 100_000)
    const view = await settled(world, once(queriesOf(bob).conversation(joined.value)))
    expect([seed, view?.standing]).toEqual([seed, 'member'])
    void preview
  }
})

test('Bob, who is let in, is given all that he may have without asking for it', async () => {
  const world = createWorld({ seed: 8, devices: 2, realCipher: false, keepTrace: false })
  world.hub.setFaults({})
  const [alice, bob] = world.devices
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  for (const device of [alice, bob]) device.start()
  await untilSeen(world, async () => [alice, bob].every((device) => device.run()?.isStarted), Boolean)
  await settled(world, commandsOf(alice).createProfile('Alice'))
  await settled(world, commandsOf(bob).createProfile('Bob'))
  const group = await settled(world, commandsOf(alice).createGroup('Choir'))
  if (group?.ok !== true) throw new Error('Alice could not make a group')
  const invite = await settled(world, commandsOf(alice).createInvite(group.value))
  if (invite?.ok !== true) throw new Error('Alice could not invite')

  const [profile] = rowsOf(bob.disk, 'profile', [])
  const bobs = (profile?.value as ProfileRecord | undefined)?.device
  expect(bobs).toBeDefined()
  const said: string[] = []
  world.witness({
    wire: (seen) => {
      const message = decodeLinkMessage(seen.bytes)
      if (seen.kind === 'frame' && seen.from === bobs && message.ok) said.push(message.value.kind)
    },
    commit: (device, writes) => {
      if (device !== bob) return
      if (writes.some((write) => write.kind === 'put' && write.table === 'conversations' && write.value.standing === 'member'))
        said.push('is in')
    },
  })
  await settled(world, commandsOf(bob).joinInvite(invite.value.link))
  await untilSeen(world, async () => said.includes('is in'), Boolean)
  const before = said.slice(0, said.indexOf('is in'))
  expect(before).toContain('join')
  expect(before).not.toContain('want')
})

// Whoever was let in by somebody else meanwhile holds more than nothing, and has said so to a device that did not listen to strangers.
test('whoever is let in is given all at once, and the two compare once more a little later', async () => {
  const world = await worldOf(12, 2)
  const [alice] = world.devices as readonly [SimDevice, SimDevice]
  // A better link would be a reason of its own to compare.
  await valueOf(world, commandsOf(alice).setHidden(true))
  const said: string[] = []
  world.witness({
    wire: (seen) => {
      const message = seen.kind === 'frame' && seen.from === alice.id() ? decodeLinkMessage(seen.bytes) : undefined
      if (message?.ok === true && 'conversation' in message.value) said.push(message.value.kind)
    },
  })
  await groupOf(world)
  expect(said).toContain('events')
  said.length = 0
  await world.scheduler.run(world.scheduler.now() + 15_000, 1_000_000)
  expect(said).toContain('digest')
})

test('whoever joins a group of six knocks at one door only, and is given all of it once', async () => {
  const world = createWorld({ seed: 21, devices: 6, realCipher: false, keepTrace: false })
  world.hub.setFaults({ latencyMs: [1, 5], dialMs: [20, 100] })
  for (const device of world.devices) device.start()
  await untilTrue(world, () => world.devices.every((device) => device.run()?.isStarted === true))
  for (const device of world.devices) await valueOf(world, commandsOf(device).createProfile(device.name))
  const [alice, ...others] = world.devices as readonly [SimDevice, ...SimDevice[]]
  const group = await valueOf(world, commandsOf(alice).createGroup('Choir'))
  const { link } = await valueOf(world, commandsOf(alice).createInvite(group))
  const isIn = async (device: SimDevice) => (await settled(world, once(queriesOf(device).conversation(group))))?.standing === 'member'

  let knocks = 0
  let given: string[] = []
  world.witness({
    wire: ({ kind, bytes, ...seen }) => {
      const message = kind === 'frame' ? decodeLinkMessage(bytes) : undefined
      if (message?.ok !== true) return
      if (message.value.kind === 'join') knocks++
      if (message.value.kind === 'events' && 'to' in seen && seen.to === others.at(-1)?.id())
        given.push(...message.value.events.map((event) => toHex(event)))
    },
  })
  for (const device of others) {
    ;[knocks, given] = [0, []]
    await valueOf(world, commandsOf(device).joinInvite(link))
    await untilTrue(world, () => isIn(device))
    await world.scheduler.run(world.scheduler.now() + 15_000, 1_000_000)
    expect(knocks).toBe(1)
  }
  expect(given.length).toBeGreaterThan(10)
  // What is committed while a link is new may come both ways.
  expect(given.length - new Set(given).size).toBeLessThan(given.length / 5)
})
