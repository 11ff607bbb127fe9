// What an event says that it has seen: too much, nothing that exists, itself, each other, the future.
import { lanes, type Dep, type EventFields } from '../../../src/core/event/event.ts'
import { deviceId, eventId, fromHex } from '../../../src/core/ids.ts'
import { maxDeps } from '../../../src/core/limits.ts'
import { at, bytesFor, changed, events, fieldsOf, idOf, replanted, signFields, text } from '../forge.ts'
import type { Stage } from '../stage.ts'
import type { Vector, VectorClass, Verdict } from '../vector.ts'

const nobody = deviceId(bytesFor('nobody'))
const nothing = eventId(bytesFor('nothing'))
const unknown = (lane: 0 | 1, count = 0): Dep => ({ lane, device: deviceId(bytesFor(`nobody ${count}`)), seq: 1, id: nothing })
const restart = async (stage: Stage): Promise<void> => stage.restartAlice()

const altered = (name: string, expected: Verdict, change: (fields: EventFields, stage: Stage) => Partial<EventFields>): Vector => ({
  name: `an event that names ${name}`,
  expected,
  make: async (stage) => events(stage, [await changed(stage, text('hello'), (fields) => change(fields, stage))]),
  ...(expected === 'early' ? { after: restart } : {}),
})

/** The list of what was seen, as it stands on the wire. */
const planted = (name: string, deps: (wire: readonly unknown[][]) => unknown, body = text('hello')): Vector => ({
  name: `an event that names ${name}`,
  expected: 'malformed',
  make: async (stage) =>
    events(stage, [await replanted(stage, body, (tree) => tree.with(at.deps, deps(tree[at.deps] as readonly unknown[][])))]),
})
const wire = (lane: unknown, device: unknown, seq: unknown, id: unknown): unknown[] => [lane, device, seq, id]
const [someDevice, someId] = [fromHex(nobody), fromHex(nothing)]

