// What becomes of connections that are made into links; the connections are made up.
import type { Connection } from '@libp2p/interface'
import { expect, test, vi } from 'vitest'
import { deviceToPeer } from '../../src/adapters/network-libp2p/device-peer.ts'
import { createLinks } from '../../src/adapters/network-libp2p/links.ts'
import { deviceOf } from './device-of.ts'

test('a connection on which no stream can be opened is ended, or whoever dials again would be given it again for ever', async () => {
  const links = createLinks(deviceOf(1), { up: vi.fn(), down: vi.fn(), frame: vi.fn(), measured: vi.fn() })
  const abort = vi.fn<(error: Error) => void>()
  const dead = { remotePeer: deviceToPeer(deviceOf(2)), newStream: () => Promise.reject(new Error('nobody answers')), abort }
  await expect(links.open(dead as unknown as Connection)).rejects.toThrow('nobody answers')
  expect(abort).toHaveBeenCalledOnce()
})
