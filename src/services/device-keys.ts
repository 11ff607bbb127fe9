// The HPKE keys of this device, one set a conversation. A key with which an epoch was opened could open that epoch again for whoever copies
// the database, so it is replaced and erased soon after, and at least weekly (PROTOCOL section 5). What was sealed to an erased key comes
// by sync instead, so nothing is lost by being early.
import { msPerWeek } from '../core/time.ts'
import { announcementMessage, hpkeKeyName, type DeviceCard } from '../core/members/card.ts'
import type { ConversationId } from '../core/ids.ts'
import { memberDevices } from '../core/members/members.ts'
import { hpkeSuites } from '../ports/cipher.ts'
import type { Entry } from '../ports/store.ts'
import type { HpkeKeyRecord } from '../ports/tables.ts'
import { authorMembersOp } from './author.ts'
import { untilStored } from './background.ts'
import type { Draft } from './draft.ts'
import type { Room } from './room.ts'
import type { Visit } from './rooms.ts'
import type { Session } from './session.ts'

/** Epochs often come in groups, as people join one after the other; one replacement serves them all. */
const settleMs = 2_000
/**
 * Spread over this much more for each device of the conversation, so that a group of any size announces about one key in two seconds after an
 * epoch: all cards stay in the log, and who joins meanwhile needs no round of its own.
 */
const spreadMsPerDevice = 2_000

/** Milliseconds for others to be heard after a start. */
const aloneMs = 120_000

/** A card with fresh keys; their private halves go into the draft. */
export const newDeviceCard = async (session: Session, draft: Draft, conversation: ConversationId): Promise<DeviceCard> => {
  const { identity, device, certificate } = session.profile()
  const createdAt = Math.max(0, Math.floor(session.clock.now()))
  const keys = []
  for (const suite of [hpkeSuites.xWing, hpkeSuites.x25519]) {
    const { publicKey, privateKey } = await session.hpke.generate(suite)
    draft.put('hpkeKeys', [hpkeKeyName(publicKey)], { conversation, suite, privateKey, createdAt })
    keys.push({ suite, publicKey })
  }
  const unsigned = { identity, device, keys, createdAt }
  return { ...unsigned, certificate, announcement: await session.signer.sign(session.deviceSeed, announcementMessage(unsigned)) }
}

export interface Rotating {
  load(): Promise<void>
  /** Somebody told what they hold of a conversation. */
  compared(id: ConversationId): void
}

/**
 * Replaces keys after use and weekly, for as long as this tab leads. What was left to be replaced at the start waits a while until somebody else
 * was heard: a database that lost its end has announced a fresh key already and does not know it, and announcing another one in its place
 * would tell different people different things. It does not wait for ever: a stolen disk opens with the old key what was sealed to it.
 */
export const createRotating = (session: Session): Rotating => {
  const due = new Set<ConversationId>()
  const leftOver = new Set<ConversationId>()
  const rotateSoon = (id: ConversationId) => {
    if (due.has(id)) return
    due.add(id)
    const [jitter = 0] = session.random.bytes(1)
    const members = session.rooms.get(id)?.conversation.members
    const devices = members === undefined ? 1 : memberDevices(members).length
    session.clock.after(settleMs + (jitter / 256) * spreadMsPerDevice * devices, () => {
      due.delete(id)
      untilStored(session, () => rotate(session, id))
    })
  }
  session.rooms.onCommit(({ writes }) => {
    for (const write of writes) {
      if (write.kind === 'put' && write.table === 'hpkeKeys' && write.value.usedAt !== undefined) rotateSoon(write.value.conversation)
    }
  })
  return {
    load: async () => {
      const kept = await session.store.read((reader) => reader.list('hpkeKeys', []))
      for (const { value } of kept) if (isSpent(value, session.clock.now())) leftOver.add(value.conversation)
      session.clock.after(aloneMs, () => {
        for (const id of leftOver) rotateSoon(id)
        leftOver.clear()
      })
    },
    compared: (id) => {
      if (leftOver.delete(id)) rotateSoon(id)
    },
  }
}

const isSpent = (key: HpkeKeyRecord, now: number): boolean => key.usedAt !== undefined || now - key.createdAt > msPerWeek

const rotate = async (session: Session, id: ConversationId): Promise<void> =>
  session.rooms.enter(id, async (room, draft) => {
    const kept = (await session.store.read((reader) => reader.list('hpkeKeys', []))).filter(({ value }) => value.conversation === id)
    if (room === undefined) return { value: undefined }
    if (!isIn(session, room)) return forgetUsed(draft, room, kept)
    if (!kept.some(({ value }) => isSpent(value, session.clock.now()))) return { value: undefined }
    const device = await newDeviceCard(session, draft, id)
    const after = await authorMembersOp(session, draft, room, { kind: 'device', device })
    for (const { key } of kept) draft.delete('hpkeKeys', key)
    return { room: after, value: undefined }
  })

/** Whoever is out has nobody to announce a fresh key to, and what a used one opened can be opened with it all the same. */
const forgetUsed = (draft: Draft, room: Room, kept: readonly Entry<'hpkeKeys'>[]): Visit<undefined> => {
  const used = kept.filter(({ value }) => value.usedAt !== undefined)
  for (const { key } of used) draft.delete('hpkeKeys', key)
  return used.length === 0 ? { value: undefined } : { room, value: undefined }
}

const isIn = (session: Session, room: Room): boolean => room.conversation.members?.people.has(session.me.identity) === true
