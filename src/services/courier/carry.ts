// The courier's side: envelopes of contacts are kept within their share, handed to whoever asks for their mailbox, and dropped when they
// say that it has come, or when it has expired. Who has more than one copy gives half of them on. What is inside nobody here can read.
import { decodeEnvelope, nameEnvelope } from '../../core/courier/envelope.ts'
import { blindTag, endOfDay } from '../../core/courier/mailbox.ts'
import { maxMail } from '../../core/courier/messages.ts'
import { copiesFromCourier } from '../../core/courier/policy.ts'
import { decide, type Load } from '../../core/courier/quota.ts'
import type { DeviceId, EnvelopeId, IdentityId, Tag } from '../../core/ids.ts'
import { encodeLinkMessage } from '../../core/sync/messages.ts'
import type { Write } from '../../ports/store.ts'
import type { CarriedRecord } from '../../ports/tables.ts'
import type { Links } from '../links.ts'
import type { Session } from '../session.ts'
import type { Contacts } from './contacts.ts'
import { createOffers } from './offers.ts'
import { createOneAtATime } from './one-at-a-time.ts'

export interface Carrying {
  /** Takes up what was carried before. */
  load(): void
  /** Lets go of what has expired. */
  tidy(): void
  /** A contact hands over an envelope. */
  take(from: DeviceId, envelope: Uint8Array, copies: number): void
  /** A device asks for the mail of mailboxes, blinded by a nonce; remembered as long as its link stands. */
  asked(by: DeviceId, nonce: Uint8Array, wanted: readonly string[]): void
  /** A device needs these no more. */
  collected(by: DeviceId, envelopes: readonly EnvelopeId[]): void
  /** Gives copies on, if the device may carry. */
  spread(to: DeviceId): void
  receipt(courier: DeviceId, envelope: EnvelopeId, kept: boolean): boolean
  unlinked(device: DeviceId): void
  /** Drops everything that a person handed over. */
  dropFrom(identity: IdentityId): void
}

type About = Extract<CarriedRecord, { kind: 'about' }>
/** What a linked device asked for, and what it was sent since. */
interface Ask {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly nonce: Uint8Array
  readonly wanted: ReadonlySet<string>
  readonly sent: Set<EnvelopeId>
}

/** Bytes of one frame of mail; the next follows when it was answered. */
const mailBudget = 256 * 1024
/** Between two requests of one device: each is compared with everything that is carried. */
const restMs = 1_000

