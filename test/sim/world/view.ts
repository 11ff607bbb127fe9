// What a person would see on a device: the queries, asked once.
import type { ConversationId } from '../../../src/core/ids.ts'
import type { Live } from '../../../src/ports/live.ts'
import type { ConversationSummary, ConversationView, MessageDetailsView, MessageView, TimelineView } from '../../../src/ports/queries.ts'
import type { SimDevice } from './device.ts'
import type { World } from './world.ts'

/** The present value of something that goes on. */
export const once = <T>(live: Live<T>): Promise<T> =>
  new Promise((resolve) => {
    let isDone = false
    const stop = live.subscribe((value) => {
      if (isDone) return
      isDone = true
      resolve(value)
      // `subscribe` may not have returned yet.
      queueMicrotask(() => stop())
    })
  })

export interface ConversationSeen {
  readonly summary: ConversationSummary
  readonly view: ConversationView | undefined
  readonly timeline: TimelineView
  /** Details of own messages, by their id. */
  readonly details: ReadonlyMap<string, MessageDetailsView>
}

export type DeviceSeen = ReadonlyMap<ConversationId, ConversationSeen>

const everything = 100_000

/** Everything that can be seen on a device that is on and has a profile. */
export const lookAt = async (device: SimDevice): Promise<DeviceSeen> => {
  const queries = device.run()!.messenger.queries
  const seen = new Map<ConversationId, ConversationSeen>()
  for (const summary of await once(queries.conversations())) {
    const [view, timeline] = [await once(queries.conversation(summary.id)), await once(queries.timeline(summary.id, everything))]
    const own = timeline.items.filter((item): item is MessageView => item.kind === 'message' && item.author.isMe)
    const details = new Map<string, MessageDetailsView>()
    // The newest few stand for all: details are the same query for each.
    for (const message of own.slice(-5)) {
      const detail = await once(queries.messageDetails(summary.id, message.id))
      if (detail !== undefined) details.set(message.id, detail)
    }
    seen.set(summary.id, { summary, view, timeline, details })
  }
  return seen
}

/** Lets the world go on until the work has settled; undefined when it does not within ten minutes of virtual time. */
export const settled = async <T>(world: World, work: Promise<T>): Promise<T | undefined> => {
  let value: { readonly it: T } | undefined
  let failure: { readonly error: unknown } | undefined
  work.then(
    (it) => {
      value = { it }
    },
    (error: unknown) => {
      failure = { error }
    },
  )
  const until = world.scheduler.now() + 600_000
  while (value === undefined && failure === undefined) {
    const end = await world.scheduler.run(until, 20)
    if (end !== 'steps' && value === undefined && failure === undefined) return undefined
  }
  if (failure !== undefined) throw failure.error
  return value?.it
}
