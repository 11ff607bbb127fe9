// Comparing emojis with somebody who is linked now (core/verification): one comparison at a time, held in memory alone, with a row for eyes.
// Both having said that they are the same verifies the person; a word that they differ takes that back. Who declines is left in peace for a
// while, and whoever is asked shows nothing but that they are here, which their link shows already.
import { ok, type Result } from '../core/result.ts'
import type { ConversationId, DeviceId, IdentityId } from '../core/ids.ts'
import { toHex } from '../core/ids.ts'
import { memberOfDevice } from '../core/members/members.ts'
import { encodeLinkMessage } from '../core/sync/messages.ts'
import {
  askToCompare,
  askedToCompare,
  compareStep,
  comparisonMs,
  toldSoFar,
  yieldsTo,
  type Comparison,
  type ComparisonInput,
  type ComparisonNext,
} from '../core/verification/comparison.ts'
import type { ComparisonOf } from '../core/verification/emojis.ts'
import { comparisonNonceBytes, comparisonSessionBytes, type ComparisonMessage, type ComparisonStep } from '../core/verification/messages.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { LiveRecord } from '../ports/tables.ts'
import { orDrop, untilStored } from './background.ts'
import { createLatest } from './latest.ts'
import type { Links } from './links.ts'
import type { PeopleNotes } from './people-notes.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

export interface Comparing {
  /** Call once, at the start: what an earlier leader showed is over. */
  load(): Promise<void>
  linked(device: DeviceId): void
  unlinked(device: DeviceId): void
  hear(device: DeviceId, message: ComparisonMessage): void
  /** Asks a person to compare, or accepts that they asked. */
  compare(id: ConversationId, person: IdentityId): Promise<Result<void, CommandProblem>>
  /** Whether the emojis are the same on both sides. */
  say(same: boolean): Promise<Result<void, CommandProblem>>
  /** Ends it, or puts away how it ended. */
  stop(): Promise<Result<void, CommandProblem>>
}

interface Going {
  readonly state: Comparison
  readonly device: DeviceId
  readonly person: IdentityId
}

/** A link that falls is often back at once (milliseconds). */
const graceMs = 20_000
/** For so long nobody who was declined is heard again (milliseconds). */
const peaceMs = 60_000

