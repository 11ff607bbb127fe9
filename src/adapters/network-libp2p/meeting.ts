// Being found and finding, under blinded tags. A tag is registered at the nodes that its own hash chooses and where slots stand, again after
// each reconnect and before it runs out. A sought one is asked for there, and soon everywhere, in case that the others know other nodes;
// often at first and ever more rarely: whoever comes online asks.
import type { Connection, PrivateKey } from '@libp2p/interface'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import type { DeviceId, Tag } from '../../core/ids.ts'
import { toHex } from '../../core/ids.ts'
import { rendezvousStatus } from '../../core/wire/rendezvous.ts'
import { nodesAtOnce } from '../../core/nodes/rendezvous-hashing.ts'
import { varied } from './backoff.ts'
import { peerToDevice } from './device-peer.ts'
import type { NodePool } from './node-pool.ts'
import type { SupervisedNode } from './node-supervisor.ts'
import { createRendezvousClient } from './rendezvous-client.ts'
import type { RendezvousClient } from './rendezvous-client.ts'

/** Seconds a registration lasts: the two hours that every rendezvous point takes. */
const registrationTtlS = 2 * 3600
/** Milliseconds until a registration is made anew. */
const renewMs = (registrationTtlS * 1000) / 2
/** Milliseconds until a registration that failed is tried again. */
const retryMs = 3_000
/** How often a tag is asked for, by the milliseconds that it has been sought. */
const pace = [
  { untilMs: 30_000, everyMs: 1_000 },
  { untilMs: 300_000, everyMs: 5_000 },
  { untilMs: Number.POSITIVE_INFINITY, everyMs: 60_000 },
] as const
/** Verified records kept, so that a device that is found again and again is verified once. */
const maxKnownRecords = 1_000

/** Milliseconds that a tag is sought at its own nodes alone. */
const narrowMs = 8_000

export interface MeetingDeps {
  readonly privateKey: PrivateKey
  readonly self: DeviceId
  readonly pool: Pick<NodePool, 'connectedFor' | 'slots' | 'need'>
  /** `ways` are addresses of nodes at which the device says that it holds a slot. */
  readonly found: (tag: Tag, device: DeviceId, ways: readonly string[]) => void
}

export interface Meeting {
  announce(tags: readonly Tag[]): void
  seek(tags: readonly Tag[]): void
  /** A node that can be asked from now on until the connection ends. */
  connected(address: string, connection: Connection): void
  /** The own slots have changed: whoever looks is told of the present ones. */
  slotsChanged(): void
  /** Asks for all sought tags now, as after coming back online. */
  hurry(): void
  stop(): void
}

interface Place {
  readonly address: string
  readonly connection: Connection
  readonly client: RendezvousClient
  /** When each tag is to be registered (again); milliseconds since 1970. */
  readonly registerAt: Map<Tag, number>
  readonly cookies: Map<Tag, Uint8Array>
  readonly asking: Set<Tag>
}

interface Found {
  readonly device: DeviceId
  readonly ways: readonly string[]
}

