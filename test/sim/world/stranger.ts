// Somebody who belongs to no conversation, links with everybody and throws garbage about: noise, frames of others that were overheard,
// whole, cut, changed and doubled. Nobody may be harmed by it.
import { deviceId, type DeviceId } from '../../../src/core/ids.ts'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { SimDice } from './dice.ts'
import { nodeAddress } from './config.ts'
import { damaged } from '../hostile/noise.ts'
import type { World } from './world.ts'

export interface Stranger {
  throwSomething(): void
  /** Stops, so that the world can come to rest. */
  leave(): void
}

export const createStranger = async (world: World): Promise<Stranger> => {
  const dice: SimDice = world.dice.fork('stranger')
  const network = world.hub.network()
  const overheard: Uint8Array[] = []
  const linked = new Set<DeviceId>()
  let isGone = false
  const seed = sha256(utf8ToBytes(`stranger ${world.seed}`))
  const self = deviceId(await world.ciphers.signer.publicKey(seed))

  world.witness({
    wire: (seen) => {
      if (seen.from !== self && overheard.length < 400) overheard.push(Uint8Array.from(seen.bytes))
    },
  })
  network.listen((event) => {
    if (event.kind === 'link-up') linked.add(event.device)
    if (event.kind === 'link-down') linked.delete(event.device)
  })
  await network.start({ deviceSeed: seed, nodes: [nodeAddress] })

  return {
    throwSomething: () => {
      if (isGone) return
      network.want(world.devices.flatMap((device) => device.id() ?? []))
      for (const device of linked) void network.send(device, damaged(dice, overheard))
    },
    leave: () => {
      isGone = true
      void network.stop()
    },
  }
}
