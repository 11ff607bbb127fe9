// Clocks that go back, stand still, or claim the end of time. Clocks decide the order that is shown and nothing else, so one that only
// lies is taken; one that cannot be is not.
import { hlcPerMs, maxHlc } from '../../../src/core/event/clock.ts'
import type { EventFields } from '../../../src/core/event/event.ts'
import { maxWallClockMs } from '../../../src/core/limits.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { at, changed, events, replanted, text } from '../forge.ts'
import type { Stage } from '../stage.ts'
import type { Vector, VectorClass } from '../vector.ts'

const planted = (name: string, place: number, value: unknown): Vector => ({
  name: `an event whose ${name}`,
  expected: 'malformed',
  make: async (stage) => events(stage, [await replanted(stage, text('hello'), (tree) => tree.with(place, value))]),
})

/** A clock beside that of Dave's last event in the lane. */
const beside = (name: string, hlc: (own: number) => number, lane: 0 | 1 = 1): Vector => ({
  name: `an event whose clock ${name}`,
  expected: 'broken',
  make: async (stage) => {
    const own = (await ownEnd(stage, lane)) ?? 0
    const body = lane === 1 ? text('hello') : ({ kind: 'profile', name: 'Dave the late' } as const)
    return events(stage, [await changed(stage, body, (): Partial<EventFields> => ({ hlc: Math.max(0, hlc(own)) }))])
  },
})

const ownEnd = async (stage: Stage, lane: 0 | 1): Promise<number | undefined> =>
  (await stage.room()).conversation.chains.get(chainKey(lane, stage.dave.device))?.hlc

export const clocks: VectorClass = {
  name: 'clocks',
  controls: [
    {
      name: 'an event by a clock that is a year wrong',
      expected: 'taken',
      make: async (stage) =>
        events(stage, [
          await changed(stage, text('hello from next year'), ({ hlc, wall }) => ({ hlc: hlc + 1, wall: wall + 31_536_000_000 })),
        ]),
    },
    {
      name: 'an event of 1970 by its own account',
      expected: 'taken',
      make: async (stage) => events(stage, [await changed(stage, text('hello from long ago'), () => ({ wall: 0 }))]),
    },
  ],
  vectors: [
    beside('stands still', (own) => own),
    beside('goes back by one', (own) => own - 1),
    beside('goes back by a minute', (own) => own - 60_000 * hlcPerMs),
    beside('goes back by a year', (own) => own - 31_536_000_000 * hlcPerMs),
    beside('is at the beginning of all clocks', () => 0),
    beside('is at one', () => 1),
    beside('stands still among the members', (own) => own, 0),
    beside('goes back among the members', (own) => own - 1, 0),
    beside('is at the beginning among the members', () => 0, 0),
    planted('clock is one beyond the last', at.hlc, maxHlc + 1),
    planted('clock is the largest safe number', at.hlc, Number.MAX_SAFE_INTEGER),
    planted('clock is beyond all safe numbers', at.hlc, 2 ** 60),
    planted('clock is negative', at.hlc, -1),
    planted('clock is a fraction', at.hlc, 1.5),
    planted('clock is a text', at.hlc, 'noon'),
    planted('clock is null', at.hlc, null),
    planted('clock is a list', at.hlc, [1]),
    planted('wall clock is one beyond the year 2100', at.wall, maxWallClockMs + 1),
    planted('wall clock is the largest safe number', at.wall, Number.MAX_SAFE_INTEGER),
    planted('wall clock is negative', at.wall, -1),
    planted('wall clock is a fraction', at.wall, 0.25),
    planted('wall clock is null', at.wall, null),
    planted('wall clock is a text', at.wall, '2026-11-20'),
  ],
}
