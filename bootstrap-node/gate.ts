// Who is let in: every "no" of the node in one place, from the TCP socket to the relay slot. The lists, the invites and the doorkeeper know
// why; this file asks them in the order of what a question costs, and counts.
import type { IncomingMessage } from 'node:http'
import type { ConnectionGater } from '@libp2p/interface'
import type { Access } from './access.ts'
import { cidrFrom, inRanges } from './cidr.ts'
import { createDoorkeeper } from './doorkeeper.ts'
import type { Invites } from './invites.ts'
import type { Limits } from './limits.ts'
import { refusesReservation } from './relay.ts'
import type { RelayHost } from './relay.ts'
import { subnetOf } from './subnet.ts'
import { createTokenBuckets } from './token-buckets.ts'

export interface Gate {
  /** For a TCP socket: what to do once it is over, or `undefined` when it is refused. */
  connect(socketAddress: string): (() => void) | undefined
  /** For a connection, before its handshake: what to do once it is over, or the status line of a refusal. */
  enter(address: string, request?: IncomingMessage): (() => void) | string
  /** For a plain request: the status to refuse it with, 403 or 429. */
  refuses(address: string): number | undefined
  /** What libp2p asks, when it knows who it is. */
  readonly gater: ConnectionGater
  readonly refusedConnections: number
  readonly refusedRequests: number
  /** From now on nobody new is let in. */
  shut(): void
  readonly isShut: boolean
}

export interface GateKeepers {
  readonly access: Access
  /** Of a private node. */
  readonly invites: Invites | undefined
  /** CIDRs. */
  readonly trustedProxies: readonly string[]
  readonly limits: Limits
  /** Asked late: the host is made with the gate. */
  readonly host: () => RelayHost
}

export const createGate = ({ access, invites, trustedProxies, limits, host }: GateKeepers): Gate => {
  const doorkeeper = createDoorkeeper(limits)
  const requests = createTokenBuckets(() => ({ burst: limits.httpBurst, perSecond: limits.httpPerSecond }))
  const isProxy = inRanges(trustedProxies.flatMap((text) => cidrFrom(text) ?? []))
  let isShut = false
  let refusedConnections = 0
  let refusedRequests = 0

  return {
    // A proxy's sockets are those of many.
    connect: (address) => (isProxy(address) ? () => {} : doorkeeper.connect(address) ? () => doorkeeper.disconnect(address) : undefined),
    enter(address, request) {
      const refusal = isShut ? '503 Service Unavailable' : access.refusesAddress(address) ? '403 Forbidden' : undefined
      if (refusal !== undefined) {
        refusedConnections++
        return refusal
      }
      if (request !== undefined) invites?.cameWith(request, address)
      return doorkeeper.enter(address) ? () => doorkeeper.leave(address) : '429 Too Many Requests'
    },
    refuses(address) {
      const { household, local } = subnetOf(address)
      const status = access.denies(address) ? 403 : local || requests.take(household, Date.now()) ? undefined : 429
      if (status !== undefined) refusedRequests++
      return status
    },
    gater: {
      denyInboundEncryptedConnection: (peer, { remoteAddr }) => {
        const [address = '', port] = remoteAddr.getComponents().map(({ value }) => value)
        return access.refusesPeer(peer.toString(), address) || invites?.admits(peer.toString(), address, Number(port)) === false
      },
      denyInboundRelayReservation: (peer) => isShut || refusesReservation(doorkeeper, limits, host)(peer),
      denyOutboundRelayedConnection: () => isShut,
      // The node answers; it never dials.
      denyDialPeer: () => true,
    },
    get refusedConnections() {
      return refusedConnections + doorkeeper.refused
    },
    get refusedRequests() {
      return refusedRequests
    },
    shut() {
      isShut = true
    },
    get isShut() {
      return isShut
    },
  }
}