export const createMeeting = ({ privateKey, self, pool, found }: MeetingDeps): Meeting => {
  const places = new Map<string, Place>()
  const knownRecords = new Map<string, Found | undefined>()
  let announced = new Set<Tag>()
  const sought = new Map<Tag, { readonly since: number; dueAt: number }>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let record: Promise<Uint8Array> | undefined

  const placesOf = (nodes: readonly SupervisedNode[]): readonly Place[] =>
    nodes.flatMap(({ address }) => places.get(address) ?? []).filter((place) => place.connection.status === 'open')
  const placesToRegister = (tag: Tag): ReadonlySet<Place> =>
    // Without a slot nobody could come: then there is nothing to say yet.
    pool.slots().length === 0 ? new Set() : new Set(placesOf([...pool.connectedFor('tags', tag, nodesAtOnce), ...pool.slots()]))
  const widthOf = (since: number): number => (Date.now() - since < narrowMs ? nodesAtOnce : Number.POSITIVE_INFINITY)

  const tellNeeds = (): void =>
    pool.need(
      'tags',
      new Map([
        ...[...announced].map((tag) => [tag, nodesAtOnce] as const),
        ...[...sought].map(([tag, { since }]) => [tag, widthOf(since)] as const),
      ]),
    )

  /** Does what is due and sleeps until the next thing is. */
  const work = (): void => {
    clearTimeout(timer)
    if (stopped) return
    const now = Date.now()
    let next = now + 60_000
    tellNeeds()
    for (const tag of announced) {
      for (const place of placesToRegister(tag)) {
        const due = place.registerAt.get(tag) ?? 0
        if (due > now) next = Math.min(next, due)
        else {
          // Set first, so that a slow answer is not asked for twice.
          place.registerAt.set(tag, now + renewMs)
          void register(place, tag)
        }
      }
    }
    for (const [tag, entry] of sought) {
      if (entry.dueAt <= now) {
        const every = pace.find(({ untilMs }) => now - entry.since < untilMs)?.everyMs ?? 60_000
        entry.dueAt = now + varied(every, 0.1)
        for (const place of placesOf(pool.connectedFor('tags', tag, widthOf(entry.since)))) void discover(place, tag)
      }
      next = Math.min(next, entry.dueAt)
    }
    timer = setTimeout(work, Math.max(50, next - now))
  }

  const register = async (place: Place, tag: Tag): Promise<void> => {
    try {
      record ??= signedRecord()
      const answer = await place.client.ask({ kind: 'register', ns: tag, record: await record, ttl: registrationTtlS })
      if (answer?.kind !== 'register-response' || answer.status !== rendezvousStatus.ok) throw new Error('not registered')
    } catch {
      place.registerAt.set(tag, Date.now() + retryMs)
      soon()
    }
  }

  const discover = async (place: Place, tag: Tag): Promise<void> => {
    if (place.asking.has(tag)) return
    place.asking.add(tag)
    try {
      const cookie = place.cookies.get(tag)
      const answer = await place.client.ask({ kind: 'discover', ns: tag, limit: 100, ...(cookie === undefined ? {} : { cookie }) })
      if (answer?.kind !== 'discover-response') return
      if (answer.status === rendezvousStatus.invalidCookie) place.cookies.delete(tag)
      if (answer.status !== rendezvousStatus.ok) return
      // All at once, so that whoever looks can choose among them.
      const those = await Promise.all(answer.registrations.filter(({ ns }) => ns === tag).map(({ record }) => foundIn(record)))
      for (const one of those) if (one !== undefined && one.device !== self && sought.has(tag) && !stopped) found(tag, one.device, one.ways)
      if (answer.cookie !== undefined) place.cookies.set(tag, answer.cookie)
    } catch {
      // Asked again at its time.
    } finally {
      place.asking.delete(tag)
    }
  }

  /** Whose record it is and where they hold slots, if it is signed by its subject. */
  const foundIn = async (bytes: Uint8Array): Promise<Found | undefined> => {
    const key = toHex(bytes)
    if (knownRecords.has(key)) return knownRecords.get(key)
    let one: Found | undefined
    try {
      const envelope = await RecordEnvelope.openAndCertify(bytes, PeerRecord.DOMAIN)
      const { peerId, multiaddrs } = PeerRecord.createFromProtobuf(envelope.payload)
      const device = peerId.publicKey?.equals(envelope.publicKey) === true ? peerToDevice(peerId) : undefined
      if (device !== undefined) one = { device, ways: multiaddrs.map((address) => address.toString().split('/p2p-circuit')[0] ?? '') }
    } catch {
      // Rubbish, or a lie: either way nobody.
    }
    if (knownRecords.size >= maxKnownRecords) knownRecords.clear()
    knownRecords.set(key, one)
    return one
  }

  const signedRecord = async (): Promise<Uint8Array> => {
    const peerId = peerIdFromPrivateKey(privateKey)
    const multiaddrs = pool.slots().map(({ address }) => multiaddr(`${address}/p2p-circuit/p2p/${peerId.toString()}`))
    return (await RecordEnvelope.seal(new PeerRecord({ peerId, multiaddrs }), privateKey)).marshal()
  }

  const soon = (): void => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(work, 0)
  }

  return {
    announce(tags) {
      const former = announced
      announced = new Set(tags)
      for (const place of places.values()) {
        if (place.connection.status !== 'open') continue
        for (const tag of former) {
          if (announced.has(tag) || !place.registerAt.delete(tag)) continue
          place.client.ask({ kind: 'unregister', ns: tag }).catch(() => {})
        }
      }
      soon()
    },
    seek(tags) {
      const next = new Set(tags)
      for (const tag of sought.keys()) {
        if (next.has(tag)) continue
        sought.delete(tag)
        for (const place of places.values()) place.cookies.delete(tag)
      }
      for (const tag of next) if (!sought.has(tag)) sought.set(tag, { since: Date.now(), dueAt: 0 })
      soon()
    },
    connected(address, connection) {
      if (places.get(address)?.connection === connection) return
      const client = createRendezvousClient(connection)
      places.set(address, { address, connection, client, registerAt: new Map(), cookies: new Map(), asking: new Set() })
      for (const entry of sought.values()) entry.dueAt = 0
      soon()
    },
    slotsChanged() {
      record = undefined
      for (const place of places.values()) place.registerAt.clear()
      soon()
    },
    hurry() {
      for (const entry of sought.values()) entry.dueAt = 0
      soon()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
