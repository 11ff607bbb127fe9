// The sender's side: what was said, stays undelivered for a few seconds and is for a device that is not linked is wrapped for that device
// and handed to couriers who are. The outbox keeps the message all the same; an envelope is a second way, never the only one. The state
// "carried" comes from couriers' receipts alone.
import { copiesFromAuthor, inOrder, patienceMs } from '../../core/courier/policy.ts'
import { lanes } from '../../core/event/event.ts'
import type { ConversationId, DeviceId, EnvelopeId } from '../../core/ids.ts'
import { chainKey, heldSeq, mergeVectors } from '../../core/log/chains.ts'
import { memberOfDevice } from '../../core/members/members.ts'
import { encodeLinkMessage } from '../../core/sync/messages.ts'
import type { Write } from '../../ports/store.ts'
import type { EntrustedRecord } from '../../ports/tables.ts'
import type { Links } from '../links.ts'
import { otherDevices, type Room } from '../room.ts'
import type { Session } from '../session.ts'
import { bundleFor } from './bundle.ts'
import type { Contacts } from './contacts.ts'
import type { KeyPools } from './key-pools.ts'
import { createLooks } from './looks.ts'
import { makeEnvelope, type Entrusted } from './make-envelope.ts'
import { createOffers } from './offers.ts'
import { createOneAtATime } from './one-at-a-time.ts'

export interface Entrusting {
  /** Looks soon at everything that absent devices lack: a courier has come, or keys have. */
  lookAround(): void
  /** Takes up what was entrusted before, and lets go of what has expired. */
  tidyAll(): void
  linked(device: DeviceId): void
  unlinked(device: DeviceId): void
  /** What a courier says about an envelope; false when it was not offered from here. */
  receipt(courier: DeviceId, envelope: EnvelopeId, kept: boolean): boolean
  /** A device that is not linked wrote to us: let it know that this has come. */
  owe(id: ConversationId, device: DeviceId): void
  /** How many of this device's one-time keys another one said it has left. */
  heardLeft(device: DeviceId, left: number): void
  stop(): void
}

/** The usual ways are given so long. */
const soonMs = 5_000

