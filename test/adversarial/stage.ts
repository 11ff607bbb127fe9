// A small world of real devices (real services, the real cipher, memory adapters, virtual time) and those who mean ill in it. Alice owns a
// group; Bob is in it, honest and online; Dave is a member whose keys somebody else has got hold of; Carol was removed and speaks on; a
// stranger never belonged. What the ill say goes out on links of their own, with the keys that they really have.
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import type { ConversationId, DeviceId, IdentityId, Tag } from '../../src/core/ids.ts'
import { deviceId, identityId } from '../../src/core/ids.ts'
import { decodeLinkMessage, type LinkMessage } from '../../src/core/sync/messages.ts'
import { tagsAt } from '../../src/core/tags.ts'
import type { Network } from '../../src/ports/network.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
import { loadRoom, type Room } from '../../src/services/room.ts'
import { commandsOf, queriesOf, untilTrue, valueOf } from '../services/people.ts'
import { nodeAddress } from '../sim/world/config.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { clockOf } from '../sim/world/ports.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { stateHash, type StateHash } from './state-hash.ts'

/** Somebody who means ill, with all that they could have. */
export interface Ill {
  readonly device: DeviceId
  readonly deviceSeed: Uint8Array
  readonly identity: IdentityId
  readonly identitySeed: Uint8Array
  readonly certificate: Uint8Array
  readonly network: Network
  /** What Alice has said to them. */
  readonly heard: LinkMessage[]
}

/** What is thrown at Alice, and which way it comes. */
export type Throw =
  | { readonly by: 'link'; readonly from: Ill; readonly frames: readonly Uint8Array[] }
  | { readonly by: 'gossip'; readonly from: Ill; readonly topic: Tag; readonly bytes: Uint8Array }

export interface Stage {
  readonly world: World
  readonly alice: SimDevice
  readonly bob: SimDevice
  readonly group: ConversationId
  /** Alice and Dave's own. */
  readonly direct: ConversationId
  /** A group of Alice and Bob alone. */
  readonly elsewhere: ConversationId
  readonly dave: Ill
  readonly carol: Ill
  readonly stranger: Ill
  /** Milliseconds since 1970 by everybody's clock. */
  now(): number
  /** A conversation as it stands on Alice's disk. */
  room(id?: ConversationId): Promise<Room>
  topic(id?: ConversationId): Promise<Tag>
  profileOf(device: SimDevice): ProfileRecord
  hash(): StateHash
  throwAt(thrown: Throw): Promise<void>
  /** Waits until somebody has a link with Alice: who is nobody to her is not kept on one for ever. */
  linked(ill: Ill): Promise<void>
  /** Lets virtual time pass. */
  pass(ms: number): Promise<void>
  /** Alice's program ends and begins again from her disk. */
  restartAlice(): Promise<void>
  /** What Bob says now comes to Alice. */
  honestWordsFlow(): Promise<void>
  end(): void
}

const setRest = 15_000

/** One world for all: nothing in it is left to chance. */
const seed = 1

