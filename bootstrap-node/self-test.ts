// What the node finds out about itself when it starts: it goes through each of its addresses as a page would, and says what it cannot know.
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { createCheckClient } from './check-client.ts'
import { askStun } from './check-stun.ts'

export interface Tested {
  /** Such as `WebRTC-direct`. */
  readonly transport: string
  readonly address: string
  readonly kind: 'ok' | 'warning'
  readonly text: string
}

/** Milliseconds for one address. */
const patienceMs = 5_000

/** Tests one address after the other, as soon as it is asked for; all at the host of `publicAddress` are for the world. */
export async function* testOwnAddresses(addresses: readonly string[], publicAddress: string | undefined): AsyncGenerator<Tested> {
  const publicHost = publicAddress === undefined ? undefined : hostIn(publicAddress)
  for (const address of addresses) {
    const about = { transport: transportOf(address), address }
    const reach = hostIn(address) === publicHost ? 'public' : isPrivate(multiaddr(address)) ? 'private' : 'own'
    const ms = await connect(address)
    if (ms !== undefined) yield { ...about, kind: 'ok', text: `answers in ${ms} ms; ${remark[reach]}` }
    else if (reach === 'public') yield { ...about, kind: 'warning', text: notFromHere }
    else yield { ...about, kind: 'warning', text: 'does not answer, not even from this machine' }
    if (about.transport !== 'WebRTC-direct') continue
    const [host, udp] = multiaddr(address).getComponents()
    const stun = await askStun(host?.value ?? '', udp?.value ?? '', patienceMs).then(
      () => true,
      () => false,
    )
    yield {
      transport: 'STUN',
      address,
      kind: stun ? 'ok' : 'warning',
      text: stun ? 'answers on the same port' : 'does not answer: people on different networks connect less often',
    }
  }
}

const remark = {
  public: 'this is the address that the world uses',
  private: 'for this network only. For the world, forward the port on your router and say --public-url',
  own: 'whether a firewall lets others in cannot be tested from here',
} as const
const notFromHere = 'does not answer from here. Many routers do not let you call yourself: test it from another network'

const connect = async (address: string): Promise<number | undefined> => {
  const client = await createCheckClient(address)
  try {
    return await client.connect(AbortSignal.timeout(patienceMs))
  } catch {
    return undefined
  } finally {
    await client.stop()
  }
}

const transportOf = (address: string): string =>
  address.includes('/webrtc-direct/') ? 'WebRTC-direct' : /\/(tls|wss)\//.test(address) ? 'WebSocket (TLS)' : 'WebSocket'

const hostIn = (address: string): string => address.split('/')[2] ?? ''

/** The lines for a terminal. */
export const testedLine = ({ transport, address, kind, text }: Tested): string =>
  `  ${kind.padEnd(8)}${transport.padEnd(16)}${address.split('/').slice(2, 5).join(' ')}: ${text}\n`
