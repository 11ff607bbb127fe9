// Delivery when two people are never online together: Alice and Bob talk in private, each of them is in a group with Carol, and neither
// group knows of the other. Real services and ciphers over memory adapters, in virtual time.
import { afterEach, describe, expect, test } from 'vitest'
import { decodeEnvelope, nameEnvelope } from '../../src/core/courier/envelope.ts'
import { lanes } from '../../src/core/event/event.ts'
import type { ConversationId } from '../../src/core/ids.ts'
import { fromHex, toHex } from '../../src/core/ids.ts'
import { decodeLinkMessage } from '../../src/core/sync/messages.ts'
import type { WireTap } from '../../src/adapters/network-memory/hub.ts'
import type { TableName, Write } from '../../src/ports/store.ts'
import type { CarriedRecord, EntrustedRecord, ProfileRecord } from '../../src/ports/tables.ts'
import type { MessageView } from '../../src/ports/queries.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, queriesOf } from './people.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const plaintext = 'the key is under the blue pot'

interface Story {
  readonly world: World
  readonly alice: SimDevice
  readonly bob: SimDevice
  readonly carol: SimDevice
  /** Alice and Bob's. */
  readonly direct: ConversationId
  readonly frames: readonly WireTap[]
}

let story: Story | undefined
afterEach(() => {
  if ((story?.world.violations.length ?? 0) > 0) throw new Error(JSON.stringify(story?.world.violations))
  for (const device of story?.world.devices ?? []) device.crash('late')
  story = undefined
})

const rowsOf = (device: SimDevice, table: TableName) => device.disk.state().get(table) ?? []
const run = (world: World, ms: number) => world.scheduler.run(world.scheduler.now() + ms, 2_000_000)

const value = async <T>(world: World, work: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> => {
  const result = await settled(world, work)
  if (result?.ok !== true) throw new Error(`a command failed: ${JSON.stringify(result)}`)
  return result.value
}

const until = async (world: World, isTrue: () => boolean | Promise<boolean>, ms = 5 * minuteMs): Promise<void> => {
  for (const end = world.scheduler.now() + ms; world.scheduler.now() < end; await run(world, 500)) if (await isTrue()) return
  throw new Error('waited in vain')
}

const start = async (world: World, ...devices: readonly SimDevice[]): Promise<void> => {
  for (const device of devices) device.start()
  await until(world, () => devices.every((device) => device.run()?.isStarted))
}
const stop = async (world: World, device: SimDevice): Promise<void> => {
  await settled(world, device.stop())
}

const messagesOn = async (world: World, device: SimDevice, id: ConversationId): Promise<readonly MessageView[]> => {
  const timeline = await settled(world, once(queriesOf(device).timeline(id, 100)))
  return (timeline?.items ?? []).flatMap((item) => (item.kind === 'message' ? [item] : []))
}
const textsOn = async (world: World, device: SimDevice, id: ConversationId) =>
  (await messagesOn(world, device, id)).map((message) => message.text)
const deliveryOf = async ({ world, alice, direct }: Story, text: string) =>
  (await messagesOn(world, alice, direct)).find((message) => message.text === text)?.delivery

/** What is told must be on the disk of whoever tells it. */
const watchCommits = (world: World): void =>
  world.witness({
    wire: (seen) => {
      const sender = world.deviceOf(seen.from)
      const message = seen.kind === 'frame' ? decodeLinkMessage(seen.bytes) : undefined
      if (sender === undefined || message?.ok !== true) return
      const has = (table: TableName, part: string): boolean => rowsOf(sender, table).some(({ key }) => key.includes(part))
      const told = message.value
      if (told.kind === 'carried' && told.kept && !has('carried', told.envelope))
        world.violate('commit before tell', 'a receipt for nothing')
      if (told.kind === 'carry' && !has('entrusted', nameEnvelope(told.envelope)) && !has('carried', nameEnvelope(told.envelope)))
        world.violate('commit before tell', 'an envelope is handed over that is on no disk')
      if (told.kind === 'one-time-keys' && told.keys.length > rowsOf(sender, 'oneTimeKeys').filter(({ key }) => key[0] === 'mine').length)
        world.violate('commit before tell', 'keys are given whose private halves are not kept')
    },
  })

/** Everybody has met everybody, and keys have been given. */
const begin = async (seed: number, realCipher = false): Promise<Story> => {
  const world = createWorld({ seed, devices: 3, realCipher, keepTrace: false })
  world.hub.setFaults({ latencyMs: [1, 20], dialMs: [20, 100] })
  const frames: WireTap[] = []
  world.witness({ wire: (seen) => void frames.push(seen) })
  watchCommits(world)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  await start(world, alice, bob, carol)
  for (const device of world.devices) await value(world, commandsOf(device).createProfile(device.name))
  const pairUp = async (host: SimDevice, guest: SimDevice, group?: ConversationId): Promise<ConversationId> => {
    const invite = await value(world, commandsOf(host).createInvite(group))
    const id = await value(world, commandsOf(guest).joinInvite(invite.link))
    await until(world, async () => (await settled(world, once(queriesOf(guest).conversation(id))))?.standing === 'member')
    return id
  }
  const direct = await pairUp(alice, bob)
  for (const guest of [alice, bob]) await pairUp(carol, guest, await value(world, commandsOf(carol).createGroup(`with ${guest.name}`)))
  await run(world, minuteMs)
  story = { world, alice, bob, carol, direct, frames }
  return story
}

const sendAndCarry = async (told: Story, text: string): Promise<void> => {
  const { world, alice, direct } = told
  await value(world, commandsOf(alice).sendMessage(direct, text))
  await until(world, async () => (await deliveryOf(told, text))?.state === 'carried')
}

const carriedBytes = (device: SimDevice): readonly Uint8Array[] =>
  rowsOf(device, 'carried').flatMap(({ key, value }) =>
    key[0] === 'bytes' ? [(value as Extract<CarriedRecord, { kind: 'bytes' }>).envelope] : [],
  )

/** Names of the one-time keys to which what a courier carries is sealed. */
const keysOf = (courier: SimDevice): readonly string[] =>
  carriedBytes(courier).flatMap((bytes) => {
    const envelope = decodeEnvelope(bytes)
    return envelope.ok ? [envelope.value.key] : []
  })
/** Those of them whose private halves a device still keeps. */
const keptOf = (device: SimDevice, names: readonly string[]): readonly string[] =>
  names.filter((name) => rowsOf(device, 'oneTimeKeys').some(({ key }) => key[0] === 'mine' && key[2] === name))

const includes = (bytes: Uint8Array, part: Uint8Array): boolean => toHex(bytes).includes(toHex(part))
const flat = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? toHex(part) : part)) ?? ''

