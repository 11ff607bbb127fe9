// What it takes to judge and resolve a long members lane, operation by operation as a newcomer's device does, by the number of operations.
// Beside it what no program could do without: reading as many from their bytes.
import { emptyConversation, takeIn, type Conversation } from '../../src/core/conversation/conversation.ts'
import { decodeEvent } from '../../src/core/event/codec.ts'
import type { MembersBody, VerifiedEvent } from '../../src/core/event/event.ts'
import { add, alice, createBody, personCalled, room, write, type Person } from '../core/cast.ts'
import { round, table } from './figures.ts'

export interface MembersFigures {
  readonly lanes: readonly {
    readonly story: string
    readonly ops: number
    /** Milliseconds, as below. */
    readonly taken: number
    readonly read: number
    readonly ratio: number
  }[]
}

interface Story {
  readonly name: string
  readonly people: number
  /** Whether all write at the same moment, each unaware of the others, again and again. */
  readonly isConcurrent: boolean
}

const stories: readonly Story[] = [
  { name: '400 people, one after the other', people: 400, isConcurrent: false },
  { name: '100 people, all at once', people: 100, isConcurrent: true },
]
const counts = [750, 1_500, 3_000]

export const benchMembers = async (): Promise<MembersFigures> => {
  const lanes = []
  for (const story of stories) {
    for (const ops of counts) {
      const events = await tellStory(story, ops)
      const taken = timeOf(() => events.reduce(take, emptyConversation(room)))
      const read = timeOf(() => events.forEach(({ bytes }) => decodeEvent(bytes)))
      lanes.push({ story: story.name, ops, taken: round(taken), read: round(read), ratio: round(taken / read) })
    }
  }
  return { lanes }
}

/** Best of three: what is measured is the work and not the neighbours. */
const timeOf = (work: () => unknown): number =>
  Math.min(
    ...Array.from({ length: 3 }, () => {
      const from = performance.now()
      work()
      return performance.now() - from
    }),
  )

const take = (held: Conversation, event: VerifiedEvent): Conversation => {
  const taken = takeIn(held, event)
  if (taken.kind !== 'taken') throw new Error(`an operation was not taken: ${taken.kind}`)
  return taken.conversation
}

/** Alice lets everybody in; then all replace their keys in turn, and now and then somebody goes. */
const tellStory = async ({ people: count, isConcurrent }: Story, ops: number): Promise<readonly VerifiedEvent[]> => {
  const people = [alice, ...Array.from({ length: count - 1 }, (_, n) => personCalled(`Bob ${n}`))]
  const events: VerifiedEvent[] = []
  let held = emptyConversation(room)
  const say = async (seen: Conversation, by: Person, body: MembersBody): Promise<void> => {
    const event = await write(seen, by, body, 1_000 + events.length)
    held = take(held, event)
    events.push(event)
  }
  await say(held, alice, createBody())
  for (const person of people.slice(1)) await say(held, alice, add(person))
  for (let turn = 0; events.length < ops;) {
    const seen = held
    for (let n = isConcurrent ? count : 1; n > 0 && events.length < ops; n -= 1, turn += 1) {
      const by = people[turn % count]!
      if (!seen.members?.people.has(by.identity)) continue
      const [card] = by.card.devices
      const leaves = turn % 97 === 96 && by !== alice
      await say(seen, by, leaves ? { kind: 'leave' } : { kind: 'device', device: { ...card!, createdAt: 1_000 + turn } })
    }
  }
  return events
}

export const showMembers = ({ lanes }: MembersFigures): string =>
  table([
    ['ms', 'operations', 'judged and resolved', 'read from bytes', 'ratio'],
    ...lanes.map(({ story, ops, taken, read, ratio }) => [story, ops, taken, read, ratio]),
  ])
