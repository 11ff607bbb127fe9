// Talking with linked devices: which conversations a device belongs to, one sync machine for each, and frames to the journeys that they
// are for. A device that is no member of a conversation is heard only as one who asks to join it.
import { digestOf } from '../core/sync/digest.ts'
import type { ContactMessage } from '../core/contact/messages.ts'
import type { CourierMessage } from '../core/courier/messages.ts'
import type { NodesMessage } from '../core/nodes/messages.ts'
import type { PresenceMessage } from '../core/presence/messages.ts'
import { decodeLinkMessage, encodeLinkMessage, type RoomMessage, type SyncMessage } from '../core/sync/messages.ts'
import { startSync, step, type Held, type SyncEffect, type SyncInput, type SyncState, type SyncTimer } from '../core/sync/sync.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { holdSame, vectorOf, type Vector } from '../core/log/chains.ts'
import { memberOfDevice } from '../core/members/members.ts'
import type { Acknowledge } from './acknowledge.ts'
import { orDrop } from './background.ts'
import type { Consistency } from './consistency.ts'
import { proofsFor } from './forks.ts'
import { isFormer, parting } from './former.ts'
import type { Links } from './links.ts'
import type { PeopleNotes } from './people-notes.ts'
import { createPortions } from './portions.ts'
import { toldReadHlc } from './privacy.ts'
import { receiveEvents } from './receive.ts'
import { isLarge, type Room } from './room.ts'
import { countThatFits } from './serve.ts'
import { createServing } from './serve-ahead.ts'
import type { Session } from './session.ts'
import { createTurns } from './turns.ts'

export interface Converse {
  linked(device: DeviceId): void
  unlinked(device: DeviceId): void
  frame(device: DeviceId, bytes: Uint8Array): void
  /** Begins to speak with a device about a conversation that it was just let into, or that it may let us into. */
  begin(device: DeviceId, id: ConversationId): void
  /** Compares a conversation anew with everybody who is linked. */
  again(id: ConversationId): void
  /** Whom one speaks with may have changed: ends or begins accordingly. */
  review(): void
}

export interface Strangers {
  /** Frames that are not about a conversation that both belong to. */
  hear(device: DeviceId, message: RoomMessage): void
  /** Frames about no conversation: envelopes for others, nodes, and first contact. */
  apart(device: DeviceId, message: CourierMessage | NodesMessage | ContactMessage | PresenceMessage): void
  /** Whether we wait to be let into a conversation by this device; `speaks` when it just spoke of it. */
  mayAdmit(device: DeviceId, id: ConversationId, speaks: boolean): boolean
}

/** Frames that make no sense before a link is ended: noise is not worth a check each. */
const maxMalformedFrames = 100
/**
 * Milliseconds in which several commits become one message where each is told to ten who mostly know, since it comes by gossip, too; and of a
 * frame that is taken in portions, behind which more is asked for, which says the same.
 */
const calmTellMs = 400
/** Time for somebody to make room on a full disk, or to take in all at once. */
const storageRestMs = 10_000