export const createEntrusting = (session: Session, links: Links, contacts: Contacts, pools: KeyPools): Entrusting => {
  const { store, clock, rooms, me } = session
  const queue = createOneAtATime()
  const offers = createOffers<Entrusted['key']>()
  const looks = createLooks(clock, (id) => queue(() => look(id)))
  /** Devices that are to hear that their words have come. */
  const owed = new Set<string>()
  const leftThere = new Map<DeviceId, number>()
  /** Devices with rows, so that acknowledgements of all others cost nothing. */
  const withRows = new Set<string>()
  const pairOf = (id: ConversationId, device: DeviceId) => `${id} ${device}`

  const look = async (id: ConversationId): Promise<void> => {
    const room = rooms.get(id)
    if (room === undefined || !contacts.mayTravel(room) || couriersFor(room).length === 0) return
    for (const device of otherDevices(room, me.identity)) {
      const isOwed = owed.has(pairOf(id, device))
      if (links.pathTo(device) !== undefined || (!isOwed && isHeld(room, device, room.lastSaid))) continue
      const rows = await rowsFor(id, device)
      const made = await makeIfDue(room, device, rows)
      for (const row of made === undefined ? rows : [...rows, made]) await offer(room, row)
    }
  }

  /** A new envelope, unless all is in one already, or the last one is so young that more may soon be said. */
  const makeIfDue = async (room: Room, device: DeviceId, rows: readonly Entrusted[]): Promise<Entrusted | undefined> => {
    const pair = pairOf(room.conversation.id, device)
    const covered = Math.max(acknowledgedBy(room, device), ...rows.map(({ value }) => value.upTo))
    if (room.lastSaid <= covered && !owed.has(pair)) return undefined
    const [key, ...others] = await pools.usable(device)
    if (key === undefined) return undefined
    const now = clock.now()
    const last = Math.max(0, ...rows.map(({ value }) => value.at))
    const due = last + patienceMs(rows.length, 1 + others.length)
    if (last <= now && now < due) {
      looks.at(room.conversation.id, due - now)
      return undefined
    }
    const onTheirWay = rows.flatMap(({ value }) => (value.couriers.length > 0 ? value.through : []))
    const carried = onTheirWay.map(([lane, of, seq]) => new Map([[chainKey(lane, of), seq]])).reduce(mergeVectors, new Map())
    const bundle = await bundleFor(session, room, device, carried)
    if (bundle === undefined || (bundle.upTo <= covered && !owed.has(pair))) return undefined
    const row = await makeEnvelope(session, pools, { room, device, bundle, keys: [key, ...others], leftThere: leftThere.get(device) })
    owed.delete(pair)
    leftThere.delete(device)
    if (row !== undefined) withRows.add(pair)
    return row
  }

  const offer = async (room: Room, { key, value }: Entrusted): Promise<void> => {
    const [, recipient, envelope] = key
    if (value.left <= offers.outstanding(envelope)) return
    const candidates = couriersFor(room)
      .filter((device) => !value.couriers.includes(device) && !offers.isKnown(envelope, device))
      .map((device) => ({ device, knowsRecipient: contacts.haveMet(device, recipient) }))
    const record = candidates.length === 0 ? undefined : await store.read((reader) => reader.get('carried', ['own', envelope]))
    if (record?.kind !== 'bytes') return
    for (const courier of inOrder(candidates)) {
      const copies = copiesFromAuthor(value.left - offers.outstanding(envelope))
      if (copies <= 0) return
      offers.add(envelope, courier, { key, copies })
      links.send(courier, encodeLinkMessage({ kind: 'carry', copies, envelope: record.envelope }))
    }
  }

  /** Linked devices that may carry; not members, who have the message itself. */
  const couriersFor = (room: Room): readonly DeviceId[] =>
    links.devices().filter((device) => !isIn(room, device) && contacts.mayExchange(device))

  const rowsFor = async (id: ConversationId, device: DeviceId): Promise<readonly Entrusted[]> => {
    const now = clock.now()
    return (await store.read((reader) => reader.list('entrusted', [id, device]))).filter(({ value }) => value.expiresAt > now)
  }

  const isKept = async (key: Entrusted['key'], courier: DeviceId, copies: number): Promise<void> => {
    const row = await store.read((reader) => reader.get('entrusted', key))
    if (row !== undefined && !row.couriers.includes(courier)) {
      const value: EntrustedRecord = { ...row, couriers: [...row.couriers, courier], left: Math.max(0, row.left - copies) }
      await store.commit([{ kind: 'put', table: 'entrusted', key, value }])
    }
    offers.settle(key[2], courier)
  }

  /** Lets go of rows whose message has come, that only told what a link tells better, or that have expired. */
  const tidy = async (id: ConversationId, device: DeviceId): Promise<void> => {
    const room = rooms.get(id)
    const rows = await store.read((reader) => reader.list('entrusted', [id, device]))
    const upTo = room === undefined ? 0 : acknowledgedBy(room, device)
    const done = rows.filter(({ value }) => {
      const isOver = value.upTo === 0 ? links.pathTo(device) !== undefined : value.upTo <= upTo
      return isOver || value.expiresAt <= clock.now()
    })
    await store.commit(
      done.flatMap(({ key }): readonly Write[] => [
        { kind: 'delete', table: 'entrusted', key },
        { kind: 'delete', table: 'carried', key: ['own', key[2]] },
      ]),
    )
    for (const { key } of done) offers.forget(key[2])
    if (done.length === rows.length) withRows.delete(pairOf(id, device))
  }

  const lacks = (room: Room, device: DeviceId): boolean => {
    if (!contacts.mayTravel(room)) return false
    const newest = heldSeq(room.conversation.chains, lanes.content, me.device)
    return links.pathTo(device) === undefined && (owed.has(pairOf(room.conversation.id, device)) || !isHeld(room, device, newest))
  }

  const acknowledgedBy = (room: Room, device: DeviceId): number =>
    room.acknowledged.get(device)?.have.get(chainKey(lanes.content, me.device)) ?? 0

  /** What one device of a person has, their others get from it; what was said before they came is not for them. */
  const isHeld = (room: Room, device: DeviceId, seq: number): boolean => {
    const member = room.conversation.members && memberOfDevice(room.conversation.members, device)
    const floor = member?.floor.find((head) => head.lane === lanes.content && head.device === me.device)?.seq ?? 0
    return member === undefined || seq <= floor || member.devices.some((card) => acknowledgedBy(room, card.device) >= seq)
  }

  rooms.onCommit(({ after, writes }) => {
    const { id } = after.conversation
    for (const write of writes) {
      if (write.kind !== 'put') continue
      if (write.table === 'outbox') looks.at(id, soonMs)
      if (write.table === 'acknowledged' && withRows.has(pairOf(id, write.key[1]))) queue(() => tidy(id, write.key[1]))
    }
  })

  const tidyAll = async (): Promise<void> => {
    const rows = await store.read((reader) => reader.list('entrusted', []))
    const pairs = new Map(rows.map(({ key: [id, device] }) => [pairOf(id, device), [id, device] as const]))
    for (const [pair, [id, device]] of pairs) {
      withRows.add(pair)
      queue(() => tidy(id, device))
    }
  }

  return {
    tidyAll: () => queue(tidyAll),
    lookAround: () => {
      for (const room of rooms.all()) {
        if (otherDevices(room, me.identity).some((device) => lacks(room, device))) looks.at(room.conversation.id, soonMs)
      }
    },
    linked: (device) => {
      for (const { conversation } of rooms.all()) {
        owed.delete(pairOf(conversation.id, device))
        if (withRows.has(pairOf(conversation.id, device))) queue(() => tidy(conversation.id, device))
      }
    },
    unlinked: (device) => {
      offers.drop(device)
      for (const room of rooms.all()) if (isIn(room, device) && lacks(room, device)) looks.at(room.conversation.id, soonMs)
    },
    receipt: (courier, envelope, kept) => {
      const offered = offers.answered(envelope, courier, kept)
      if (offered === undefined) return false
      if (kept) queue(() => isKept(offered.key, courier, offered.copies))
      else looks.at(offered.key[0], soonMs)
      return true
    },
    owe: (id, device) => {
      if (links.pathTo(device) !== undefined) return
      owed.add(pairOf(id, device))
      looks.at(id, soonMs)
    },
    heardLeft: (device, left) => {
      leftThere.set(device, left)
    },
    stop: () => looks.stop(),
  }
}

const isIn = ({ conversation: { members } }: Room, device: DeviceId): boolean =>
  members !== undefined && memberOfDevice(members, device) !== undefined
