// Delivery when two people are never online together (PROTOCOL section 6, decisions/0009): this tab's part as sender, courier and
// recipient, told of links and frames, and kept off every other path: it begins when a link has stood for a moment.
import type { CourierMessage } from '../core/courier/messages.ts'
import { nameEnvelope } from '../core/courier/envelope.ts'
import { daysToCollect } from '../core/courier/mailbox.ts'
import type { DeviceId, IdentityId } from '../core/ids.ts'
import { unreachable } from '../core/result.ts'
import { encodeLinkMessage } from '../core/sync/messages.ts'
import { createCarrying } from './courier/carry.ts'
import type { Acknowledge } from './acknowledge.ts'
import { createCollecting } from './courier/collect.ts'
import { createContacts } from './courier/contacts.ts'
import { createEntrusting } from './courier/entrust.ts'
import { createKeyPools } from './courier/key-pools.ts'
import type { Links } from './links.ts'
import type { PeopleNotes } from './people-notes.ts'
import type { Session } from './session.ts'

export interface Couriers {
  /** Takes up what was carried and entrusted before; in the background. */
  load(): void
  linked(device: DeviceId): void
  unlinked(device: DeviceId): void
  hear(device: DeviceId, message: CourierMessage): void
  /** What is carried for somebody is dropped, because the person here no longer wants to. */
  dropFrom(identity: IdentityId): void
  stop(): void
}

/** A link is used for everything else first. */
const settleMs = 2_000
/** New conversations come in bursts, and nothing waits for them here. */
const renewSoonMs = 20_000
/** Mailboxes change with the day. */
const renewMs = 3_600_000

export const createCouriers = (session: Session, links: Links, notes: PeopleNotes, acknowledge: Acknowledge): Couriers => {
  const { clock, rooms } = session
  const contacts = createContacts(session, notes)
  const pools = createKeyPools(session, links, contacts, () => entrusting.lookAround())
  const entrusting = createEntrusting(session, links, contacts, pools)
  const carrying = createCarrying(session, links, contacts)
  const collecting = createCollecting(session, links, contacts, acknowledge, ({ content, isNews }) => {
    pools.given(content.from, content.keys)
    entrusting.heardLeft(content.from, content.keysLeft)
    if (isNews) entrusting.owe(content.conversation, content.from)
  })
  const timers = new Map<string, () => void>()
  const later = (name: string, ms: number, call: () => void): void => {
    if (timers.has(name)) return
    const cancel = clock.after(ms, () => {
      timers.delete(name)
      call()
    })
    timers.set(name, cancel)
  }
  const greet = (device: DeviceId): void => {
    if (contacts.needsKeys(device)) pools.say(device)
    collecting.ask(device)
    carrying.spread(device)
    entrusting.lookAround()
  }
  const greetAll = (): void => {
    for (const device of links.devices()) greet(device)
  }

  const leave = (device: DeviceId): void => {
    timers.get(`greet ${device}`)?.()
    timers.delete(`greet ${device}`)
    entrusting.unlinked(device)
    carrying.unlinked(device)
  }

  let days = daysToCollect(clock.now()).join()
  const renew = (): void => {
    const now = daysToCollect(clock.now()).join()
    if (now !== days) greetAll()
    days = now
    entrusting.tidyAll()
    carrying.tidy()
    later('renew', renewMs, renew)
  }

  rooms.onCommit(({ before, after }) => {
    if (before?.conversation.members !== after.conversation.members) later('greet all', renewSoonMs, greetAll)
  })

  return {
    load: () => {
      carrying.load()
      entrusting.tidyAll()
      later('renew', renewMs, renew)
    },
    linked: (device) => {
      // A better link replaces the former one, and what was offered on that is void.
      leave(device)
      entrusting.linked(device)
      later(`greet ${device}`, settleMs, () => greet(device))
    },
    unlinked: leave,
    hear: (device, message) => {
      switch (message.kind) {
        case 'keys-left':
          return pools.asked(device, message.left)
        case 'one-time-keys':
          return pools.given(device, message.keys)
        case 'carry':
          // Refused as something to carry, because it has come where it was to go; the copy that they keep is dropped when they are asked.
          if (collecting.isMine(message.envelope)) {
            links.send(device, encodeLinkMessage({ kind: 'carried', envelope: nameEnvelope(message.envelope), kept: false }))
            return collecting.mail(device, [message.envelope])
          }
          return carrying.take(device, message.envelope, message.copies)
        case 'carried': {
          const isOurs = entrusting.receipt(device, message.envelope, message.kept)
          if (!isOurs) carrying.receipt(device, message.envelope, message.kept)
          return
        }
        case 'collect':
          return carrying.asked(device, message.nonce, message.wanted)
        case 'mail':
          return collecting.mail(device, message.envelopes)
        case 'collected':
          return carrying.collected(device, message.envelopes)
        default:
          return unreachable(message)
      }
    },
    dropFrom: (identity) => carrying.dropFrom(identity),
    stop: () => {
      for (const stop of timers.values()) stop()
      timers.clear()
      entrusting.stop()
    },
  }
}
