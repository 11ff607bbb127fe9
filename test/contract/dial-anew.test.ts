// Whether a dial takes what is there already for what it asked for; the host is made up.
import type { Connection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { expect, test, vi } from 'vitest'
import { createDialler } from '../../src/adapters/network-libp2p/dialler.ts'
import type { Host } from '../../src/adapters/network-libp2p/host.ts'
import { createUpgrader } from '../../src/adapters/network-libp2p/upgrader.ts'
import { deviceToPeer } from '../../src/adapters/network-libp2p/device-peer.ts'
import { deviceOf } from './device-of.ts'

const [alice, bob] = [deviceOf(1), deviceOf(2)]
const node = `/ip4/127.0.0.1/tcp/9001/ws/p2p/${deviceToPeer(deviceOf(3)).toString()}`

/** As the library does: whoever does not insist gets the connection that is there, on which nobody answers any more. */
const hostWithLeftover = (leftover: Connection, fresh: Connection): Host =>
  ({ dial: (_: Multiaddr, { force = false }: { force?: boolean }) => Promise.resolve(force ? fresh : leftover) }) as unknown as Host

const direct = (id: string) => ({ id, direct: true }) as Connection

test('a connection that was left behind without a link is not taken for one with the device that is dialled', async () => {
  const [leftover, fresh] = [direct('leftover'), direct('fresh')]
  const open = vi.fn<(connection: Connection) => Promise<boolean>>(() => Promise.resolve(true))
  const dialler = createDialler({
    self: alice,
    host: hostWithLeftover(leftover, fresh),
    through: () => [node],
    need: vi.fn(),
    isLinked: () => false,
    open,
    failed: vi.fn(),
  })
  dialler.want([bob])
  await vi.waitFor(() => expect(open).toHaveBeenCalledExactlyOnceWith(fresh))
  dialler.stop()
})

test('nor for a direct path behind a relayed link', async () => {
  const [leftover, fresh] = [direct('leftover'), direct('fresh')]
  const open = vi.fn<(connection: Connection) => Promise<boolean>>(() => Promise.resolve(true))
  const relayed = { direction: 'outbound', remoteAddr: { toString: () => `${node}/p2p-circuit` } } as Connection
  const link = { number: 1, device: bob, path: 'relayed', since: 0, connection: relayed, roundTripMs: () => undefined } as const
  const upgrader = createUpgrader({ host: hostWithLeftover(leftover, fresh), link: () => link, isAllowed: () => true, open })
  upgrader.linkUp(link)
  await vi.waitFor(() => expect(open).toHaveBeenCalledExactlyOnceWith(fresh))
  upgrader.stop()
})
