// In a large group a device tells by gossip what it holds: it is linked with a few of those who said it. Not at once, and never all together:
// each waits for a moment of its own within a time that grows with the group.
import { openReceipt, receiptEpoch, receiptSpreadMs, sealReceipt, type Receipt } from '../core/outbox/receipt.ts'
import type { Epoch } from '../core/epoch/epoch.ts'
import { sealNonceBytes } from '../core/epoch/sealed.ts'
import { lanes } from '../core/event/event.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { chainKey, exceeds, vectorOf } from '../core/log/chains.ts'
import { memberOfDevice } from '../core/members/members.ts'
import type { Write } from '../ports/store.ts'
import type { Acknowledge } from './acknowledge.ts'
import { orDrop } from './background.ts'
import { presentEpoch } from './epochs.ts'
import { gossip } from './gossip.ts'
import { toldReadHlc } from './privacy.ts'
import { isLarge, otherDevices, type Room } from './room.ts'
import type { Session } from './session.ts'

export interface Receipts {
  /** A receipt that gossip brought; `from` is who published it. */
  hear(id: ConversationId, from: DeviceId, bytes: Uint8Array): Promise<void>
}

export const createReceipts = (session: Session, acknowledge: Acknowledge): Receipts => {
  const { rooms, clock, random, me } = session
  const told = new Map<ConversationId, Receipt>()
  const due = new Set<ConversationId>()

  /** What others said and is held here; undefined when all of it was told. */
  const newsIn = (room: Room): Receipt | undefined => {
    const own = chainKey(lanes.content, me.device)
    const have = new Map([...vectorOf(room.conversation.chains)].filter(([key]) => key !== own))
    const readHlc = toldReadHlc(session, room)
    const before = told.get(room.conversation.id)
    const isNews = before === undefined || exceeds(have, before.have) || readHlc > before.readHlc
    return isNews ? { have, readHlc } : undefined
  }

  /** Somebody said something, and its key is used up. For members and epochs nobody waits. */
  const isHeard = (write: Write): boolean =>
    write.kind === 'put' && write.table === 'senderChains' && write.key[2] !== me.device && write.value.next > 0

  const tell = async (id: ConversationId): Promise<void> => {
    const room = rooms.get(id)
    if (room === undefined) return
    const epoch = epochToTellIn(room, clock.now())
    const news = newsIn(room)
    if (epoch?.receiptKey === undefined || news === undefined) return
    const reached = await gossip(session, room, sealReceipt(epoch, epoch.receiptKey, random.bytes(sealNonceBytes), news))
    if (reached > 0) told.set(id, news)
  }

  rooms.onCommit(({ before, after, writes }) => {
    const { id } = after.conversation
    // It may have been here before, and been removed with all that it held.
    if (before === undefined) told.delete(id)
    const isNews = before?.record.readHlc !== after.record.readHlc || writes.some(isHeard)
    if (!isNews || due.has(id) || !isLarge(after, me.identity) || newsIn(after) === undefined) return
    due.add(id)
    const share = new DataView(random.bytes(4).buffer).getUint32(0) / 2 ** 32
    clock.after(share * receiptSpreadMs(otherDevices(after, me.identity).length), () => {
      due.delete(id)
      orDrop(tell(id))
    })
  })

  return {
    hear: async (id, from, bytes) => {
      const epochId = receiptEpoch(bytes)
      const room = rooms.get(id)
      const epoch = epochId.ok ? room?.epochs.find((known) => known.id === epochId.value) : undefined
      if (room?.conversation.members === undefined || epoch?.receiptKey === undefined) return
      if (memberOfDevice(room.conversation.members, from) === undefined) return
      const receipt = openReceipt(bytes, epoch, epoch.receiptKey)
      if (receipt.ok) await acknowledge(id, from, receipt.value)
    },
  }
}

/** The one that is sent on, or while none fits the latest: most of the group can read it. */
const epochToTellIn = (room: Room, now: number): Epoch | undefined =>
  presentEpoch(room, now) ?? room.epochs.toSorted((a, b) => a.hlc - b.hlc).at(-1)
