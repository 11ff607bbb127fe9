// First contact: a stranger asks, and learns nothing until the answer. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { WireTap } from '../../src/adapters/network-memory/hub.ts'
import { decodeInvite } from '../../src/core/invite/link.ts'
import { decodeLinkMessage } from '../../src/core/sync/messages.ts'
import type { ConversationId, DeviceId } from '../../src/core/ids.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { flood } from './flood.ts'
import { commandsOf, queriesOf, untilTrue, valueOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const pass = (ms: number) => world.scheduler.run(world.scheduler.now() + ms, 2_000_000)

const begin = async (seed: number, people: number): Promise<readonly SimDevice[]> => {
  world = createWorld({ seed, devices: people, realCipher: false, keepTrace: false })
  for (const device of world.devices) await switchOn(device)
  for (const device of world.devices) await value(commandsOf(device).createProfile(device.name))
  return world.devices
}
const switchOn = async (device: SimDevice): Promise<void> => {
  device.start()
  await until(() => device.run()?.isStarted === true)
}
const profileOf = (device: SimDevice) => device.disk.state().get('profile')![0]!.value as ProfileRecord
const requestsOn = async (device: SimDevice) => (await settled(world, once(queriesOf(device).requests())))!
const viewOn = (device: SimDevice, id: ConversationId) => settled(world, once(queriesOf(device).conversation(id)))
const textsOn = async (device: SimDevice, id: ConversationId) =>
  ((await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []).flatMap((item) => (item.kind === 'message' ? [item] : []))
/** What one device says to another from now on, by kind. */
const listenIn = (from: SimDevice, to: SimDevice): string[] => {
  const heard: string[] = []
  world.witness({
    wire: (seen: WireTap) => {
      if (seen.kind !== 'frame' || seen.from !== from.id() || seen.to !== to.id()) return
      const message = decodeLinkMessage(seen.bytes)
      heard.push(message.ok ? message.value.kind : 'noise')
    },
  })
  return heard
}
const linkPaths = (device: SimDevice, other: DeviceId | undefined): readonly string[] => {
  const row = device.disk
    .state()
    .get('live')
    ?.find(({ key }) => key[0] === 'network')?.value as
    | { readonly links: readonly { readonly device: DeviceId; readonly path: string }[] }
    | undefined
  return row?.links.filter((link) => link.device === other).map(({ path }) => path) ?? []
}

test('Bob asks by a contact link; until Alice accepts he learns nothing but that somebody is at the door, then they talk', async () => {
  const [alice, bob] = (await begin(101, 2)) as [SimDevice, SimDevice]
  const { link } = await value(commandsOf(alice).createContactLink())
  const said = listenIn(alice, bob)
  const preview = await settled(world, commandsOf(bob).previewInvite(link, 0))
  expect(preview).toMatchObject({ ok: true, value: { kind: 'contact', inviter: 'Alice', confirmed: false } })

  const id = await value(commandsOf(bob).askContact(link, 'Hello, may I?'))
  expect(await viewOn(bob, id)).toMatchObject({ standing: 'asking', title: 'Alice', online: 0 })
  await until(async () => (await requestsOn(alice)).requests.length === 1)
  const { requests } = await requestsOn(alice)
  expect(requests).toMatchObject([{ person: { name: 'Bob', identity: profileOf(bob).identity }, text: 'Hello, may I?' }])
  // Long enough for a request to be brought again, and for every path to be tried.
  let sawDirect = false
  for (let minute = 0; minute < 30; minute++) {
    await pass(60_000)
    sawDirect ||= [...linkPaths(alice, bob.id()), ...linkPaths(bob, alice.id())].includes('direct')
  }
  expect(sawDirect).toBe(false)
  expect(new Set(said)).toEqual(new Set(['at-home']))
  expect((await requestsOn(alice)).requests).toHaveLength(1)
  expect(await viewOn(bob, id)).toMatchObject({ standing: 'asking', online: 0 })
  expect((await textsOn(bob, id)).map(({ delivery }) => delivery?.state)).toEqual(['waiting'])
  expect(await settled(world, commandsOf(bob).sendMessage(id, 'and more'))).toMatchObject({ ok: false })
  expect(await settled(world, once(queriesOf(alice).conversations()))).toEqual([])

  expect(await value(commandsOf(alice).acceptRequest(profileOf(bob).identity))).toBe(id)
  expect((await requestsOn(alice)).requests).toEqual([])
  // What he wrote is there at once, whether or not he is.
  expect((await textsOn(alice, id)).map(({ text }) => text)).toEqual(['Hello, may I?'])
  await value(commandsOf(alice).sendMessage(id, 'You may.'))
  for (const device of [alice, bob]) {
    await until(async () => (await viewOn(device, id))?.standing === 'member' && (await textsOn(device, id)).length === 2)
    expect((await textsOn(device, id)).map(({ text }) => text)).toEqual(['Hello, may I?', 'You may.'])
  }
  await until(async () => (await textsOn(bob, id))[0]?.delivery?.state === 'delivered')
  await value(commandsOf(bob).sendMessage(id, 'Thank you.'))
  await until(async () => (await textsOn(alice, id)).length === 3)
  // The same link leads to the conversation now.
  expect(await settled(world, commandsOf(bob).previewInvite(link, 0))).toMatchObject({ ok: true, value: { already: id } })
})

test('a request waits over restarts of both, who are hardly ever there together, and so does the answer', async () => {
  const [alice, bob] = (await begin(102, 2)) as [SimDevice, SimDevice]
  const { link } = await value(commandsOf(alice).createContactLink())
  alice.crash('at once')
  const id = await value(commandsOf(bob).askContact(link, 'Are you there?'))
  await pass(20_000)
  bob.crash('late')
  await switchOn(alice)
  await pass(20_000)
  expect((await requestsOn(alice)).requests).toEqual([])
  await switchOn(bob)
  await until(async () => (await requestsOn(alice)).requests.length === 1)
  bob.crash('late')
  alice.crash('late')
  await switchOn(alice)
  await value(commandsOf(alice).acceptRequest(profileOf(bob).identity))
  await value(commandsOf(alice).sendMessage(id, 'I am.'))
  alice.crash('late')
  await switchOn(bob)
  await pass(20_000)
  expect((await viewOn(bob, id))?.standing).toBe('asking')
  await switchOn(alice)
  await until(async () => (await textsOn(bob, id)).length === 2 && (await textsOn(alice, id)).length === 2)
  expect((await textsOn(bob, id)).map(({ text }) => text)).toEqual(['Are you there?', 'I am.'])
  expect((await viewOn(bob, id))?.standing).toBe('member')
})

test('a crash at any commit of either loses neither the request nor the answer', async () => {
  for (const at of [1, 2, 3, 4, 5, 6]) {
    const [alice, bob] = (await begin(110 + at, 2)) as [SimDevice, SimDevice]
    const { link } = await value(commandsOf(alice).createContactLink())
    const id = await value(commandsOf(bob).askContact(link, 'Hello'))
    await until(async () => (await requestsOn(alice)).requests.length === 1)
    const commits = new Map<SimDevice, number>()
    let isCalm = false
    world.witness({
      commit: (device, writes) => {
        if (isCalm || writes.every(({ table }) => table === 'live')) return
        const n = (commits.get(device) ?? 0) + 1
        commits.set(device, n)
        if (n === at) device.crash('late')
      },
    })
    void commandsOf(alice).acceptRequest(profileOf(bob).identity)
    await pass(30_000)
    isCalm = true
    expect(Math.max(...commits.values())).toBeGreaterThanOrEqual(at)
    for (const device of [alice, bob]) if (device.run() === undefined) await switchOn(device)
    // Whatever the crash took back is still there to be answered.
    if ((await requestsOn(alice)).requests.length > 0) await value(commandsOf(alice).acceptRequest(profileOf(bob).identity))
    for (const device of [alice, bob]) {
      await until(async () => (await viewOn(device, id))?.standing === 'member' && (await textsOn(device, id)).length === 1)
    }
    for (const device of world.devices) device.crash('late')
  }
}, 30_000)

test('Carol, whom Alice blocks at the door, is gone and never heard again; Dave, whose request is deleted, is not heard for a while', async () => {
  const [alice, , carol, dave] = (await begin(103, 4)) as [SimDevice, SimDevice, SimDevice, SimDevice]
  const { link } = await value(commandsOf(alice).createContactLink())
  const said = [listenIn(alice, carol), listenIn(alice, dave)]
  const asked = await value(commandsOf(carol).askContact(link, 'buy now'))
  await value(commandsOf(dave).askContact(link, 'hi'))
  await until(async () => (await requestsOn(alice)).requests.length === 2)
  await value(commandsOf(alice).setBlocked(profileOf(carol).identity, true))
  await value(commandsOf(alice).dropRequest(profileOf(dave).identity))
  expect((await requestsOn(alice)).requests).toEqual([])
  expect((await settled(world, once(queriesOf(alice).blocked())))?.map(({ name }) => name)).toEqual(['Carol'])
  // Both bring it again, and once more in a new conversation.
  await value(commandsOf(carol).leave(asked))
  expect((await viewOn(carol, asked))?.standing).toBe('left')
  await value(commandsOf(carol).askContact(link, 'buy now!'))
  for (const device of [carol, dave]) device.crash('at once')
  for (const device of [carol, dave]) await switchOn(device)
  await pass(30 * 60_000)
  expect((await requestsOn(alice)).requests).toEqual([])
  for (const kinds of said) expect(new Set(kinds)).toEqual(new Set(['at-home']))
})

test('a link that was replaced leads nowhere any more, the new one does', async () => {
  const [alice, bob] = (await begin(104, 2)) as [SimDevice, SimDevice]
  const { link: old } = await value(commandsOf(alice).createContactLink())
  const { link } = await value(commandsOf(alice).createContactLink())
  const id = await value(commandsOf(bob).askContact(old, 'by the old one'))
  await pass(60_000)
  expect((await requestsOn(alice)).requests).toEqual([])
  // Asked once is asked: the other link leads to the same conversation.
  expect(await value(commandsOf(bob).askContact(link, 'by the new one'))).toBe(id)
  await value(commandsOf(bob).leave(id))
  await value(commandsOf(bob).askContact(link, 'by the new one'))
  await until(async () => (await requestsOn(alice)).requests.length === 1)
  expect((await requestsOn(alice)).requests[0]?.text).toBe('by the new one')
  await value(commandsOf(alice).revokeContactLink())
  expect(await settled(world, once(queriesOf(alice).contactLink()))).toBe(undefined)
  expect(await settled(world, commandsOf(alice).askContact(link, 'myself'))).toMatchObject({ ok: false, error: { kind: 'own-invite' } })
})

test('somebody else who has the link can neither read what Bob writes to Alice nor take her place', async () => {
  const [alice, bob, carol] = (await begin(105, 3)) as [SimDevice, SimDevice, SimDevice]
  const { link } = await value(commandsOf(alice).createContactLink())
  // Carol stands at the door of Alice, who is away: the same secret on her disk, as if it were her own link.
  const contact = alice.disk.state().get('contact')![0]!
  await settled(world, carol.run()!.store.commit([{ kind: 'put', table: 'contact', key: ['link'], value: contact.value as never }]))
  carol.crash('at once')
  await switchOn(carol)
  alice.crash('at once')
  const toCarol = listenIn(bob, carol)
  const id = await value(commandsOf(bob).askContact(link, 'for Alice alone'))
  await pass(60_000)
  expect(toCarol).toContain('knock')
  expect(toCarol).not.toContain('request')
  expect((await requestsOn(carol)).requests).toEqual([])
  await switchOn(alice)
  await until(async () => (await requestsOn(alice)).requests.length === 1)
  expect((await viewOn(bob, id))?.standing).toBe('asking')
})

test('Bob and Carol, who met in a group of Alice, write to each other first by a request', async () => {
  const [alice, bob, carol] = (await begin(106, 3)) as [SimDevice, SimDevice, SimDevice]
  const group = await value(commandsOf(alice).createGroup('Choir'))
  const { link } = await value(commandsOf(alice).createInvite(group))
  for (const guest of [bob, carol]) {
    await value(commandsOf(guest).joinInvite(link))
    await until(async () => (await viewOn(guest, group))?.standing === 'member')
  }
  await until(async () => (await viewOn(bob, group))?.members.length === 3)
  await value(commandsOf(bob).setNickname(profileOf(carol).identity, 'Caz'))
  const id = await value(commandsOf(bob).askMember(group, profileOf(carol).identity, 'Shall we practise?'))
  expect(await viewOn(bob, id)).toMatchObject({ standing: 'asking', title: 'Caz' })
  await value(commandsOf(bob).setNickname(profileOf(carol).identity, ''))
  expect(await viewOn(bob, id)).toMatchObject({ standing: 'asking', title: 'Carol' })
  await until(async () => (await requestsOn(carol)).requests.length === 1)
  expect((await viewOn(bob, group))?.members.find(({ name }) => name === 'Carol')?.direct).toBe(id)
  expect(await value(commandsOf(bob).askMember(group, profileOf(carol).identity, 'Again'))).toBe(id)
  await value(commandsOf(carol).acceptRequest(profileOf(bob).identity))
  for (const device of [bob, carol]) await until(async () => (await viewOn(device, id))?.standing === 'member')
  expect((await viewOn(carol, group))?.members.find(({ name }) => name === 'Bob')?.direct).toBe(id)
})

test('a thousand strangers, ten a second: few are heard, the rest are counted, and a contact who writes meanwhile is heard at once', async () => {
  const [alice, bob] = (await begin(107, 2)) as [SimDevice, SimDevice]
  const { link } = await value(commandsOf(alice).createContactLink())
  const invite = await value(commandsOf(alice).createInvite())
  await value(commandsOf(bob).joinInvite(invite.link))
  await until(async () => (await viewOn(bob, invite.conversation))?.standing === 'member')
  const contact = decodeInvite(link)
  if (!contact.ok || contact.value.kind !== 'contact') throw new Error('no contact link')
  const { secret } = contact.value
  const longest: number[] = []
  const strangers = await flood(world, secret, alice, 1_000, 100)
  await pass(50_000)
  const from = world.scheduler.now()
  await value(commandsOf(bob).sendMessage(invite.conversation, 'in the middle of it'))
  await until(async () => (await textsOn(alice, invite.conversation)).length === 1)
  longest.push(world.scheduler.now() - from)
  await pass(120_000)
  expect(strangers.sent()).toBe(1_000)
  const { requests, turnedAway } = await requestsOn(alice)
  // Twenty at once, and one a minute.
  expect(requests.length).toBeGreaterThanOrEqual(20)
  expect(requests.length).toBeLessThanOrEqual(24)
  expect(requests.length + turnedAway).toBe(1_000)
  expect(strangers.links()).toBe(0)
  expect(Math.max(...longest)).toBeLessThan(5_000)
}, 60_000)