export const deps: VectorClass = {
  name: 'deps',
  controls: [
    {
      name: 'an event that names everything that was seen',
      expected: 'taken',
      make: async (stage) => events(stage, [await changed(stage, text('I have seen it all'), (fields) => fields)]),
    },
  ],
  vectors: [
    altered('an operation that nobody has seen', 'early', ({ deps }) => ({ deps: [...deps, unknown(lanes.members)] })),
    altered('a word that nobody has seen', 'early', ({ deps }) => ({ deps: [...deps, unknown(lanes.content)] })),
    altered('as many unknown operations as it may', 'early', () => ({
      deps: Array.from({ length: maxDeps }, (_, count) => unknown(lanes.members, count)),
    })),
    altered('an operation of Alice’s that is to come', 'early', ({ deps }) => ({
      deps: deps.map((dep) => (dep.lane === lanes.members ? { ...dep, seq: dep.seq + 1 } : dep)),
    })),
    altered('the last operation that a number can count', 'early', ({ deps }) => ({
      deps: deps.map((dep) => ({ ...dep, seq: Number.MAX_SAFE_INTEGER })),
    })),
    altered('another operation in the place of the one that is held', 'contradicts', ({ deps }) => ({
      deps: deps.map((dep) => (dep.lane === lanes.members ? { ...dep, id: nothing } : dep)),
    })),
    altered('the right operation at a place before', 'contradicts', ({ deps }) => ({
      deps: deps.map((dep) => (dep.lane === lanes.members && dep.seq > 1 ? { ...dep, seq: dep.seq - 1 } : dep)),
    })),
    altered('its own successor', 'early', ({ device, seq }) => ({ deps: [{ lane: lanes.content, device, seq: seq + 1, id: nothing }] })),
    altered('itself', 'early', ({ device, seq }) => ({ deps: [{ lane: lanes.content, device, seq, id: nothing }] })),
    altered('no operation at all, as if nobody had let its author in', 'not-a-member', () => ({ deps: [] })),
    altered('only the beginning, before Dave was let in', 'not-a-member', (_, stage) => ({ deps: beginningOf(stage) })),
    {
      name: 'two events that each name the other',
      expected: 'early',
      make: async (stage) => {
        const one = await fieldsOf(stage, text('after you'))
        const two = await fieldsOf(stage, text('no, after you'), { as: stage.carol })
        const naming = (fields: EventFields, of: EventFields): EventFields => ({
          ...fields,
          deps: [...fields.deps, { lane: lanes.content, device: of.device, seq: of.seq + 20, id: idOf(of) }],
        })
        return events(stage, [signFields(naming(two, one), stage.carol), signFields(naming(one, two), stage.dave)])
      },
      after: restart,
    },
    {
      name: 'a ring of operations',
      expected: 'early',
      make: async (stage) => {
        const one = await fieldsOf(stage, { kind: 'profile', name: 'Dave the ring' })
        const dep: Dep = { lane: lanes.members, device: stage.dave.device, seq: one.seq + 1, id: nothing }
        return events(stage, [signFields({ ...one, deps: [...one.deps, dep] }, stage.dave)])
      },
      after: restart,
    },
    {
      name: 'seven hundred events that wait for one that never comes',
      expected: 'early',
      make: async (stage) => {
        const first = await fieldsOf(stage, text('waiting'))
        const waiting = Array.from({ length: 700 }, (_, count) => signFields({ ...first, seq: first.seq + 2 + count }, stage.dave))
        return events(stage, waiting)
      },
      after: restart,
    },
    {
      name: 'twenty megabytes of events that wait for one that never comes',
      expected: 'early',
      make: async (stage) => {
        const first = await fieldsOf(stage, text('waiting'))
        const large = (count: number) =>
          signFields(
            { ...first, seq: first.seq + 2 + count, body: { kind: 'unknown', name: 'large', content: new Uint8Array(60_000) } },
            stage.dave,
          )
        const frames = Array.from({ length: 22 }, (_, frame) =>
          events(
            stage,
            Array.from({ length: 16 }, (_, at) => large(frame * 16 + at)),
          ),
        )
        return { by: 'link', from: stage.dave, frames: frames.flatMap((thrown) => (thrown.by === 'link' ? thrown.frames : [])) }
      },
      after: restart,
    },
    planted('more than it may', (deps) => [
      ...deps,
      ...Array.from({ length: maxDeps }, (_, count) => wire(1, bytesFor(`${count}`), 1, someId)),
    ]),
    planted('a thousand others', () => Array.from({ length: 1_000 }, (_, count) => wire(1, bytesFor(`${count}`), 1, someId))),
    planted('a lane that is none', () => [wire(2, someDevice, 1, someId)]),
    planted('a place 0', () => [wire(0, someDevice, 0, someId)]),
    planted('a negative place', () => [wire(0, someDevice, -1, someId)]),
    planted('a device of 31 bytes', () => [wire(0, someDevice.subarray(1), 1, someId)]),
    planted('an id of 33 bytes', () => [wire(0, someDevice, 1, new Uint8Array(33))]),
    planted('something with a clock as well', () => [[...wire(0, someDevice, 1, someId), 5]]),
    planted('something without an id', () => [wire(0, someDevice, 1, someId).slice(0, 3)]),
    planted('nothing, as null', () => null),
    planted('a map of what was seen', () => ({ a: wire(0, someDevice, 1, someId) })),
    planted('words, as the reason of an operation', () => [wire(1, someDevice, 1, someId)], { kind: 'profile', name: 'Dave' }),
  ],
}

const beginningOf = (stage: Stage): readonly Dep[] => {
  const rows = stage.alice.disk.state().get('places') ?? []
  const first = rows.find(({ key, value }) => {
    const place = value as Omit<Dep, 'id'>
    return key[0] === stage.group && place.lane === lanes.members && place.device === stage.alice.id() && place.seq === 1
  })!
  return [{ lane: lanes.members, device: stage.alice.id()!, seq: 1, id: first.key[1] as Dep['id'] }]
}