export const createComparing = (session: Session, links: Links, notes: Pick<PeopleNotes, 'set'>): Comparing => {
  let going: Going | undefined
  let endTimer = () => {}
  const peaceUntil = new Map<DeviceId, number>()
  const { store, clock, random, me } = session

  const show = createLatest(() => {
    const key = ['comparison'] as const
    const value = going && rowOf(going)
    return store.commit([value ? { kind: 'put', table: 'live', key, value } : { kind: 'delete', table: 'live', key }], 'relaxed')
  })

  const put = (next: Going | undefined): Promise<void> => {
    going = next
    if (next === undefined || next.state.stage === 'ended') endTimer()
    return show()
  }

  const send = (device: DeviceId, { conversation, session: name }: ComparisonOf, steps: readonly ComparisonStep[]): void => {
    for (const step of steps) links.send(device, encodeLinkMessage({ kind: 'comparison', conversation, session: name, ...step }))
  }

  const start = (device: DeviceId, person: IdentityId, [state, ...steps]: ComparisonNext): Promise<void> => {
    endTimer()
    endTimer = clock.after(comparisonMs, () => feed({ kind: 'stop', why: 'timeout' }))
    send(device, state.of, steps)
    return put({ state, device, person })
  }

  const feed = (input: ComparisonInput): void => {
    if (going === undefined || going.state.stage === 'ended') return
    const { state: before, device, person } = going
    const [state, ...steps] = compareStep(before, input)
    send(device, state.of, steps)
    if (state === before) return
    // A question that was taken back before anybody answered it leaves nothing to be seen.
    orDrop(put(before.stage === 'asked' && state.stage === 'ended' ? undefined : { state, device, person }))
    if (state.stage !== 'ended') return
    const verified = state.end === 'same' ? true : state.end === 'different' || state.end === 'cheated' ? false : undefined
    if (verified !== undefined) untilStored(session, () => notes.set(person, { verified }))
  }

  const personOf = (id: ConversationId, device: DeviceId): IdentityId | undefined => {
    const room = session.rooms.get(id)
    const { members } = room?.conversation ?? {}
    const identity = room?.record.standing === 'member' && members ? memberOfDevice(members, device)?.identity : undefined
    return identity === me.identity ? undefined : identity
  }

  const asked = (device: DeviceId, person: IdentityId, { conversation, session: name, commitment }: Asked): void => {
    const asker = { identity: person, device }
    const of: ComparisonOf = { conversation, session: name, asker, answerer: me }
    // Said again on a new link.
    if (going?.device === device && going.state.of.session === name) return
    if (going === undefined) {
      if ((peaceUntil.get(device) ?? 0) <= clock.now()) orDrop(start(device, person, askedToCompare(of, commitment)))
    } else if (going.state.stage === 'asking' && going.device === device && going.person === person) {
      if (!yieldsTo(me, asker)) return
      orDrop(start(device, person, askedToCompare(of, commitment)))
      feed({ kind: 'accept', nonce: random.bytes(comparisonNonceBytes) })
    } else send(device, of, [{ step: 'stop' }])
  }

  return {
    load: () => store.commit([{ kind: 'delete', table: 'live', key: ['comparison'] }], 'relaxed'),
    linked: (device) => {
      if (going?.device === device) send(device, going.state.of, toldSoFar(going.state))
    },
    unlinked: (device) => {
      const left = going
      if (left?.device !== device) return
      const isGone = (): boolean => going?.state.of === left.state.of && links.pathTo(device) === undefined
      clock.after(graceMs, () => (isGone() ? feed({ kind: 'stop', why: 'gone' }) : undefined))
    },
    hear: (device, message) => {
      const person = personOf(message.conversation, device)
      if (person === undefined) return
      if (message.step === 'ask') asked(device, person, message)
      else if (going?.device === device) feed({ kind: 'message', message })
    },
    compare: async (id, person) => {
      const nonce = random.bytes(comparisonNonceBytes)
      if (going?.state.stage === 'asked' && going.person === person) {
        feed({ kind: 'accept', nonce })
        return ok(undefined)
      }
      if (going !== undefined && going.state.stage !== 'ended') return problem('comparing')
      const devices = links.devices().filter((device) => personOf(id, device) === person)
      const device = devices.find((one) => links.pathTo(one) === 'direct') ?? devices[0]
      if (device === undefined) return problem('not-here')
      const of: ComparisonOf = {
        conversation: id,
        session: toHex(random.bytes(comparisonSessionBytes)),
        asker: me,
        answerer: { identity: person, device },
      }
      await start(device, person, askToCompare(of, nonce))
      return ok(undefined)
    },
    say: async (same) => {
      feed({ kind: 'say', same })
      return ok(undefined)
    },
    stop: async () => {
      if (going?.state.stage === 'asked') peaceUntil.set(going.device, clock.now() + peaceMs)
      feed({ kind: 'stop', why: 'stopped' })
      await put(undefined)
      return ok(undefined)
    },
  }
}

type Asked = Extract<ComparisonMessage, { readonly step: 'ask' }>

/** What is to be seen of it: nothing that is still to be kept from the other side. */
const rowOf = ({ state, person }: Going): Extract<LiveRecord, { kind: 'comparison' }> => {
  const { conversation } = state.of
  const row = { kind: 'comparison', conversation, person, stage: state.stage } as const
  if (state.stage === 'looking') return { ...row, emojis: state.emojis, said: state.mine }
  return state.stage === 'ended' ? { ...row, end: state.end } : row
}
