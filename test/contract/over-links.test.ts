// Which connection a call goes over; the connections are made up.
import type { Connection, PeerId } from '@libp2p/interface'
import { expect, test } from 'vitest'
import { deviceToPeer } from '../../src/adapters/network-libp2p/device-peer.ts'
import { overLinks } from '../../src/adapters/network-libp2p/over-links.ts'
import { deviceOf } from './device-of.ts'

const peerOf = (seed: number): PeerId => deviceToPeer(deviceOf(seed))
const connection = (id: string) => ({ id }) as Connection

test('of several connections with somebody the link is the first that a call finds, and the others are there still', () => {
  const [bob, carol] = [peerOf(1), peerOf(2)]
  const [former, link, other] = [connection('former'), connection('link'), connection('other')]
  const manager = {
    getConnections: (peer: PeerId) => (peer.equals(bob) ? [former, link, other] : [former]),
    isDialable: () => Promise.resolve(true),
  } as unknown as Parameters<typeof overLinks>[0]['connectionManager']
  const { connectionManager } = overLinks({ connectionManager: manager }, (peer) => (peer.equals(bob) ? link : undefined))
  expect(connectionManager.getConnections(bob)).toEqual([link, former, other])
  expect(connectionManager.getConnections(carol)).toEqual([former])
  expect(connectionManager.isDialable).toBe(manager.isDialable)
})