export const createCarrying = (session: Session, links: Links, contacts: Contacts): Carrying => {
  const { store, clock } = session
  const queue = createOneAtATime()
  const offers = createOffers<EnvelopeId>()
  const aboutById = new Map<EnvelopeId, About>()
  const askByDevice = new Map<DeviceId, Ask>()

  const removal = (id: EnvelopeId): readonly Write[] => [
    { kind: 'delete', table: 'carried', key: ['about', id] },
    { kind: 'delete', table: 'carried', key: ['bytes', id] },
  ]
  const remove = async (ids: readonly EnvelopeId[]): Promise<void> => {
    await store.commit(ids.flatMap(removal))
    for (const id of ids) {
      aboutById.delete(id)
      offers.forget(id)
    }
  }

  const removeWhere = async (isMeant: (about: About) => boolean): Promise<void> =>
    remove([...aboutById].filter(([, about]) => isMeant(about)).map(([id]) => id))
  const isOver = (about: About): boolean => about.expiresAt <= clock.now()

  const keep = async (from: DeviceId, bytes: Uint8Array, copies: number): Promise<void> => {
    const [envelope, giver, id] = [decodeEnvelope(bytes), contacts.identityOf(from), nameEnvelope(bytes)]
    // Strangers get no answer.
    if (giver === undefined) return
    if (!envelope.ok || !contacts.mayExchange(from)) return tell(from, id, false)
    const load: Load = { id, giver, bytes: bytes.length, expiresAt: endOfDay(envelope.value.lastDay) }
    const loads = [...aboutById].map(([id, about]): Load => ({ id, ...about }))
    const { verdict, evict } = decide(loads, load, clock.now())
    if (verdict.kind === 'keep') {
      const about: About = { kind: 'about', tag: envelope.value.tag, from, copies, giver, bytes: load.bytes, expiresAt: load.expiresAt }
      await store.commit([
        ...evict.flatMap(removal),
        { kind: 'put', table: 'carried', key: ['about', id], value: about },
        { kind: 'put', table: 'carried', key: ['bytes', id], value: { kind: 'bytes', envelope: bytes } },
      ])
      for (const gone of evict) aboutById.delete(gone)
      aboutById.set(id, about)
    }
    tell(from, id, verdict.kind !== 'refuse')
    if (verdict.kind !== 'keep') return
    for (const [device, ask] of askByDevice) if (isFor(ask, envelope.value.tag)) await sendMail(device)
    for (const device of links.devices()) await giveOn(device, id)
  }

  const tell = (to: DeviceId, envelope: EnvelopeId, kept: boolean): void =>
    links.send(to, encodeLinkMessage({ kind: 'carried', envelope, kept }))

  const sendMail = async (device: DeviceId): Promise<void> => {
    const ask = askByDevice.get(device)
    if (ask === undefined) return
    let size = 0
    const ids = [...aboutById]
      .filter(([id, about]) => !ask.sent.has(id) && about.from !== device && !isOver(about) && isFor(ask, about.tag))
      .filter(([, about]) => (size += about.bytes) <= mailBudget)
      .slice(0, maxMail)
      .map(([id]) => id)
    if (ids.length === 0) return
    const envelopes = await store.read(async (reader) => {
      const records = await Promise.all(ids.map((id) => reader.get('carried', ['bytes', id])))
      return records.flatMap((record) => (record?.kind === 'bytes' ? [record.envelope] : []))
    })
    for (const id of ids) ask.sent.add(id)
    if (envelopes.length > 0) links.send(device, encodeLinkMessage({ kind: 'mail', envelopes }))
  }

  /** Half of the copies to another contact, never back to whoever gave them. */
  const giveOn = async (device: DeviceId, id: EnvelopeId): Promise<void> => {
    const about = aboutById.get(id)
    if (about === undefined || isOver(about) || !contacts.mayExchange(device)) return
    const copies = copiesFromCourier(about.copies - offers.outstanding(id))
    if (copies <= 0 || offers.isKnown(id, device) || contacts.identityOf(device) === about.giver) return
    const record = await store.read((reader) => reader.get('carried', ['bytes', id]))
    if (record?.kind !== 'bytes') return
    offers.add(id, device, { key: id, copies })
    links.send(device, encodeLinkMessage({ kind: 'carry', copies, envelope: record.envelope }))
  }

  const gaveOn = async (id: EnvelopeId, device: DeviceId, copies: number): Promise<void> => {
    const about = aboutById.get(id)
    if (about !== undefined) {
      const value: About = { ...about, copies: Math.max(1, about.copies - copies) }
      await store.commit([{ kind: 'put', table: 'carried', key: ['about', id], value }])
      aboutById.set(id, value)
    }
    offers.settle(id, device)
  }

  return {
    load: () =>
      queue(async () => {
        for (const { key, value } of await store.read((reader) => reader.list('carried', ['about']))) {
          if (value.kind === 'about') aboutById.set(key[1], value)
        }
        await removeWhere(isOver)
      }),
    tidy: () => queue(() => removeWhere(isOver)),
    take: (from, envelope, copies) => queue(() => keep(from, envelope, copies)),
    asked: (by, nonce, wanted) => {
      const [last, now] = [askByDevice.get(by)?.at, clock.now()]
      const isHasty = last !== undefined && now >= last && now - last < restMs
      if (isHasty || !contacts.mayExchange(by)) return
      askByDevice.set(by, { at: now, nonce, wanted: new Set(wanted), sent: new Set() })
      queue(() => sendMail(by))
    },
    collected: (by, envelopes) => {
      const ask = askByDevice.get(by)
      // Only whoever was sent an envelope can say that it has come.
      const ids = envelopes.filter((id) => ask?.sent.has(id) === true && aboutById.has(id))
      if (ids.length === 0) return
      queue(async () => {
        await remove(ids)
        await sendMail(by)
      })
    },
    spread: (to) =>
      queue(async () => {
        for (const id of aboutById.keys()) await giveOn(to, id)
      }),
    receipt: (courier, envelope, kept) => {
      const offered = offers.answered(envelope, courier, kept)
      if (offered !== undefined && kept) queue(() => gaveOn(envelope, courier, offered.copies))
      return offered !== undefined
    },
    unlinked: (device) => {
      askByDevice.delete(device)
      offers.drop(device)
    },
    dropFrom: (identity) => queue(() => removeWhere((about) => about.giver === identity)),
  }
}

const isFor = (ask: Ask, mailbox: Tag): boolean => ask.wanted.has(blindTag(ask.nonce, mailbox))
