// One envelope for one device that is away: what it lacks, what has come from it, and fresh keys when it has few. Everything that follows
// from it (the row, the key that is spent, the keys that are given) is one commit, made before anybody is offered a copy.
import type { Content } from '../../core/courier/content.ts'
import { nameEnvelope } from '../../core/courier/envelope.ts'
import { dayOf, endOfDay, mailboxTag } from '../../core/courier/mailbox.ts'
import type { PublicKey } from '../../core/courier/one-time-keys.ts'
import { copyBudget, lastDayFor } from '../../core/courier/policy.ts'
import { lanes } from '../../core/event/event.ts'
import type { ConversationId, DeviceId, EnvelopeId } from '../../core/ids.ts'
import { deviceOf, heldSeq, laneOf } from '../../core/log/chains.ts'
import type { Write } from '../../ports/store.ts'
import type { EntrustedRecord } from '../../ports/tables.ts'
import type { Room } from '../room.ts'
import { toldReadHlc } from '../privacy.ts'
import type { Session } from '../session.ts'
import type { Bundle } from './bundle.ts'
import type { KeyPools } from './key-pools.ts'
import { wrap } from './seal.ts'

/** A row of the table `entrusted`; its bytes are beside it, so that looking at rows costs little. */
export interface Entrusted {
  readonly key: readonly [ConversationId, DeviceId, EnvelopeId]
  readonly value: EntrustedRecord
}

export interface Wish {
  readonly room: Room
  readonly device: DeviceId
  readonly bundle: Bundle
  /** Keys of the device that may be used, oldest first; not empty. */
  readonly keys: readonly [PublicKey, ...PublicKey[]]
  /** How many of this device's keys the other one has left, when it has said so lately. */
  readonly leftThere: number | undefined
}

/** The envelope as committed; `undefined` when it could not be made, and the key is spent all the same. */
export const makeEnvelope = async (session: Session, pools: KeyPools, wish: Wish): Promise<Entrusted | undefined> => {
  const { room, device, bundle, keys, leftThere } = wish
  const { id, chains, members } = room.conversation
  if (members === undefined) return undefined
  const [key] = keys
  const now = session.clock.now()
  const given = leftThere === undefined ? { keys: [], writes: [] } : await pools.make(device, leftThere)
  const content: Content = {
    conversation: id,
    from: session.me.device,
    to: device,
    events: bundle.events,
    acknowledged: heldSeq(chains, lanes.content, device),
    readHlc: toldReadHlc(session, room),
    keysLeft: keys.length - 1,
    keys: given.keys,
  }
  const lastDay = lastDayFor(now)
  const envelope = await wrap(session, content, { tag: mailboxTag(members.meeting, device, dayOf(now)), lastDay }, key)
  const spent: Write = { kind: 'delete', table: 'oneTimeKeys', key: ['theirs', device, key.name] }
  if (envelope === undefined) {
    await session.store.commit([spent])
    return undefined
  }
  const row: Entrusted = {
    key: [id, device, nameEnvelope(envelope)],
    value: {
      upTo: bundle.upTo,
      through: [...bundle.through].map(([chain, seq]) => [laneOf(chain), deviceOf(chain), seq] as const),
      left: copyBudget,
      couriers: [],
      at: now,
      expiresAt: endOfDay(lastDay),
    },
  }
  await session.store.commit([
    ...given.writes,
    spent,
    { kind: 'put', table: 'entrusted', key: row.key, value: row.value },
    { kind: 'put', table: 'carried', key: ['own', row.key[2]], value: { kind: 'bytes', envelope } },
  ])
  return row
}
