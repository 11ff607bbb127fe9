// Planted bugs, as thin layers over a device's ports: what a careless adapter or service would do. The simulator must find each one,
// else its invariants prove nothing.
import { encodeLinkMessage, decodeLinkMessage } from '../../../src/core/sync/messages.ts'
import type { Network } from '../../../src/ports/network.ts'
import type { Store } from '../../../src/ports/store.ts'

export const mutants = [
  'confirms before it writes',
  'forgets the last commit at a crash',
  'loses one frame in three for ever',
  'claims to hold more than it does',
  'tells a secret to everybody',
] as const
export type Mutant = (typeof mutants)[number]

/** A store that says done, and writes some time later. */
export const confirmsEarly = (store: Store, later: (ms: number, call: () => void) => void): Store => ({
  ...store,
  commit: async (writes, durability) => {
    later(300, () => void store.commit(writes, durability).catch(() => {}))
  },
})

/** A network that takes a frame and lets it fall. */
export const losesFrames = (network: Network): Network => {
  let count = 0
  return { ...network, send: async (device, frame) => (count++ % 3 === 0 ? true : network.send(device, frame)) }
}

/** Acknowledges what comes next in every chain, before it has come. */
export const claimsMore = (network: Network): Network => ({
  ...network,
  send: (device, frame) => {
    const message = decodeLinkMessage(frame)
    if (!message.ok || message.value.kind !== 'have') return network.send(device, frame)
    const have = new Map([...message.value.have].map(([key, seq]) => [key, seq + 1]))
    return network.send(device, encodeLinkMessage({ ...message.value, have }))
  },
})

/** Sends whatever it sends to one to all whom it ever sent something. */
export const tellsEverybody = (network: Network): Network => {
  const everybody = new Set<Parameters<Network['send']>[0]>()
  return {
    ...network,
    send: async (device, frame) => {
      everybody.add(device)
      const results = await Promise.all([...everybody].map((other) => network.send(other, frame)))
      return results.some(Boolean)
    },
  }
}
