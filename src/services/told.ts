// What others tell of themselves (tell-self.ts), as it is kept here: nothing of strangers and of those who are blocked, a status not a moment
// longer than it holds, and when somebody was last seen only as long as they let it be known.
import type { DeviceId, IdentityId } from '../core/ids.ts'
import type { PresenceMessage } from '../core/presence/messages.ts'
import type { StatusView } from '../ports/queries.ts'
import type { Write } from '../ports/store.ts'
import type { ToldRecord } from '../ports/tables.ts'
import { orDrop } from './background.ts'
import { contactWith } from './contact-with.ts'
import { createLatest } from './latest.ts'
import type { PeopleNotes } from './people-notes.ts'
import type { Session } from './session.ts'

export interface Told {
  load(): Promise<void>
  hear(device: DeviceId, message: PresenceMessage): void
  unlinked(device: DeviceId): void
  /** Who is blocked now is nobody of whom anything is kept. */
  review(): void
  stop(): void
}

/** A device may sleep: what is over is looked for at least this often. */
const longestWaitMs = 30 * 60_000

export const createTold = (session: Session, notes: Pick<PeopleNotes, 'isBlockedPerson'>): Told => {
  const { store, clock, rooms } = session
  const records = new Map<IdentityId, ToldRecord>()
  const changed = new Set<IdentityId>()
  let cancelEnd = (): void => {}

  const write = createLatest(async () => {
    const writes = [...changed].map((identity): Write => {
      const value = records.get(identity)
      return value === undefined
        ? { kind: 'delete', table: 'told', key: [identity] }
        : { kind: 'put', table: 'told', key: [identity], value }
    })
    changed.clear()
    if (writes.length > 0) await store.commit(writes, 'relaxed')
  })
  const put = (identity: IdentityId, record: ToldRecord | undefined): void => {
    if (JSON.stringify(records.get(identity)) === JSON.stringify(record)) return
    if (record === undefined) records.delete(identity)
    else records.set(identity, record)
    changed.add(identity)
    orDrop(write())
  }
  const endStatuses = (): void => {
    cancelEnd()
    const now = clock.now()
    for (const [identity, { status, ...rest }] of records) if (status?.until !== undefined && status.until <= now) put(identity, rest)
    const next = Math.min(...[...records.values()].map(({ status }) => status?.until ?? Infinity))
    if (next < Infinity) cancelEnd = clock.after(Math.min(longestWaitMs, next - now), endStatuses)
  }
  const isKnown = (identity: IdentityId): boolean =>
    !notes.isBlockedPerson(identity) && rooms.all().some(({ conversation: { members } }) => members?.people.has(identity))
  const review = (): void => {
    for (const identity of records.keys()) if (!isKnown(identity)) put(identity, undefined)
    endStatuses()
  }

  return {
    load: async () => {
      // Nobody is linked yet, and who was here then may be gone since.
      for (const { key, value } of await store.read((reader) => reader.list('told', []))) records.set(key[0], value)
      for (const [identity, record] of records) put(identity, { ...record, here: [] })
      review()
    },
    hear: (device, { here, seen, status }) => {
      const identity = contactWith(session, device)
      if (identity === undefined || notes.isBlockedPerson(identity)) return
      const now = clock.now()
      const others = (records.get(identity)?.here ?? []).filter((known) => known.device !== device)
      put(identity, {
        here: here === null ? others : [...others, { device, here }],
        ...(seen === null ? {} : { seenAt: Math.max(0, now - seen * 1_000) }),
        ...(here === null ? { isHidden: true } : {}),
        ...(status === null ? {} : { status: shownUntil(status, now) }),
      })
      endStatuses()
    },
    unlinked: (device) => {
      for (const [identity, record] of records) {
        const said = record.here.find((known) => known.device === device)
        if (said === undefined) continue
        const seenAt = said.here && record.seenAt !== undefined ? { seenAt: clock.now() } : {}
        put(identity, { ...record, here: record.here.filter((known) => known !== said), ...seenAt })
      }
    },
    review,
    stop: () => cancelEnd(),
  }
}

const shownUntil = ({ emoji, text, left }: NonNullable<PresenceMessage['status']>, now: number): StatusView => ({
  emoji,
  text,
  ...(left === null ? {} : { until: now + left * 1_000 }),
})
