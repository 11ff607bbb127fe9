// Links without any node: two people side by side hand over an offer and an answer themselves. What they hand over says how the WebRTC
// connection is reached, and for whom it is; that the device is the one it claims to be is proven by the handshake inside.
import type { ComponentLogger, Connection, MultiaddrConnection, PeerId, Upgrader } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { decodeHandSignal, encodeHandSignal } from '../../core/hand/signal.ts'
import type { HandSignal } from '../../core/hand/signal.ts'
import type { DeviceId } from '../../core/ids.ts'
import { ChannelConnection } from './channel-connection.ts'
import { deviceToPeer } from './device-peer.ts'
import { memberWay } from './relay-address.ts'
import { describedIn, descriptionOf } from './session-description.ts'

/** Milliseconds for the browser to find out its own addresses; what it has by then is handed over. */
const gatherMs = 2_000
/** Milliseconds that an offer waits for its answer, and an answer for the connection: people type, scan and walk. */
const patienceMs = 10 * 60_000
/** Offers that wait at once. */
const maxOffers = 4
/** The one channel is made by both sides under this id, without a word. */
const channelId = 0

export interface ByHand {
  /** An offer as a text; `undefined` where there is no WebRTC. */
  offer(): Promise<string | undefined>
  /** Reads what somebody handed over: an offer gives the answer to be handed back, an answer ends it. */
  take(text: string): Promise<{ readonly kind: 'answer'; readonly text: string } | { readonly kind: 'taken' } | undefined>
  stop(): void
}

export interface ByHandDeps {
  readonly self: DeviceId
  readonly components: () => { readonly upgrader: Upgrader; readonly logger: ComponentLogger }
  readonly iceServers: () => readonly RTCIceServer[]
  /** A connection stands; `dialled` on the side of the offer, which makes the link. */
  readonly connected: (device: DeviceId, dialled: Connection | undefined) => void
}

interface Pending {
  readonly peerConnection: RTCPeerConnection
  readonly channel: RTCDataChannel
  readonly timer: ReturnType<typeof setTimeout>
}

export const createByHand = ({ self, components, iceServers, connected }: ByHandDeps): ByHand => {
  const offers = new Map<number, Pending>()
  const answers = new Set<Pending>()

  const begin = (): Omit<Pending, 'timer'> => {
    const peerConnection = new RTCPeerConnection({ iceServers: [...iceServers()] })
    return { peerConnection, channel: peerConnection.createDataChannel('parley', { negotiated: true, id: channelId }) }
  }

  const describe = async (kind: HandSignal['kind'], number: number, peerConnection: RTCPeerConnection): Promise<string | undefined> => {
    await gathered(peerConnection)
    const described = describedIn(peerConnection.localDescription?.sdp ?? '')
    return described && encodeHandSignal({ kind, number, device: self, ...described })
  }

  /** Once the channel is open, a libp2p connection is made of it. */
  const upgrade = async ({ peerConnection, channel }: Pending, device: DeviceId, direction: 'inbound' | 'outbound'): Promise<void> => {
    await opened(channel)
    const { upgrader, logger } = components()
    const remotePeer: PeerId = deviceToPeer(device)
    const raw: MultiaddrConnection = new ChannelConnection({
      peerConnection,
      channel,
      direction,
      remoteAddr: multiaddr(memberWay(remotePeer.toString())),
      log: logger.forComponent('parley:by-hand'),
    })
    const signal = AbortSignal.timeout(patienceMs)
    if (direction === 'outbound') return connected(device, await upgrader.upgradeOutbound(raw, { signal }))
    await upgrader.upgradeInbound(raw, { signal })
    connected(device, undefined)
  }

  const patiently = (pending: Omit<Pending, 'timer'>, forget: () => void): Pending => ({
    ...pending,
    timer: setTimeout(() => {
      forget()
      if (pending.channel.readyState !== 'open') pending.peerConnection.close()
    }, patienceMs),
  })

  const answer = async (signal: HandSignal): Promise<string | undefined> => {
    const pending: Pending = patiently(begin(), () => answers.delete(pending))
    answers.add(pending)
    await pending.peerConnection.setRemoteDescription(descriptionOf(signal))
    await pending.peerConnection.setLocalDescription()
    upgrade(pending, signal.device, 'inbound').catch(() => pending.peerConnection.close())
    return describe('answer', signal.number, pending.peerConnection)
  }

  return {
    async offer() {
      if (globalThis.RTCPeerConnection === undefined) return undefined
      const [oldest] = offers.size >= maxOffers ? offers : []
      if (oldest !== undefined) {
        oldest[1].peerConnection.close()
        offers.delete(oldest[0])
      }
      const number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
      const pending = patiently(begin(), () => offers.delete(number))
      offers.set(number, pending)
      await pending.peerConnection.setLocalDescription()
      return describe('offer', number, pending.peerConnection)
    },
    async take(text) {
      const signal = decodeHandSignal(text)
      if (signal === undefined || signal.device === self || globalThis.RTCPeerConnection === undefined) return undefined
      try {
        if (signal.kind === 'offer') {
          const back = await answer(signal)
          return back === undefined ? undefined : { kind: 'answer', text: back }
        }
        const pending = offers.get(signal.number)
        if (pending === undefined) return undefined
        offers.delete(signal.number)
        clearTimeout(pending.timer)
        await pending.peerConnection.setRemoteDescription(descriptionOf(signal))
        upgrade(pending, signal.device, 'outbound').catch(() => pending.peerConnection.close())
        return { kind: 'taken' }
      } catch {
        // A description that the browser does not take.
        return undefined
      }
    },
    stop() {
      for (const { peerConnection, timer } of [...offers.values(), ...answers]) {
        clearTimeout(timer)
        peerConnection.close()
      }
    },
  }
}

const gathered = (peerConnection: RTCPeerConnection): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (peerConnection.iceGatheringState === 'complete') resolve()
    }
    peerConnection.addEventListener('icegatheringstatechange', look)
    setTimeout(resolve, gatherMs)
    look()
  })

const opened = (channel: RTCDataChannel): Promise<void> =>
  new Promise((resolve, reject) => {
    if (channel.readyState === 'open') return resolve()
    channel.addEventListener('open', () => resolve(), { once: true })
    channel.addEventListener('close', () => reject(new Error('closed')), { once: true })
  })