export const createConverse = (
  session: Session,
  links: Links,
  strangers: Strangers,
  notes: Pick<PeopleNotes, 'isClosed'>,
  consistency: Consistency,
  acknowledge: Acknowledge,
): Converse => {
  const states = new Map<string, SyncState>()
  const timers = new Map<string, () => void>()
  const malformed = new Map<DeviceId, number>()
  /** What somebody held when they asked last. */
  const askedFrom = new Map<string, Vector>()
  /** Who asked to be let in, on this link: they hold nothing yet. */
  const knocked = new Set<string>()
  /** Who was told on this link which devices told different people different things. */
  const proven = new Set<string>()
  const portions = createPortions(session)
  const serving = createServing(session, portions)
  const turns = createTurns(session)
  const keyOf = (device: DeviceId, id: ConversationId) => `${device} ${id}`

  const feed = (device: DeviceId, id: ConversationId, input: SyncInput, isPatient = false): void => {
    const room = session.rooms.get(id)
    if (room === undefined) return
    const key = keyOf(device, id)
    // Whoever lets us in gives what they have without being asked for it: others may have heard of it sooner, and wait a moment too.
    const isGiven = input.kind === 'message' && room.record.standing === 'joining'
    const before = states.get(key) ?? startSync(heldOf(session, room))
    const [state, effects] = step(before, input, isGiven || turns.isAnothers(id, device))
    states.set(key, state)
    turns.told(id, device, before, state)
    if (effects.some((effect) => effect.kind === 'acknowledged')) consistency.told(id, device, state.theirs)
    for (const effect of effects) perform(device, id, effect, isPatient)
  }

  const perform = (device: DeviceId, id: ConversationId, effect: SyncEffect, isPatient = false): void => {
    switch (effect.kind) {
      case 'send':
        return say(device, id, effect.message)
      case 'serve':
        return orDrop(
          serving.next(id, device, effect.beyond, isAskedAgain(device, id, effect.beyond)).then((events) => {
            // They may have left while it was read, or be one whom this device takes for a member no more while it asks to be let in again.
            if (events === undefined) answerFormer(device, id, { kind: 'want', have: effect.beyond, readHlc: 0 })
            else if (speaksAbout(device, id)) say(device, id, events)
          }),
        )
      case 'acknowledged':
        return orDrop(acknowledge(id, device, effect), () => compareLater(device, id))
      case 'set-timer':
        return setTimer(device, id, effect.timer, effect.timer === 'tell' ? tellMs(id, effect.ms, isPatient) : effect.ms)
    }
  }

  const tellMs = (id: ConversationId, usualMs: number, isPatient: boolean): number => {
    const room = session.rooms.get(id)
    return isPatient || (room !== undefined && isLarge(room, session.me.identity)) ? calmTellMs : usualMs
  }

  const isAskedAgain = (device: DeviceId, id: ConversationId, beyond: Vector): boolean => {
    const key = keyOf(device, id)
    const last = askedFrom.get(key)
    askedFrom.set(key, beyond)
    return last !== undefined && holdSame(beyond, last)
  }

  const say = (device: DeviceId, id: ConversationId, message: SyncMessage): void =>
    links.send(device, encodeLinkMessage({ ...message, conversation: id }))

  const clearTimer = (key: string): void => {
    timers.get(key)?.()
    timers.delete(key)
  }

  const setTimer = (device: DeviceId, id: ConversationId, timer: SyncTimer, ms: number): void => {
    const key = `${keyOf(device, id)} ${timer}`
    timers.get(key)?.()
    const cancel = session.clock.after(ms, () => {
      timers.delete(key)
      if (links.pathTo(device) !== undefined && speaksAbout(device, id)) feed(device, id, { kind: 'timer', timer })
    })
    timers.set(key, cancel)
  }

  const speaksAbout = (device: DeviceId, id: ConversationId, speaks = false): boolean => {
    const room = session.rooms.get(id)
    if (room === undefined || notes.isClosed(room)) return false
    return isMember(room, device) || (room.record.standing === 'joining' && strangers.mayAdmit(device, id, speaks))
  }

  const begin = (device: DeviceId, id: ConversationId): void => {
    if (links.pathTo(device) !== undefined) feed(device, id, { kind: 'linked' })
  }

  /** What was not taken or not listened to is offered again when the two compare once more. */
  const compareLater = (device: DeviceId, id: ConversationId): void => {
    const key = `${keyOf(device, id)} compare`
    if (timers.has(key)) return
    const cancel = session.clock.after(storageRestMs, () => {
      timers.delete(key)
      if (speaksAbout(device, id)) begin(device, id)
    })
    timers.set(key, cancel)
  }

  /** Two who each hold the other for removed would answer each other for ever. Who compares again after a full disk is answered again. */
  const answerOnce = (device: DeviceId, id: ConversationId, digest: Uint8Array): void => {
    const key = `${keyOf(device, id)} answer`
    if (timers.has(key)) return
    timers.set(
      key,
      session.clock.after(storageRestMs, () => timers.delete(key)),
    )
    say(device, id, { kind: 'digest', digest, readHlc: 0 })
  }

  /** To somebody who was removed: that our logs differ, and, when asked, why. */
  const answerFormer = (device: DeviceId, id: ConversationId, message: SyncMessage): void => {
    const room = session.rooms.get(id)
    if (room === undefined || notes.isClosed(room) || !isFormer(room, device)) return
    if (message.kind === 'digest') answerOnce(device, id, heldOf(session, room).digest)
    const told = message.kind === 'want' ? parting(session, id, device, message.have) : undefined
    if (told !== undefined) say(device, id, told)
  }

  const hearEvents = async (device: DeviceId, id: ConversationId, message: Extract<SyncMessage, { kind: 'events' }>): Promise<void> => {
    if (session.rooms.get(id)?.record.standing === 'joining') turns.given(id)
    let [taken, refused] = [0, 0]
    for await (const { events, urgency } of portions.of(message.events)) {
      const received = await receiveEvents(session, id, events, urgency)
      taken += received.taken
      refused += received.refused
    }
    if (refused > 0 && speaksAbout(device, id)) await tellProofs(device, id)
    if (speaksAbout(device, id)) feed(device, id, { kind: 'applied', more: message.more, progressed: taken > 0 })
  }

  /** Whoever holds the longer of two tales gives it again and again, and asks for nothing: once on a link they are told that it is forked. */
  const tellProofs = async (device: DeviceId, id: ConversationId): Promise<void> => {
    const [key, room] = [keyOf(device, id), session.rooms.get(id)]
    if (room === undefined || proven.has(key)) return
    const events = await proofsFor(session, room, device)
    if (events.length === 0 || proven.has(key) || !speaksAbout(device, id)) return
    proven.add(key)
    say(device, id, { kind: 'events', events: events.slice(0, countThatFits(events)), more: false })
  }

  session.rooms.onCommit(({ before, after, isPatient }) => {
    const { id } = after.conversation
    const held = heldOf(session, after)
    const hasNewMembers = before?.conversation.members !== after.conversation.members
    for (const device of links.devices()) {
      const key = keyOf(device, id)
      if (states.has(key)) {
        if (speaksAbout(device, id)) feed(device, id, { kind: 'held', held }, isPatient)
        else states.delete(key)
      } else if (speaksAbout(device, id)) {
        // Whoever is let in here gets it all without having to ask for it first. Somebody else may have let them in before: what they
        // got there and said since was not heard here, and they do not say it again unless the two compare.
        if (knocked.delete(key)) {
          perform(device, id, { kind: 'serve', beyond: new Map() })
          compareLater(device, id)
        } else begin(device, id)
      }
      // Why somebody is out may be known here only now; whoever believes to be in asks once more when the two do not hold the same.
      else if (hasNewMembers && isFormer(after, device)) {
        clearTimer(`${key} answer`)
        answerFormer(device, id, { kind: 'digest', digest: held.digest, readHlc: 0 })
      }
    }
  })

  return {
    linked: (device) => {
      for (const { conversation } of session.rooms.all()) if (speaksAbout(device, conversation.id)) begin(device, conversation.id)
    },
    unlinked: (device) => {
      malformed.delete(device)
      consistency.forget(device)
      turns.forget(device)
      serving.forget(device)
      for (const room of session.rooms.all()) {
        const key = keyOf(device, room.conversation.id)
        states.delete(key)
        askedFrom.delete(key)
        knocked.delete(key)
        proven.delete(key)
        for (const timer of ['ask', 'tell', 'compare', 'answer'] as const) clearTimer(`${key} ${timer}`)
      }
    },
    frame: (device, bytes) => {
      const message = decodeLinkMessage(bytes)
      if (!message.ok) {
        const count = (malformed.get(device) ?? 0) + 1
        malformed.set(device, count)
        if (count > maxMalformedFrames) session.network.close(device)
        return
      }
      if (!('conversation' in message.value)) return strangers.apart(device, message.value)
      const { conversation: id } = message.value
      switch (message.value.kind) {
        case 'digest':
        case 'want':
        case 'have':
          return speaksAbout(device, id, true)
            ? feed(device, id, { kind: 'message', message: message.value })
            : answerFormer(device, id, message.value)
        case 'events':
          return speaksAbout(device, id, true) ? orDrop(hearEvents(device, id, message.value), () => compareLater(device, id)) : undefined
        case 'join':
          if (session.rooms.get(id) !== undefined) knocked.add(keyOf(device, id))
          return strangers.hear(device, message.value)
        default:
          return strangers.hear(device, message.value)
      }
    },
    begin,
    again: (id) => {
      for (const device of links.devices()) if (speaksAbout(device, id)) begin(device, id)
    },
    review: () => {
      for (const { conversation } of session.rooms.all()) {
        for (const device of links.devices()) {
          const key = keyOf(device, conversation.id)
          if (!speaksAbout(device, conversation.id)) states.delete(key)
          else if (!states.has(key)) begin(device, conversation.id)
        }
      }
    },
  }
}

const isMember = (room: Room, device: DeviceId): boolean =>
  room.conversation.members !== undefined && memberOfDevice(room.conversation.members, device) !== undefined

const heldOf = (session: Session, room: Room): Held => ({
  have: vectorOf(room.conversation.chains),
  digest: digestOf(room.conversation.chains),
  readHlc: toldReadHlc(session, room),
})
