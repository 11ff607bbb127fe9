// The gossip that the adapter began in this process, kept to be asked for the points that it gives; nothing of it is changed.
// Danger: points are in no public type of the library.
import type { GossipSub } from '@libp2p/gossipsub'
import { vi } from 'vitest'

export interface Judging extends GossipSub {
  /** The points of a peer, by its id; negative for one that is punished. */
  getScore(peer: string): number
  /** Peers by the address that they seem to have. */
  readonly score: { readonly peerIPs: ReadonlyMap<string, ReadonlySet<string>> }
}

const { begun } = vi.hoisted(() => ({ begun: [] as Judging[] }))

vi.mock('../../../src/adapters/network-libp2p/gossipsub.ts', async (original) => {
  const { startGossipsub } = await original<typeof import('../../../src/adapters/network-libp2p/gossipsub.ts')>()
  return {
    startGossipsub: async (...given: Parameters<typeof startGossipsub>) => {
      const running = await startGossipsub(...given)
      begun.push(running.pubsub as Judging)
      return running
    },
  }
})

/** In the order in which they began. */
export const begunGossip: readonly Judging[] = begun
