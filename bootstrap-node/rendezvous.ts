// libp2p's rendezvous point (`/rendezvous/1.0.0`): pages register under blinded names and ask for others. Only a device itself can
// register itself: its record is signed by the key that its connection proved. A stream may carry any number of requests.
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { lpStream } from '@libp2p/utils'
import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { rendezvousProtocol } from '../src/core/wire/protocol-ids.ts'
import {
  decodeRendezvous,
  encodeRendezvous,
  maxDiscoverLimit,
  maxNamespaceBytes,
  maxPeerRecordBytes,
  maxRendezvousMessageBytes,
  rendezvousStatus,
} from '../src/core/wire/rendezvous.ts'
import type { RendezvousMessage, RendezvousStatus } from '../src/core/wire/rendezvous.ts'
import type { Limits } from './limits.ts'
import { createRegistrations } from './registrations.ts'
import { createTokenBuckets } from './token-buckets.ts'

export interface RendezvousPoint {
  /** Registrations held. */
  readonly size: number
}

export const serveRendezvous = async (host: Libp2p, limits: Limits): Promise<RendezvousPoint> => {
  const registrations = createRegistrations(limits, crypto.getRandomValues(new Uint8Array(8)))
  const rate = createTokenBuckets(() => ({ burst: limits.rendezvousBurst, perSecond: limits.rendezvousPerSecond }))

  const answer = async (request: RendezvousMessage, { remotePeer }: Connection): Promise<RendezvousMessage | undefined> => {
    const now = Date.now()
    const peer = remotePeer.toString()
    const allowed = rate.take(peer, now)
    switch (request.kind) {
      case 'register': {
        const ttl = request.ttl ?? limits.registrationTtlDefaultS
        const status = !allowed ? rendezvousStatus.unavailable : await judge(request.ns, request.record, ttl, peer, limits)
        if (status !== rendezvousStatus.ok) return { kind: 'register-response', status }
        // It may have left while its signature was looked at: then nobody would take the registration away.
        const kept =
          host.getConnections(remotePeer).length > 0 &&
          registrations.add(peer, { ns: request.ns, record: request.record.slice(), ttl }, now)
        return kept ? { kind: 'register-response', status, ttl } : { kind: 'register-response', status: rendezvousStatus.notAuthorized }
      }
      case 'unregister':
        registrations.remove(peer, request.ns)
        return undefined
      case 'discover': {
        const none = { kind: 'discover-response', registrations: [] } as const
        if (!allowed) return { ...none, status: rendezvousStatus.unavailable }
        // Blinded names are for those who know them: nobody gets the whole list.
        if (!isName(request.ns)) return { ...none, status: rendezvousStatus.invalidNamespace }
        const result = registrations.find(request.ns, request.limit || maxDiscoverLimit, request.cookie, now)
        if (result === undefined) return { ...none, status: rendezvousStatus.invalidCookie }
        return { kind: 'discover-response', registrations: result.found, cookie: result.cookie, status: rendezvousStatus.ok }
      }
      case 'register-response':
      case 'discover-response':
        throw new Error('an answer is not a request')
    }
  }

  const serve = async (stream: Stream, connection: Connection): Promise<void> => {
    const messages = lpStream(stream, { maxDataLength: maxRendezvousMessageBytes })
    try {
      while (true) {
        const request = decodeRendezvous((await messages.read()).subarray())
        if (request === undefined) throw new Error('not a rendezvous message')
        const response = await answer(request, connection)
        if (response !== undefined) await messages.write(encodeRendezvous(response))
      }
    } catch (error) {
      // The other side is done, or does not speak the protocol: either way the stream is of no more use.
      if (stream.status === 'open') stream.abort(error instanceof Error ? error : new Error(String(error)))
    }
  }

  host.addEventListener('peer:disconnect', ({ detail }) => registrations.forget(detail.toString()))
  await host.handle(rendezvousProtocol, (stream, connection) => void serve(stream, connection), {
    maxInboundStreams: limits.rendezvousStreams,
  })
  return {
    get size() {
      return registrations.size
    },
  }
}

const isName = (ns: string | undefined): ns is string => ns !== undefined && ns.length > 0 && Buffer.byteLength(ns) <= maxNamespaceBytes

const judge = async (ns: string, record: Uint8Array, ttl: number, peer: string, limits: Limits): Promise<RendezvousStatus> => {
  if (!isName(ns)) return rendezvousStatus.invalidNamespace
  if (ttl < 1 || ttl > limits.registrationTtlMaxS) return rendezvousStatus.invalidTtl
  if (record.length > maxPeerRecordBytes) return rendezvousStatus.invalidSignedPeerRecord
  try {
    const envelope = await RecordEnvelope.openAndCertify(record, PeerRecord.DOMAIN)
    const subject = PeerRecord.createFromProtobuf(envelope.payload).peerId
    const own = subject.toString() === peer && subject.publicKey?.equals(envelope.publicKey) === true
    return own ? rendezvousStatus.ok : rendezvousStatus.notAuthorized
  } catch {
    return rendezvousStatus.invalidSignedPeerRecord
  }
}
