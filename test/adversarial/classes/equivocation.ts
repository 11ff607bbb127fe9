// Two stories under one number: Dave signs what Alice holds, and something else in its place. Each is proof against him; it is kept and
// shown once for a chain, and nothing else changes.
import { lanes, type EventBody, type EventFields } from '../../../src/core/event/event.ts'
import { decodeEvent } from '../../../src/core/event/codec.ts'
import type { SignedEvent } from '../../../src/core/event/event.ts'
import type { Lane } from '../../../src/core/event/event.ts'
import { changed, events, fieldsOf, idOf, newestEpoch, nextSealOf, sealedAs, sealedFrame, signFields, text } from '../forge.ts'
import type { Ill, Stage } from '../stage.ts'
import type { Vector, VectorClass, Verdict } from '../vector.ts'

/** An event that Alice holds, as it was signed. */
const held = (stage: Stage, device: string, lane: Lane, which: (seqs: readonly SignedEvent[]) => SignedEvent): SignedEvent => {
  const rows = (stage.alice.disk.state().get('events') ?? []).filter(
    ({ key }) => key[0] === stage.group && key[1] === lane && key[2] === device,
  )
  return which(
    rows.flatMap(({ value }) => {
      const event = decodeEvent((value as { readonly bytes: Uint8Array }).bytes)
      return event.ok ? [event.value] : []
    }),
  )
}
const last = (found: readonly SignedEvent[]): SignedEvent => found.at(-1)!
const first = (found: readonly SignedEvent[]): SignedEvent => found[0]!

/** Something else of Dave's in the place of something that Alice holds. */
const instead = (
  name: string,
  change: (of: SignedEvent, stage: Stage) => Partial<EventFields>,
  {
    which = last,
    lane = lanes.content,
    proofs = 0,
    expected = 'known',
  }: { which?: typeof last; lane?: Lane; proofs?: number; expected?: Verdict } = {},
): Vector => ({
  name: `another event in the place of ${name}`,
  expected,
  proofs,
  make: async (stage) => {
    const of = held(stage, stage.dave.device, lane, which)
    return events(stage, [signFields({ ...of, ...change(of, stage) }, stage.dave)])
  },
})

const other = (body: EventBody) => (): Partial<EventFields> => ({ body })

export const equivocation: VectorClass = {
  name: 'equivocation',
  controls: [
    {
      name: 'one word of Dave’s',
      expected: 'taken',
      make: async (stage) => events(stage, [await changed(stage, text('the one story'), (fields) => fields)]),
    },
  ],
  vectors: [
    instead('Dave’s last word', other(text('the other story')), { proofs: 1 }),
    instead('Dave’s last word, once more', other(text('a third story'))),
    instead('Dave’s first word', other(text('how it began')), { which: first }),
    instead('Dave’s last word, at another time', ({ hlc }) => ({ hlc: hlc + 1 })),
    instead('Dave’s last word, by another wall clock', ({ wall }) => ({ wall: wall + 1 })),
    instead('Dave’s last word, with nothing seen before it', () => ({ deps: [] })),
    instead('Dave’s last word, of a kind that nobody knows', other({ kind: 'unknown', name: 'from-the-future', content: 1 })),
    instead('Dave’s last word, as an epoch', other({ kind: 'epoch', suite: 0x20, commitment: new Uint8Array(32), shares: [] })),
    instead('Dave’s last word, as a deletion of itself', (of) => ({ body: { kind: 'delete', target: { id: of.id, hlc: of.hlc } } })),
    instead('Dave’s last word, sealed under another index', ({ index }) => ({ index: index + 1 })),
    instead('Dave’s last word about the members', other({ kind: 'profile', name: 'Somebody else' }), { lane: lanes.members, proofs: 1 }),
    instead('Dave’s first word about the members', other({ kind: 'leave' }), { lane: lanes.members, which: first }),
    {
      name: 'two next words of Dave’s, of which the second continues neither',
      expected: 'fork',
      make: async (stage) => {
        const of = held(stage, stage.dave.device, lanes.content, last)
        const fields = await fieldsOf(stage, text('next'))
        return events(stage, [signFields({ ...fields, prev: idOf({ ...of, body: text('the other story') }) }, stage.dave)])
      },
    },
    {
      name: 'another event in the place of Bob’s last word, signed by Dave',
      expected: 'bad-signature',
      make: async (stage) => {
        const of = held(stage, stage.bob.id()!, lanes.content, last)
        return events(stage, [signFields({ ...of, body: text('what Bob never said') }, stage.dave)])
      },
    },
    {
      name: 'another event in the place of Alice’s last word, signed by Dave',
      expected: 'bad-signature',
      make: async (stage) => {
        const of = held(stage, stage.alice.id()!, lanes.content, last)
        return events(stage, [signFields({ ...of, body: text('what Alice never said') }, stage.dave)])
      },
    },
    {
      name: 'another event in the place of Dave’s last word, sealed with his next key',
      expected: 'known',
      make: async (stage) => {
        const { place, key } = nextSealOf(stage, await newestEpoch(stage), stage.dave.device)
        const of = held(stage, stage.dave.device, lanes.content, last)
        const bytes = signFields({ ...of, ...place, body: text('the other story, sealed') }, stage.dave)
        return {
          by: 'link',
          from: stage.dave,
          frames: [sealedFrame(stage.group, sealedAs({ ...place, sender: stage.dave.device }, key, bytes))],
        }
      },
    },
    {
      name: 'a hundred events in one place',
      expected: 'known',
      make: async (stage) => {
        const of = held(stage, stage.dave.device, lanes.content, last)
        return events(
          stage,
          Array.from({ length: 100 }, (_, count) => signFields({ ...of, body: text(`story ${count}`) }, stage.dave)),
        )
      },
    },
    {
      name: 'what another device of the same chain number said',
      expected: 'not-a-member',
      make: async (stage) => {
        const of = held(stage, stage.dave.device, lanes.content, first)
        const ill: Ill = stage.stranger
        return events(stage, [signFields({ ...of, device: ill.device }, ill)])
      },
    },
  ],
}
