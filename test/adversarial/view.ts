// What Alice sees and what she can open: her timelines, her list, who belongs, and the keys that she holds. What is kept for the sake of one
// log for all, and counts for nothing, must change none of it.
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import type { TimelineView } from '../../src/ports/queries.ts'
import { readConversation, readSummaries } from '../../src/services/queries/conversations.ts'
import { readTimeline } from '../../src/services/queries/timeline.ts'
import type { Stage } from './stage.ts'

export const whatAliceSees = async (stage: Stage) => {
  const store = createMemoryStore({ disk: stage.alice.disk.copy() })
  return store.read(async (reader) => {
    const conversations = []
    for (const id of [stage.group, stage.direct, stage.elsewhere]) {
      // How much linked devices hold is of the moment.
      const { consistency: _, typing: _typing, ...view } = (await readConversation(reader, id, stage.now()))!
      conversations.push({ view, timeline: withoutAlarms(await readTimeline(reader, id, 1_000, stage.now())) })
    }
    const epochs = (await reader.list('epochs', [])).map(({ key }) => key)
    const chains = (await reader.list('senderChains', [])).map(({ key, value }) => [key, value.next, value.skipped.length])
    return { seen: { summaries: await readSummaries(reader), conversations }, keys: { epochs, chains } }
  })
}

/** A liar who is caught is told of; how often is counted elsewhere. */
const withoutAlarms = ({ items }: TimelineView) => items.filter((item) => item.kind !== 'notice' || item.alarm === undefined)
