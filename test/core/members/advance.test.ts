// The short way of `advance` and of `judge` beside the rule itself: for every operation of every history the answer is that of resolving all
// of it anew.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyConversation, takeIn, type Conversation } from '../../../src/core/conversation/conversation.ts'
import { lanes, type VerifiedEvent } from '../../../src/core/event/event.ts'
import { advance } from '../../../src/core/members/advance.ts'
import { isPresentEnough } from '../../../src/core/members/judge.ts'
import { opsSeen, pastOf } from '../../../src/core/members/log.ts'
import { memberOfDevice, type Members } from '../../../src/core/members/members.ts'
import { resolveMembers } from '../../../src/core/members/resolve.ts'
import type { DeviceId } from '../../../src/core/ids.ts'
import { room, takeAll } from '../cast.ts'
import { membersOf, play, plan } from '../history.ts'
import { withStillInputs } from '../still.ts'

/** Honest clocks, and some that stand before what their owners had seen. */
const plans = fc.boolean().chain((liars) => plan(60, liars))

const resolved = (conversation: Conversation): unknown =>
  membersOf({ ...conversation, members: resolveMembers(conversation.log, conversation.log.ops) })

/** Takes in events as they come, until nothing moves, and shows each to `look` with what was held before. */
const follow = (
  events: readonly VerifiedEvent[],
  look: (before: Conversation, event: VerifiedEvent, after: Conversation) => void,
): void => {
  let held = emptyConversation(room)
  for (let waiting = events; ;) {
    const left = waiting.filter((event) => {
      const taken = takeIn(held, event)
      if (taken.kind === 'taken') {
        look(held, event, taken.conversation)
        held = taken.conversation
      }
      return taken.kind === 'early'
    })
    if (left.length === waiting.length) return
    waiting = left
  }
}

/** What an event of somebody can be judged by that concerns nobody else. */
const rightsOf = (members: Members | undefined, device: DeviceId): unknown =>
  members && {
    as: members.as,
    policy: members.policy,
    owners: [...members.ownerByDevice].map((entry) => entry.join()).toSorted(),
    author: [memberOfDevice(members, device)].map((member) => [member?.identity, member?.role]),
  }

describe('one more operation', () => {
  test('gives the members that all operations give, in whatever order they came and whatever clocks claim', async () => {
    let [short, whole] = [0, 0]
    await fc.assert(
      fc.asyncProperty(plans, fc.infiniteStream(fc.nat()), async (script, dice) => {
        const { events } = await play(script)
        const shuffled = events.map((event) => ({ event, at: dice.next().value as number })).toSorted((a, b) => a.at - b.at)
        for (const order of [events, shuffled.map(({ event }) => event)]) {
          follow(order, (before, event, after) => {
            if (event.lane === lanes.content) return expect(after.members).toBe(before.members)
            const next = { ...after, ...withStillInputs([before, event], advance) }
            expect(membersOf(next)).toEqual(resolved(after))
            const isShort =
              next.members === before.members ||
              next.members?.people === before.members?.people ||
              next.members?.invites === before.members?.invites
            if (isShort) short++
            else whole++
          })
        }
      }),
      { numRuns: 40 },
    )
    // Both ways were gone.
    expect(Math.min(short, whole)).toBeGreaterThan(100)
  })

  test('is judged as by the part that its author had seen', async () => {
    let unaware = 0
    await fc.assert(
      fc.asyncProperty(plans, async (script) => {
        const { events, replicas } = await play(script)
        for (const { log, members } of [...replicas, takeAll(emptyConversation(room), events)]) {
          for (const event of events) {
            const past = pastOf(log, event)
            const seen = opsSeen(log, past)
            if (seen.length === log.ops.length || !isPresentEnough(log, members, past, event)) continue
            unaware++
            expect(rightsOf(resolveMembers(log, seen), event.device)).toEqual(rightsOf(members, event.device))
          }
        }
      }),
      { numRuns: 150 },
    )
    expect(unaware).toBeGreaterThan(50)
  })
})
