// What is to be said later: after a moment in which it can be taken back, at a time, or when one of those whom it is for is connected.
// Until then it is a row of this device and nothing else: nobody is told of it, and it goes out only while this page is open. It is said
// in the same commit that lets go of the row, so it is said once.
import type { ConversationId, EventId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { SendWhen } from '../ports/queries.ts'
import type { LaterRecord } from '../ports/tables.ts'
import { untilStored } from './background.ts'
import type { Links } from './links.ts'
import { problem } from './problems.ts'
import { otherDevices, type Room } from './room.ts'
import { replyingTo } from './replies.ts'
import { checkText, draftKey, sayText } from './send.ts'
import type { Session } from './session.ts'
import { waitUntil } from './slow.ts'

type Answer = Result<void, CommandProblem>

export interface Later {
  /** Looks at what there is; from then on each goes out when it is due. */
  load(): Promise<void>
  /** Somebody is connected. */
  linked(): void
  add(id: ConversationId, text: string, when: SendWhen, replyTo?: EventId, thread?: EventId): Promise<Answer>
  /** Lets go of one that has not gone out: its text is in the timeline until then. */
  takeBack(id: ConversationId, n: number): Promise<Answer>
  sendNow(id: ConversationId, n: number): Promise<Answer>
  /** Another tab takes over. */
  stop(): void
}

/** A clock may jump, and a timer of a sleeping device comes late: it is looked at anew at least this often (milliseconds). */
const longestWaitMs = 30_000

export const createLater = (session: Session, links: Links): Later => {
  const { store, clock, rooms } = session
  const dues = new Map<string, { readonly id: ConversationId; readonly n: number; readonly when: SendWhen }>()
  let cancel = (): void => {}

  const isDue = (when: SendWhen, id: ConversationId): boolean => {
    if (when.kind === 'at') return when.at <= clock.now()
    const room = rooms.get(id)
    return room !== undefined && otherDevices(room, session.me.identity).some((device) => links.pathTo(device) !== undefined)
  }
  const look = (): void => {
    for (const { id, n, when } of dues.values()) {
      // Who may not write now may later: it waits, and can be taken back.
      if (isDue(when, id) && isOpen(rooms.get(id))) untilStored(session, () => release(id, n))
    }
    cancel()
    const next = Math.min(...[...dues.values()].map(({ when }) => (when.kind === 'at' && when.at > clock.now() ? when.at : Infinity)))
    if (dues.size > 0) cancel = clock.after(Math.min(longestWaitMs, next - clock.now()), look)
  }
  const nameOf = (id: ConversationId, n: number): string => `${id} ${n}`
  /** What has gone out or was taken back, and is committed as that, is due no more. */
  const letGo = async (id: ConversationId, n: number, journey: Parameters<typeof rooms.enter<Answer>>[1]): Promise<Answer> => {
    const answer = await rooms.enter<Answer>(id, journey)
    if (answer.ok || answer.error.kind === 'too-late') dues.delete(nameOf(id, n))
    return answer
  }
  const release = (id: ConversationId, n: number): Promise<Answer> =>
    letGo(id, n, async (room, draft) => {
      const row = await draft.get('later', [id, n])
      if (row === undefined || room === undefined) return { value: problem('too-late') }
      if (!isOpen(room)) return { value: problem('not-allowed') }
      // It stays, and goes out when it is looked at after the wait.
      if (waitUntil(room.record, session.me.identity) > clock.now()) return { value: problem('too-soon') }
      draft.delete('later', [id, n])
      return { room: await sayText(session, draft, room, row.text, row), value: ok(undefined) }
    })

  return {
    load: async () => {
      const rows = await store.read((reader) => reader.list('later', []), ['later'])
      for (const { key, value } of rows) dues.set(nameOf(...key), { id: key[0], n: key[1], when: value.when })
      look()
    },
    linked: () => {
      if ([...dues.values()].some(({ when }) => when.kind === 'here')) look()
    },
    add: async (id, text, when, replyTo, thread) => {
      const bad = checkText(text)
      if (bad !== undefined) return bad
      const answer = await rooms.enter<Answer>(id, async (room, draft) => {
        if (room === undefined) return { value: problem('no-such-conversation') }
        if (!isOpen(room)) return { value: problem('not-allowed') }
        const said = await replyingTo(draft, id, replyTo ?? thread)
        const last = await store.read((reader) => reader.list('later', [id], { reverse: true, limit: 1 }), ['later'])
        const n = (last[0]?.key[1] ?? 0) + 1
        const row: LaterRecord = { text, replyTo: null, ...said, at: clock.now(), when }
        draft.put('later', [id, n], row)
        draft.delete('drafts', draftKey(id, thread))
        dues.set(nameOf(id, n), { id, n, when })
        return { room, value: ok(undefined) }
      })
      look()
      return answer
    },
    takeBack: (id, n) =>
      letGo(id, n, async (room, draft) => {
        if (room === undefined || (await draft.get('later', [id, n])) === undefined) return { value: problem('too-late') }
        draft.delete('later', [id, n])
        return { room, value: ok(undefined) }
      }),
    sendNow: release,
    stop: () => {
      dues.clear()
      cancel()
    },
  }
}

/** Whether anything can be said there now. */
const isOpen = (room: Room | undefined): boolean => room?.record.standing === 'member' || room?.record.standing === 'inviting'
