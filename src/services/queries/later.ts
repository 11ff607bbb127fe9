// What waits on this device to be said, as it stands in a timeline.
import type { EventId } from '../../core/ids.ts'
import type { MessageView } from '../../ports/queries.ts'
import type { Entry } from '../../ports/store.ts'
import type { Context } from './row-views.ts'

/** In the order in which it was typed. */
export const laterItems = (context: Context, rows: readonly Entry<'later'>[]): readonly MessageView[] =>
  rows.map(({ key: [, n], value: { text, at, when } }) => ({
    kind: 'message',
    id: `later-${n}` as EventId,
    author: context.person(context.profile.identity),
    text,
    at,
    edited: false,
    deleted: false,
    reactions: [],
    late: false,
    later: { n, when },
  }))