/** `listen` is called before anybody does anything. */
export const setStage = async (listen: (world: World) => void = () => {}): Promise<Stage> => {
  const world = createWorld({ seed, devices: 4, realCipher: true, keepTrace: false })
  listen(world)
  world.hub.setFaults({ latencyMs: [1, 5], dialMs: [20, 60], linkDeath: 0, relayedFirst: 0, direct: true, gossipLoss: 0 })
  const [alice, bob, carol, dave] = world.devices as readonly [SimDevice, SimDevice, SimDevice, SimDevice]
  const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
  const pass = async (ms: number): Promise<void> => void (await world.scheduler.run(world.scheduler.now() + ms, 5_000_000))
  const now = (): number => clockOf(world.scheduler, alice)

  for (const device of world.devices) device.start()
  await untilTrue(world, () => world.devices.every((device) => device.run()?.isStarted))
  for (const device of world.devices) await value(commandsOf(device).createProfile(device.name))
  const isIn = async (device: SimDevice, id: ConversationId) =>
    (await settled(world, once(queriesOf(device).conversation(id))))?.standing === 'member'
  const letIn = async (id: ConversationId | undefined, ...guests: readonly SimDevice[]): Promise<ConversationId> => {
    const { link, conversation } = await value(commandsOf(alice).createInvite(id))
    for (const guest of guests) {
      await value(commandsOf(guest).joinInvite(link))
      await untilTrue(world, () => isIn(guest, conversation))
    }
    return conversation
  }
  const group = await letIn(await value(commandsOf(alice).createGroup('Garden')), bob, carol, dave)
  const direct = await letIn(undefined, dave)
  const elsewhere = await letIn(await value(commandsOf(alice).createGroup('Attic')), bob)
  for (const device of world.devices) await value(commandsOf(device).sendMessage(group, `from ${device.name}`))
  for (const device of [alice, dave]) await value(commandsOf(device).sendMessage(direct, `from ${device.name}`))
  await value(commandsOf(bob).sendMessage(elsewhere, 'from Bob'))
  await pass(30_000)
  const profileOf = (device: SimDevice): ProfileRecord => device.disk.state().get('profile')![0]!.value as ProfileRecord
  await value(commandsOf(alice).removeMember(group, profileOf(carol).identity))
  await pass(30_000)

  const possess = async (keys: Omit<Ill, 'network' | 'heard'>): Promise<Ill> => {
    const [network, heard]: [Network, LinkMessage[]] = [world.hub.network(), []]
    network.listen((event) => {
      if (event.kind !== 'frame' || event.device !== alice.id()) return
      const message = decodeLinkMessage(event.bytes)
      if (message.ok) heard.push(message.value)
    })
    await network.start({ deviceSeed: keys.deviceSeed, nodes: [nodeAddress] })
    network.want([alice.id()!])
    return { ...keys, network, heard }
  }
  for (const device of [carol, dave]) device.crash('at once')
  const seeds = ['identity', 'device'].map((name) => sha256(utf8ToBytes(`stranger ${name} ${seed}`))) as [Uint8Array, Uint8Array]
  const stage: Stage = {
    world,
    alice,
    bob,
    group,
    direct,
    elsewhere,
    dave: await possess(profileOf(dave)),
    carol: await possess(profileOf(carol)),
    stranger: await possess({
      identity: identityId(ed25519.getPublicKey(seeds[0])),
      identitySeed: seeds[0],
      device: deviceId(ed25519.getPublicKey(seeds[1])),
      deviceSeed: seeds[1],
      certificate: new Uint8Array(64),
    }),
    now,
    room: async (id = group) => {
      const store = createMemoryStore({ disk: alice.disk.copy() })
      return store.read(async (reader) => loadRoom(reader, id, (await reader.get('conversations', [id]))!))
    },
    topic: async (id = group) => tagsAt((await stage.room(id)).conversation.members!.meeting, 'topic', now())[0]!,
    profileOf,
    hash: () => stateHash(alice.disk),
    throwAt: async (thrown) => {
      // Not waited for: a full link takes the rest while time passes.
      let lost = 0
      if (thrown.by === 'link') {
        for (const frame of thrown.frames) void thrown.from.network.send(alice.id()!, frame).then((taken) => (lost += Number(!taken)))
      } else {
        thrown.from.network.subscribe([{ tag: thrown.topic, authors: [] }])
        await thrown.from.network.publish(thrown.topic, thrown.bytes)
      }
      await pass(3_000)
      if (lost > 0) throw new Error('there was no link, so nothing was thrown')
    },
    linked: (ill) => untilTrue(world, () => world.hub.isLinked(ill.device, alice.id()!)),
    pass,
    restartAlice: async () => {
      alice.crash('at once')
      alice.start()
      await untilTrue(world, () => alice.run()?.isStarted === true)
      await pass(setRest)
    },
    honestWordsFlow: async () => {
      const before = alice.disk.state().get('timeline')?.length ?? 0
      await value(commandsOf(bob).sendMessage(group, 'and yet'))
      await untilTrue(world, () => (alice.disk.state().get('timeline')?.length ?? 0) > before)
      await pass(1_000)
    },
    end: () => {
      for (const device of world.devices) device.crash('late')
    },
  }
  // The first word after a change brings a new epoch, and keys that were used for it are replaced soon after.
  await pass(setRest)
  for (const device of [alice, bob]) await value(commandsOf(device).sendMessage(group, `${device.name}, without Carol`))
  await pass(60_000)
  if (![stage.dave, stage.carol, stage.stranger].every(({ device }) => world.hub.isLinked(alice.id()!, device)))
    throw new Error('somebody is not linked with Alice')
  return stage
}
