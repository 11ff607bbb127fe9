// What the person here tells of themselves to those with whom they are in a conversation, while they are linked: that the page is on a
// screen, when it last was, and a status. Each is told only if they want it to be, and none to those who are blocked here. Nothing is told
// before the page was looked at once. The other side is told.ts; decisions/0027 says why it is no event.
import { cleanName } from '../core/names.ts'
import type { DeviceId } from '../core/ids.ts'
import { maxEmojiUnits } from '../core/limits.ts'
import { maxStatusSeconds, type PresenceMessage, type StatusWords } from '../core/presence/messages.ts'
import { ok, type Result } from '../core/result.ts'
import { encodeLinkMessage } from '../core/sync/messages.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { StatusView } from '../ports/queries.ts'
import { untilStored } from './background.ts'
import { contactWith } from './contact-with.ts'
import type { Links } from './links.ts'
import type { PeopleNotes } from './people-notes.ts'
import { privacyOf } from './privacy.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

export interface TellingSelf {
  /** The page is looked at; to be said again within `lapseMs`. */
  present(): void
  setStatus(words: StatusWords | undefined, seconds: number | undefined): Promise<Result<void, CommandProblem>>
  linked(device: DeviceId): void
  unlinked(device: DeviceId): void
  /** Whom it is told, or what, may be another now. */
  review(): void
  stop(): void
}

/** Whoever has not looked for so long is not here any more. */
const lapseMs = 45_000
/** A device may sleep: how a status stands is looked at anew at least this often. */
const longestWaitMs = 30 * 60_000

const nothing: PresenceMessage = { kind: 'presence', here: null, seen: null, status: null }

export const createTellingSelf = (session: Session, links: Links, notes: Pick<PeopleNotes, 'isBlockedPerson'>): TellingSelf => {
  const { clock } = session
  /** What each was told on the link that stands, in a spelling that stays the same while time passes. */
  const told = new Map<DeviceId, string>()
  let lookedAt: number | undefined
  let isHere = false
  let cancelLapse = (): void => {}
  let cancelEnd = (): void => {}

  const isForThem = (device: DeviceId): boolean => {
    const person = contactWith(session, device)
    return person !== undefined && !notes.isBlockedPerson(person)
  }
  const tell = (device: DeviceId): void => {
    if (lookedAt === undefined) return
    const { here, seen, status: shows } = privacyOf(session.profile())
    const status = shows ? session.profile().status : undefined
    const isOpen = isForThem(device)
    if (!isOpen && !told.has(device)) return
    const spelling = isOpen ? JSON.stringify([here && isHere, here, seen && (isHere || lookedAt), status]) : ''
    if (told.get(device) === spelling) return
    told.set(device, spelling)
    const now = clock.now()
    const message: PresenceMessage = {
      kind: 'presence',
      here: here ? isHere : null,
      seen: seen ? Math.max(0, Math.floor((now - (isHere ? now : lookedAt)) / 1_000)) : null,
      status: status === undefined ? null : { emoji: status.emoji, text: status.text, left: leftOf(status, now) },
    }
    links.send(device, encodeLinkMessage(isOpen ? message : nothing))
  }
  const review = (): void => {
    for (const device of links.devices()) tell(device)
  }

  const keep = async (status: StatusView | undefined): Promise<void> => {
    const { status: _, ...rest } = session.profile()
    const profile = status === undefined ? rest : { ...rest, status }
    await session.store.commit([{ kind: 'put', table: 'profile', key: ['me'], value: profile }])
    session.setProfile(profile)
    awaitEnd()
    review()
  }
  const awaitEnd = (): void => {
    cancelEnd()
    const until = session.profile().status?.until
    if (until === undefined) return
    const left = until - clock.now()
    if (left <= 0) untilStored(session, () => keep(undefined))
    else cancelEnd = clock.after(Math.min(left, longestWaitMs), awaitEnd)
  }
  awaitEnd()

  session.rooms.onCommit(({ before, after }) => {
    const isOther = before?.conversation.members !== after.conversation.members || before?.record.standing !== after.record.standing
    if (isOther) review()
  })

  return {
    present: () => {
      lookedAt = clock.now()
      isHere = true
      review()
      cancelLapse()
      cancelLapse = clock.after(lapseMs, () => {
        isHere = false
        review()
      })
    },
    setStatus: async (words, seconds) => {
      const { emoji, text } = { emoji: cleanName(words?.emoji ?? ''), text: cleanName(words?.text ?? '') }
      if (emoji.length > maxEmojiUnits || (seconds !== undefined && !(seconds >= 1 && seconds <= maxStatusSeconds)))
        return problem('too-long')
      const until = seconds === undefined ? {} : { until: Math.floor(clock.now() + seconds * 1_000) }
      await keep(emoji === '' && text === '' ? undefined : { emoji, text, ...until })
      return ok(undefined)
    },
    linked: (device) => {
      told.delete(device)
      tell(device)
    },
    unlinked: (device) => {
      told.delete(device)
    },
    review,
    stop: () => {
      cancelLapse()
      cancelEnd()
    },
  }
}

const leftOf = ({ until }: StatusView, now: number): number | null =>
  until === undefined ? null : Math.min(maxStatusSeconds, Math.max(1, Math.ceil((until - now) / 1_000)))
