// Bugs in what people see (core/timeline, services/queries, services/absorb).
import type { Mutant } from './mutant.ts'

export const timelineMutants: readonly Mutant[] = [
  {
    name: 'orders-by-wall',
    does: "shows messages in the order of their authors' clocks",
    file: 'services/queries/newest.ts',
    find: `.filter(isShown)
    .toSorted(compareOrder)`,
    replace: `.filter(isShown)
    .toSorted((a, b) => ('wall' in a && 'wall' in b ? a.wall - b.wall : compareOrder(a, b)))`,
  },
  {
    name: 'shows-deleted',
    does: 'goes on showing what its author took back',
    file: 'core/timeline/seen.ts',
    find: `if (deletion !== undefined) return`,
    replace: `if (deletion !== undefined && row.text === '') return`,
  },
  {
    name: 'lets-anybody-delete',
    does: 'takes away what somebody said when anybody says so',
    file: 'core/conversation/counts.ts',
    find: `return mayDeleteForAll(log, members, event) ? markForAll(row, event.id) : row`,
    replace: `return members.people.size > 0 ? markForAll(row, event.id) : row`,
  },
  {
    name: 'first-edit-wins',
    does: 'shows the first edit of a message and not the last',
    file: 'core/timeline/seen.ts',
    find: `row.about.edits.findLast(`,
    replace: `row.about.edits.find(`,
  },
  {
    name: 'keeps-words',
    does: 'takes what has disappeared from the screen and leaves its words on the disk',
    file: 'services/disappear.ts',
    find: `if (event !== undefined) draft.put('events', place, { bytes: withoutWords(event.bytes) })`,
    replace: `if (event === undefined) draft.put('events', place, { bytes: withoutWords(new Uint8Array(0)) })`,
  },
  {
    name: 'loses-late-arrivals',
    does: 'does not show what comes well after what stands behind it',
    file: 'services/absorb.ts',
    find: `if (row === undefined) return room
  draft.put('timeline', key, row)`,
    replace: `if (row === undefined || (row.kind === 'message' && row.late)) return room
  draft.put('timeline', key, row)`,
  },
]
