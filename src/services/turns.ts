// Of several linked devices one is asked at a time for what is lacking of a conversation: what all of them were asked for would come from all
// of them. Whoever gives nothing for a moment loses its turn, and nobody has it for longer than a while in which others wait: a device that
// hands out little by little must not keep away what it holds back.
import type { ConversationId, DeviceId } from '../core/ids.ts'
import type { SyncState } from '../core/sync/sync.ts'
import type { ClockDep } from '../ports/clock.ts'

/** Milliseconds in which something new has to come. */
const silentMs = 1_000
/** Milliseconds that a turn lasts at most, and in which others come first when it was that long, or was given for nothing. */
const longestMs = 8_000
const othersFirstMs = 500

export interface Turns {
  /** Whether it is the turn of another device. */
  isAnothers(id: ConversationId, device: DeviceId): boolean
  /** Somebody gives without being asked: for a moment it is the turn of nobody else, nor theirs. */
  given(id: ConversationId): void
  /** What is said on its link went on by a step: asked, once or again because it gave something new, it has the turn, and then no more. */
  told(id: ConversationId, device: DeviceId, before: SyncState, after: SyncState): void
  /** Its link is over. */
  forget(device: DeviceId): void
}

interface Turn {
  /** Nobody's while something is given unasked. */
  readonly device: DeviceId | undefined
  /** Milliseconds since 1970: when it began, and when something new came. */
  readonly since: number
  readonly newsAt: number
}

export const createTurns = ({ clock }: ClockDep): Turns => {
  const turns = new Map<ConversationId, Turn>()
  /** Milliseconds since a moment. A clock that was set back since knows no more: long enough. */
  const passed = (from: number): number => (clock.now() < from ? Infinity : clock.now() - from)
  const isOver = ({ since, newsAt }: Turn): boolean => passed(newsAt) >= silentMs || passed(since) >= longestMs
  const isAnothers: Turns['isAnothers'] = (id, device) => {
    const turn = turns.get(id)
    return turn !== undefined && turn.device !== device && !isOver(turn)
  }
  const take = (id: ConversationId, device: DeviceId): void => {
    if (isAnothers(id, device)) return
    const [turn, now] = [turns.get(id), clock.now()]
    const goesOn = turn?.device === device && passed(turn.since) < longestMs + othersFirstMs
    turns.set(id, { device, since: goesOn ? turn.since : now, newsAt: now })
  }
  const end = (id: ConversationId, device: DeviceId): void => {
    if (turns.get(id)?.device === device) turns.delete(id)
  }

  return {
    isAnothers,
    given: (id) => {
      const [turn, now] = [turns.get(id), clock.now()]
      if (turn === undefined || passed(turn.newsAt) >= silentMs + othersFirstMs)
        turns.set(id, { device: undefined, since: now, newsAt: now })
    },
    told: (id, device, before, after) => {
      if (after.asking === before.asking) return
      if (after.asking.kind === 'asked') take(id, device)
      else if (before.asking.kind === 'asked') end(id, device)
    },
    forget: (device) => {
      for (const id of turns.keys()) end(id, device)
    },
  }
}