describe('couriers', () => {
  test('Carol brings Alice’s message to Bob, whom Alice does not meet, and word that it came back to Alice', async () => {
    const told = await begin(104, true)
    const { world, alice, bob, carol, direct } = told
    await stop(world, bob)
    await value(world, commandsOf(alice).sendMessage(direct, plaintext))
    expect((await deliveryOf(told, plaintext))?.state).toBe('waiting')
    await until(world, async () => (await deliveryOf(told, plaintext))?.state === 'carried')
    expect(await deliveryOf(told, plaintext)).toEqual({ state: 'carried', have: 0, of: 1, carriers: 1 })
    await stop(world, alice)

    await start(world, bob)
    await until(world, async () => (await textsOn(world, bob, direct)).length > 0)
    expect(await textsOn(world, bob, direct)).toEqual([plaintext])
    await run(world, minuteMs)
    // Bob's word for Alice waits at Carol now, and Alice's envelope is gone from there.
    expect(carriedBytes(carol)).toHaveLength(1)
    await stop(world, bob)

    await start(world, alice)
    await until(world, async () => (await deliveryOf(told, plaintext))?.state === 'delivered')
    expect(await deliveryOf(told, plaintext)).toEqual({ state: 'delivered', have: 1, of: 1 })
    await run(world, minuteMs)
    expect(carriedBytes(carol)).toEqual([])
    expect(rowsOf(alice, 'entrusted')).toEqual([])
    expect(rowsOf(alice, 'outbox')).toEqual([])
    expect(await textsOn(world, bob.run() === undefined ? alice : bob, direct)).toEqual([plaintext])
  })

  test('Carol holds and hears nothing of what, by whom, to whom and where', async () => {
    const told = await begin(102, true)
    const { world, alice, bob, carol, direct, frames } = told
    await stop(world, bob)
    await sendAndCarry(told, plaintext)
    await stop(world, alice)
    const held = carriedBytes(carol)
    expect(held).toHaveLength(1)
    await start(world, bob)
    await until(world, async () => (await textsOn(world, bob, direct)).length > 0)
    await run(world, minuteMs)

    const identities = [alice, bob].map((device) => (rowsOf(device, 'profile')[0]!.value as ProfileRecord).identity)
    const telling = [...[alice, bob].map((device) => device.id()!), ...identities, direct].map(fromHex)
    const said = new TextEncoder().encode(plaintext)
    const envelopes = frames.flatMap((seen) => {
      const message =
        seen.kind === 'frame' && (seen.to === carol.id() || seen.from === carol.id()) ? decodeLinkMessage(seen.bytes) : undefined
      if (message?.ok !== true || 'conversation' in message.value) return []
      return [seen.bytes]
    })
    expect(envelopes.length).toBeGreaterThan(0)
    for (const bytes of [...held, ...envelopes]) {
      expect([said, ...telling].some((part) => includes(bytes, part))).toBe(false)
    }
    expect(held[0]!.length).toBe(1_024)
    const all = flat([...carol.disk.state()])
    expect(all.includes(direct) || all.includes(toHex(said)) || all.includes(plaintext)).toBe(false)
  })

  test('an envelope that comes again changes nothing, because its key is gone', async () => {
    const told = await begin(103)
    const { world, alice, bob, carol, direct } = told
    await stop(world, bob)
    await sendAndCarry(told, plaintext)
    await stop(world, alice)
    const rows = rowsOf(carol, 'carried').map(({ key, value }) => ({ kind: 'put', table: 'carried', key, value }) as Write)
    const key = decodeEnvelope(carriedBytes(carol)[0]!)
    await start(world, bob)
    const hasKey = () => key.ok && rowsOf(bob, 'oneTimeKeys').some((row) => row.key[0] === 'mine' && row.key[2] === key.value.key)
    expect(hasKey()).toBe(true)
    await until(world, async () => (await textsOn(world, bob, direct)).length > 0)
    await until(world, () => !hasKey())
    await run(world, minuteMs)
    const before = flat([rowsOf(bob, 'events'), rowsOf(bob, 'timeline'), rowsOf(bob, 'chains')])

    await stop(world, carol)
    carol.disk.apply(rows, 'strict')
    await start(world, carol)
    await run(world, 2 * minuteMs)
    expect(flat([rowsOf(bob, 'events'), rowsOf(bob, 'timeline'), rowsOf(bob, 'chains')])).toBe(before)
    expect(await textsOn(world, bob, direct)).toEqual([plaintext])
    // Bob has told her that she need not carry it.
    expect(rowsOf(carol, 'carried').some((row) => flat(row.value) === flat(rows[1]?.kind === 'put' ? rows[1].value : 0))).toBe(false)
  })

  test('an envelope that Carol has changed is dropped, and the true message comes when Alice is met', async () => {
    const told = await begin(104, true)
    const { world, alice, bob, carol, direct } = told
    await stop(world, bob)
    await sendAndCarry(told, plaintext)
    await stop(world, alice)
    await stop(world, carol)
    const rows = rowsOf(carol, 'carried').map(({ key, value }): Write => {
      const record = value as CarriedRecord
      // One copy, so that she does not give on what has another name now.
      if (record.kind === 'about')
        return { kind: 'put', table: 'carried', key: ['about', key[1] as never], value: { ...record, copies: 1 } }
      const envelope = Uint8Array.from(record.envelope)
      envelope[envelope.length - 40]! ^= 1
      return { kind: 'put', table: 'carried', key: ['bytes', key[1] as never], value: { kind: 'bytes', envelope } }
    })
    carol.disk.apply(rows, 'strict')
    await start(world, carol, bob)
    await run(world, 2 * minuteMs)
    expect(await textsOn(world, bob, direct)).toEqual([])

    await start(world, alice)
    await until(world, async () => (await textsOn(world, bob, direct)).length > 0)
    expect(await textsOn(world, bob, direct)).toEqual([plaintext])
    await until(world, async () => (await deliveryOf(told, plaintext))?.state === 'delivered')
  })

  test('Bob, whose clock jumps by a month between asking for mail and getting it, does not have Carol drop it', async () => {
    const told = await begin(109)
    const { world, alice, bob, carol, direct } = told
    await stop(world, bob)
    await sendAndCarry(told, plaintext)
    await stop(world, alice)
    let jumped = false
    world.witness({
      wire: (seen) => {
        const message = seen.kind === 'frame' ? decodeLinkMessage(seen.bytes) : undefined
        if (jumped || message?.ok !== true || message.value.kind !== 'mail') return
        jumped = true
        bob.skewMs += 30 * dayMs
      },
    })
    await start(world, bob)
    await until(world, () => jumped)
    await run(world, minuteMs)
    expect(carriedBytes(carol)).toHaveLength(1)
    await stop(world, bob)
    bob.skewMs = 0
    await start(world, bob)
    await until(world, async () => (await textsOn(world, bob, direct)).includes(plaintext))
  })

  test('what is not collected in two weeks is carried no longer, and is shown as waiting again', async () => {
    const told = await begin(105)
    const { world, alice, bob, carol } = told
    await stop(world, bob)
    await sendAndCarry(told, plaintext)
    const later = async (days: number): Promise<void> => {
      for (const device of [alice, carol]) device.skewMs += days * dayMs
      await run(world, 2 * 60 * minuteMs)
    }
    await later(13)
    expect(carriedBytes(carol)).toHaveLength(1)
    await later(3)
    expect(carriedBytes(carol)).toEqual([])
    expect(rowsOf(carol, 'carried')).toEqual([])
    expect((await deliveryOf(told, plaintext))?.state).toBe('waiting')
  })

  test('nothing is handed to somebody with whom it is switched off, nor to somebody who is blocked', async () => {
    const told = await begin(106)
    const { world, alice, bob, carol, direct } = told
    const { identity } = rowsOf(carol, 'profile')[0]!.value as ProfileRecord
    await value(world, commandsOf(alice).setCourier(identity, false))
    await stop(world, bob)
    await value(world, commandsOf(alice).sendMessage(direct, 'not for Carol'))
    await run(world, minuteMs)
    expect(rowsOf(alice, 'entrusted')).toEqual([])
    expect((await deliveryOf(told, 'not for Carol'))?.state).toBe('waiting')

    await value(world, commandsOf(alice).setCourier(identity, true))
    await value(world, commandsOf(alice).setBlocked(identity, true))
    await value(world, commandsOf(alice).sendMessage(direct, 'not for Carol either'))
    await run(world, minuteMs)
    expect(carriedBytes(carol)).toEqual([])
    expect((await deliveryOf(told, 'not for Carol either'))?.state).toBe('waiting')
  })

  test('Carol drops what she carries for Alice when she switches it off', async () => {
    const told = await begin(107)
    const { world, alice, bob, carol } = told
    await stop(world, bob)
    await sendAndCarry(told, plaintext)
    const { identity } = rowsOf(alice, 'profile')[0]!.value as ProfileRecord
    await value(world, commandsOf(carol).setCourier(identity, false))
    await run(world, minuteMs)
    expect(carriedBytes(carol)).toEqual([])
  })

  test('messages that were said together come in one envelope, in order, also after their author has crashed', async () => {
    const told = await begin(108)
    const { world, alice, bob, direct } = told
    await stop(world, bob)
    await settled(world, Promise.all(['one', 'two', 'three'].map((text) => commandsOf(alice).sendMessage(direct, text))))
    alice.crash('at once')
    await start(world, alice)
    await until(world, async () => (await deliveryOf(told, 'three'))?.state === 'carried')
    expect(rowsOf(alice, 'entrusted')).toHaveLength(1)
    await stop(world, alice)
    await start(world, bob)
    await until(world, async () => (await textsOn(world, bob, direct)).length === 3)
    expect(await textsOn(world, bob, direct)).toEqual(['one', 'two', 'three'])
  })

  test('each envelope stands for itself: the second brings what the first would have', async () => {
    const told = await begin(114)
    const { world, alice, bob, carol, direct } = told
    await stop(world, bob)
    await sendAndCarry(told, 'one')
    const first = rowsOf(carol, 'carried').map(({ key }) => key)
    await value(world, commandsOf(alice).editMessage(direct, (await messagesOn(world, alice, direct))[0]!.id, 'one, edited'))
    await sendAndCarry(told, 'two')
    await stop(world, alice)
    await stop(world, carol)
    carol.disk.apply(
      first.map((key) => ({ kind: 'delete', table: 'carried', key }) as Write),
      'strict',
    )
    await start(world, carol, bob)
    await until(world, async () => (await textsOn(world, bob, direct)).length > 0)
    expect(await textsOn(world, bob, direct)).toEqual(['one, edited', 'two'])
  })

  test('what Alice says in a group reaches a member whom only a contact outside of the group meets', async () => {
    const told = await begin(115)
    const { world, alice, bob, carol } = told
    const group = await value(world, commandsOf(alice).createGroup('without Carol'))
    const invite = await value(world, commandsOf(alice).createInvite(group))
    await value(world, commandsOf(bob).joinInvite(invite.link))
    await until(world, async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.standing === 'member')
    await run(world, minuteMs)
    await stop(world, bob)
    await value(world, commandsOf(alice).sendMessage(group, plaintext))
    await until(world, async () => (await messagesOn(world, alice, group))[0]?.delivery?.state === 'carried')
    await stop(world, alice)
    expect(flat([...carol.disk.state()]).includes(group)).toBe(false)
    await start(world, bob)
    await until(world, async () => (await textsOn(world, bob, group)).length > 0)
    expect(await textsOn(world, bob, group)).toEqual([plaintext])
  })

  test('an envelope uses its key up also when its writer has left before it comes', async () => {
    const told = await begin(116)
    const { world, alice, bob, carol, direct } = told
    await stop(world, bob)
    await sendAndCarry(told, plaintext)
    const used = keysOf(carol)
    expect(used).toHaveLength(1)
    await stop(world, carol)
    await start(world, bob)
    await until(world, async () => (await textsOn(world, bob, direct)).length > 0)
    await value(world, commandsOf(alice).leave(direct))
    await until(world, async () => (await settled(world, once(queriesOf(bob).conversation(direct))))?.members.length === 1)
    await stop(world, alice)
    expect(keptOf(bob, used)).toEqual(used)

    await start(world, carol)
    await until(world, () => carriedBytes(carol).length === 0)
    expect(keptOf(bob, used)).toEqual([])
    expect(await textsOn(world, bob, direct)).toEqual([plaintext])
  })

  test('whoever was removed is not heard by envelope either, and the key is used up', async () => {
    const told = await begin(117)
    const { world, alice, bob, carol } = told
    const group = await value(world, commandsOf(bob).createGroup('without Carol'))
    const invite = await value(world, commandsOf(bob).createInvite(group))
    await value(world, commandsOf(alice).joinInvite(invite.link))
    await until(world, async () => (await settled(world, once(queriesOf(alice).conversation(group))))?.standing === 'member')
    await run(world, minuteMs)
    await stop(world, bob)
    await value(world, commandsOf(alice).sendMessage(group, plaintext))
    await until(world, async () => (await messagesOn(world, alice, group))[0]?.delivery?.state === 'carried')
    const used = keysOf(carol)
    expect(used).toHaveLength(1)
    const alicesDevice = alice.id()!
    await stop(world, alice)
    await stop(world, carol)
    await start(world, bob)
    const { identity } = rowsOf(alice, 'profile')[0]!.value as ProfileRecord
    await value(world, commandsOf(bob).removeMember(group, identity))
    expect(keptOf(bob, used)).toEqual(used)

    await start(world, carol)
    await until(world, () => carriedBytes(carol).length === 0)
    expect(keptOf(bob, used)).toEqual([])
    const said = rowsOf(bob, 'events').filter(({ key }) => key[0] === group && key[1] === lanes.content && key[2] === alicesDevice)
    expect(said).toEqual([])
  })

  test('without one-time keys nothing is handed over', async () => {
    const told = await begin(109)
    const { world, alice, bob, carol, direct } = told
    await stop(world, bob)
    await stop(world, alice)
    const keys = rowsOf(alice, 'oneTimeKeys').map(({ key }) => ({ kind: 'delete', table: 'oneTimeKeys', key }) as Write)
    expect(keys.length).toBeGreaterThan(0)
    alice.disk.apply(keys, 'strict')
    await start(world, alice)
    await value(world, commandsOf(alice).sendMessage(direct, plaintext))
    await run(world, 2 * minuteMs)
    expect((await deliveryOf(told, plaintext))?.state).toBe('waiting')
    expect(carriedBytes(carol)).toEqual([])
    expect(rowsOf(alice, 'entrusted').map((row) => row.value as EntrustedRecord)).toEqual([])
  })

  test('Carol, who crashes at any moment, loses nothing that she gave a receipt for', async () => {
    for (const [seed, after] of [
      [110, 0],
      [111, 5],
      [112, 20],
      [113, 60],
    ] as const) {
      const told = await begin(seed)
      const { world, alice, bob, carol, direct } = told
      await stop(world, bob)
      let isCrashed = false
      world.witness({
        wire: (seen) => {
          const message = seen.kind === 'frame' && seen.to === carol.id() ? decodeLinkMessage(seen.bytes) : undefined
          if (isCrashed || message?.ok !== true || message.value.kind !== 'carry') return
          isCrashed = true
          world.scheduler.after(world.weather, after, 'crash', () => carol.crash('at once'))
        },
      })
      await value(world, commandsOf(alice).sendMessage(direct, plaintext))
      await until(world, () => isCrashed && carol.run() === undefined)
      await start(world, carol)
      await until(world, async () => (await deliveryOf(told, plaintext))?.state === 'carried')
      await stop(world, alice)
      await start(world, bob)
      await until(world, async () => (await textsOn(world, bob, direct)).length > 0)
      expect(await textsOn(world, bob, direct)).toEqual([plaintext])
      for (const device of world.devices) device.crash('late')
    }
  })
})
