// Places in a chain that are not the next one: gaps, numbers that are none, a past that was never there.
import { lanes, type EventFields } from '../../../src/core/event/event.ts'
import { eventId } from '../../../src/core/ids.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { at, bytesFor, changed, events, fieldsOf, idOf, replanted, signFields, text } from '../forge.ts'
import type { Stage } from '../stage.ts'
import type { Vector, VectorClass, Verdict } from '../vector.ts'

const nowhere = eventId(bytesFor('nowhere'))

const altered = (
  name: string,
  expected: Verdict,
  change: (fields: EventFields, stage: Stage) => Partial<EventFields>,
  proofs = 0,
): Vector => ({
  name: `an event ${name}`,
  expected,
  proofs,
  make: async (stage) => events(stage, [await changed(stage, text('hello'), (fields) => change(fields, stage))]),
  // What waits is in memory alone, and would be taken once its past has come.
  ...(expected === 'early' ? { after: async (stage: Stage) => stage.restartAlice() } : {}),
})

const planted = (name: string, place: number, value: unknown): Vector => ({
  name: `an event ${name}`,
  expected: 'malformed',
  make: async (stage) => events(stage, [await replanted(stage, text('hello'), (tree) => tree.with(place, value))]),
})

/** The end of a chain as Alice holds it. */
const endOf = async (stage: Stage, lane: 0 | 1, device: string) =>
  (await stage.room()).conversation.chains.get(chainKey(lane, device as EventFields['device']))!

const naming = (name: string, prev: (stage: Stage, fields: EventFields) => Promise<EventFields['prev']>, proofs = 0): Vector => ({
  name: `an event whose past is ${name}`,
  expected: 'fork',
  proofs,
  make: async (stage) => {
    const fields = await fieldsOf(stage, text('hello'))
    return events(stage, [signFields({ ...fields, prev: await prev(stage, fields) }, stage.dave)])
  },
})

export const chains: VectorClass = {
  name: 'chains',
  controls: [
    {
      name: 'two events, one after the other',
      expected: 'taken',
      make: async (stage) => {
        const first = await fieldsOf(stage, text('one'))
        const second = { ...first, seq: first.seq + 1, prev: idOf(first), hlc: first.hlc + 1, body: text('two') }
        return events(stage, [signFields(first, stage.dave), signFields(second, stage.dave)])
      },
    },
  ],
  vectors: [
    // The first that continues another past is the proof; it is kept once.
    naming('one that nobody has seen', async () => nowhere, 1),
    naming('the event before the last', async (stage) => {
      const { seq } = await endOf(stage, lanes.content, stage.dave.device)
      const rows = stage.alice.disk.state().get('places') ?? []
      const before = rows.find(({ value }) => {
        const place = value as { readonly lane: number; readonly device: string; readonly seq: number }
        return place.lane === lanes.content && place.device === stage.dave.device && place.seq === seq - 1
      })
      return before!.key[1] as EventFields['prev']
    }),
    naming('the last event of Bob', async (stage) => (await endOf(stage, lanes.content, stage.bob.id()!)).id),
    naming('Dave’s last word about the members', async (stage) => (await endOf(stage, lanes.members, stage.dave.device)).id),
    naming('the beginning of the conversation', async (stage) => (await stage.room()).conversation.log.ops[0]!.id),
    naming('itself without a past', async (_, fields) => idOf({ ...fields, seq: 1, prev: null })),
    naming('all zeros', async () => eventId(new Uint8Array(32))),
    altered('one place too far', 'early', ({ seq }) => ({ seq: seq + 1 })),
    altered('a thousand places too far', 'early', ({ seq }) => ({ seq: seq + 1_000 })),
    altered('at the last place that a number can say', 'early', () => ({ seq: Number.MAX_SAFE_INTEGER })),
    altered('one place too far, with a past that is held', 'early', ({ seq, prev }) => ({ seq: seq + 1, prev })),
    altered('without a past in the middle of a chain', 'malformed', () => ({ prev: null })),
    altered('with a past at the beginning of a chain', 'malformed', () => ({ seq: 1, prev: nowhere })),
    planted('at place 0', at.seq, 0),
    planted('at place -1', at.seq, -1),
    planted('at place 1.5', at.seq, 1.5),
    planted('at a place beyond all safe numbers', at.seq, 2 ** 53),
    planted('at a place that is a text', at.seq, '7'),
    planted('at no place', at.seq, null),
    planted('whose past has 31 bytes', at.prev, bytesFor('p').subarray(1)),
    planted('whose past has 33 bytes', at.prev, new Uint8Array(33)),
    planted('whose past is a list', at.prev, [bytesFor('p')]),
    planted('whose past is a number', at.prev, 5),
    planted('whose index is beyond all safe numbers', at.index, 2 ** 53),
    planted('whose epoch has 16 bytes', at.epoch, new Uint8Array(16)),
    altered('in a chain of the members that goes on elsewhere', 'early', ({ seq }) => ({
      lane: lanes.members,
      seq: seq + 50,
      deps: [],
      body: { kind: 'profile', name: 'Dave II' },
    })),
  ],
}
