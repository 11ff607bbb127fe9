import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../src/core/sync/digest.ts'
import { startSync, step, type SyncInput } from '../../../src/core/sync/sync.ts'
import { exceeds, mergeVectors, vectorOf } from '../../../src/core/log/chains.ts'
import { withStillInputs } from '../still.ts'
import { createMesh, keyOfChain, type Holdings, type Mesh } from './mesh.ts'

const holdings: fc.Arbitrary<Holdings> = fc.array(fc.nat({ max: 12 }), { minLength: 4, maxLength: 6 })
const pair = [[0, 1]] as const
const mostWants = 4

const wants = (mesh: Mesh) => mesh.sent.filter(({ message }) => message.kind === 'want')

describe('two machines on a pipe that loses nothing', () => {
  test('end equal and quiet, whatever they held, however slow the pipe', () => {
    fc.assert(
      fc.property(
        holdings,
        holdings,
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        (a, b, delays, batch) => {
          const mesh = createMesh({ machines: [a, b], links: pair, latency: (n) => delays[n % delays.length]!, batch })
          mesh.run()
          const most = new Map(mergeVectors(vectorOf(mesh.machine(0).chains), vectorOf(mesh.machine(1).chains)))
          expect(digestOf(mesh.machine(0).chains)).toEqual(digestOf(mesh.machine(1).chains))
          for (const [index, held] of a.entries()) expect(most.get(keyOfChain(index)) ?? 0).toBe(Math.max(held, b[index] ?? 0))
          // Each knows that the other has it all.
          expect(exceeds(most, mesh.acknowledged.get('0 1') ?? new Map())).toBe(false)
          expect(exceeds(most, mesh.acknowledged.get('1 0') ?? new Map())).toBe(false)
        },
      ),
    )
  })

  test('say one digest each and fewer than 400 bytes in all when there is nothing new', () => {
    fc.assert(
      fc.property(holdings, (held) => {
        const mesh = createMesh({ machines: [held, held], links: pair })
        mesh.run()
        expect(mesh.sent.map(({ from, message }) => [from, message.kind])).toEqual([
          [0, 'digest'],
          [1, 'digest'],
        ])
        expect(mesh.sent.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(400)
        for (const one of ['0 1', '1 0']) {
          expect(exceeds(vectorOf(mesh.machine(0).chains), mesh.acknowledged.get(one) ?? new Map())).toBe(false)
        }
      }),
    )
  })

  test('end equal although both go on writing while they speak', () => {
    const chain = fc.nat({ max: 3 })
    fc.assert(
      fc.property(
        holdings,
        holdings,
        fc.array(fc.tuple(fc.nat({ max: 1 }), chain, fc.nat({ max: 30 })), { maxLength: 20 }),
        (a, b, script) => {
          const mesh = createMesh({ machines: [a, b], links: pair, latency: (n) => (n * 37) % 400 || 1 })
          // Own chains only: machine 0 writes the even ones.
          for (const [who, index, steps] of script) {
            tryRun(mesh, steps)
            mesh.write(who, 8 + index * 2 + who)
          }
          mesh.run()
          expect(digestOf(mesh.machine(0).chains)).toEqual(digestOf(mesh.machine(1).chains))
        },
      ),
    )
  })

  test('acknowledge only what is committed: nobody is told of what a machine does not hold', () => {
    fc.assert(
      fc.property(holdings, holdings, (a, b) => {
        const mesh = createMesh({ machines: [a, b], links: pair, refuses: (_, key, seq) => key === keyOfChain(1) && seq > 3 })
        mesh.run()
        expect(exceeds(mesh.acknowledged.get('0 1') ?? new Map(), vectorOf(mesh.machine(1).chains))).toBe(false)
        expect(exceeds(mesh.acknowledged.get('1 0') ?? new Map(), vectorOf(mesh.machine(0).chains))).toBe(false)
      }),
    )
  })

  test('bring a long absence in frames that the asker paces', () => {
    const mesh = createMesh({ machines: [[500], []], links: pair, batch: 20 })
    mesh.run()
    expect(mesh.machine(1).chains.get(keyOfChain(0))?.seq).toBe(500)
    expect(mesh.sent.filter(({ message }) => message.kind === 'events' && message.events.length > 0)).toHaveLength(25)
    // 25 frames, one round trip of 2 ms each; the timers that were set meanwhile run out for nothing.
    expect(mesh.committedAt(1)).toBeLessThan(100)
  })

  test('tell how far the person has read, and nothing else, when nothing else is new', () => {
    const mesh = createMesh({ machines: [[3], [3]], links: pair })
    mesh.run()
    mesh.read(1, 77)
    mesh.run()
    expect(mesh.sent.slice(2).map(({ from, message }) => ({ from, message }))).toEqual([
      { from: 1, message: { kind: 'have', have: new Map(), readHlc: 77 } },
    ])
  })

  test('make one message of several commits', () => {
    const mesh = createMesh({ machines: [[3], [3]], links: pair })
    mesh.run()
    for (let at = 0; at < 10; at++) mesh.write(0, 0)
    mesh.run()
    expect(mesh.sent.filter(({ from, message }) => from === 0 && message.kind === 'have')).toHaveLength(1)
    expect(mesh.machine(1).chains.get(keyOfChain(0))?.seq).toBe(13)
  })

  test('tell of what was taken since the digest was said, although the other has just said an equal one', () => {
    const later = { have: new Map([[keyOfChain(0), 5]]), digest: new Uint8Array(16).fill(5), readHlc: 0 }
    const [linked] = step(startSync({ have: new Map([[keyOfChain(0), 4]]), digest: new Uint8Array(16).fill(4), readHlc: 0 }), {
      kind: 'linked',
    })
    // It came on the former link, and is committed only now; their digest is on its way already.
    const [took] = step(linked, { kind: 'held', held: later })
    const [heard] = step(took, { kind: 'message', message: { kind: 'digest', digest: later.digest, readHlc: 0 } })
    const [, effects] = step(heard, { kind: 'timer', timer: 'tell' })
    expect(effects).toEqual([{ kind: 'send', message: { kind: 'have', have: later.have, readHlc: 0 } }])
  })

  test('begin again on a new link, and a quarrel of the old one is forgotten', () => {
    fc.assert(
      fc.property(holdings, holdings, fc.nat({ max: 20 }), (a, b, steps) => {
        const mesh = createMesh({ machines: [a, b], links: pair })
        tryRun(mesh, steps)
        mesh.relink()
        mesh.run()
        expect(digestOf(mesh.machine(0).chains)).toEqual(digestOf(mesh.machine(1).chains))
      }),
    )
  })
})

describe('a machine that gets no use of another', () => {
  test('asks at most four times, further and further apart, one that answers with nothing', () => {
    const mesh = createMesh({ machines: [[9, 4], []], links: pair, servesNothing: new Set([0]) })
    mesh.run(2_000)
    expect(wants(mesh).filter(({ from }) => from === 1).length).toBeLessThanOrEqual(mostWants)
    expect(mesh.machine(1).chains.size).toBe(0)
  })

  test('asks at most four times for what it always refuses, and the other way round at once', () => {
    fc.assert(
      fc.property(holdings, holdings, (a, b) => {
        const mesh = createMesh({ machines: [a, b], links: pair, refuses: (me, key) => key === keyOfChain(me) })
        mesh.run(2_000)
        for (const me of [0, 1]) {
          // A batch that brought something may be followed by a want for the rest, which is the first of those in vain.
          const inVain = wants(mesh).filter(({ from, at }) => from === me && at > mesh.committedAt(me))
          expect(inVain.length).toBeLessThanOrEqual(mostWants)
        }
      }),
    )
  })

  test('asks again as soon as the other has something new, and gets it', () => {
    const mesh = createMesh({
      machines: [
        [9, 4, 0],
        [0, 4, 0],
      ],
      links: pair,
      batch: 50,
      refuses: (me, key) => me === 1 && key === keyOfChain(0),
    })
    mesh.run(2_000)
    const before = wants(mesh).length
    mesh.write(0, 2)
    mesh.run(2_000)
    expect(mesh.machine(1).chains.get(keyOfChain(2))?.seq).toBe(1)
    expect(wants(mesh).length - before).toBeLessThanOrEqual(mostWants + 1)
  })

  test('asks four times, after 4, 8 and 16 seconds, one that does not answer at all', () => {
    const held = { have: new Map(), digest: digestOf(new Map()), readHlc: 0 }
    let [state, effects] = step(startSync(held), {
      kind: 'message',
      message: { kind: 'have', have: new Map([[keyOfChain(0), 5]]), readHlc: 0 },
    })
    const waits: number[] = []
    let asked = 0
    while (effects.length > 0 && waits.length < 20) {
      for (const effect of effects) {
        if (effect.kind === 'set-timer') waits.push(effect.ms)
        if (effect.kind === 'send') asked++
      }
      ;[state, effects] = step(state, { kind: 'timer', timer: 'ask' })
    }
    expect(waits).toEqual([250, 4_000, 8_000, 16_000, 32_000])
    expect(asked).toBe(mostWants)
    expect(state.asking).toEqual({ kind: 'idle' })
  })

  test('does not forget what it is about to ask for because of an answer that brought nothing', () => {
    const offer: SyncInput = { kind: 'message', message: { kind: 'have', have: new Map([[keyOfChain(0), 5]]), readHlc: 0 } }
    const [due] = step(startSync({ have: new Map(), digest: digestOf(new Map()), readHlc: 0 }), offer)
    const [still] = step(due, { kind: 'applied', more: false, progressed: false })
    expect(step(still, { kind: 'timer', timer: 'ask' })[1]).toContainEqual(expect.objectContaining({ kind: 'send' }))
  })

  test('asks again for what it was offered before and could not store, once the two compare again', () => {
    const have = new Map([[keyOfChain(0), 5]])
    const start = startSync({ have: new Map(), digest: digestOf(new Map()), readHlc: 0 })
    const [due] = step(start, { kind: 'message', message: { kind: 'have', have, readHlc: 0 } })
    const [asked] = step(due, { kind: 'timer', timer: 'ask' })
    // The answer comes and the disk is full: nobody is told of it, and nothing is held.
    const [compared] = step(asked, { kind: 'linked' })
    const [heard] = step(compared, { kind: 'message', message: { kind: 'want', have, readHlc: 0 } })
    expect(step(heard, { kind: 'timer', timer: 'ask' })[1]).toContainEqual(
      expect.objectContaining({ kind: 'send', message: expect.objectContaining({ kind: 'want' }) }),
    )
  })

  test('stays quiet when the same is offered again after it gave up', () => {
    const mesh = createMesh({ machines: [[9], [0]], links: pair, servesNothing: new Set([0]) })
    mesh.run(2_000)
    const before = wants(mesh).length
    mesh.read(0, 5)
    mesh.run(2_000)
    expect(wants(mesh).length).toBe(before)
  })
})

describe('more than two machines', () => {
  test('that are linked in a row or in a ring end equal and quiet', () => {
    const links = fc.constantFrom(
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ] as const,
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ] as const,
    )
    fc.assert(
      fc.property(fc.tuple(holdings, holdings, holdings, holdings), links, (machines, ties) => {
        const mesh = createMesh({ machines, links: ties, latency: (n) => 1 + ((n * 53) % 200) })
        mesh.run()
        for (const index of [1, 2, 3]) expect(digestOf(mesh.machine(index).chains)).toEqual(digestOf(mesh.machine(0).chains))
      }),
      { numRuns: 50 },
    )
  })
})

describe('a machine that is linked with several and asks one at a time', () => {
  const star = [
    [0, 1],
    [0, 2],
    [0, 3],
    [0, 4],
  ] as const
  const centre = new Set([0])

  test('ends equal to all of them, whatever they hold and however slow they are', () => {
    fc.assert(
      fc.property(
        fc.tuple(holdings, holdings, holdings, holdings, holdings),
        fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1 }),
        (machines, delays) => {
          const mesh = createMesh({ machines, links: star, asksOneAtATime: centre, latency: (n) => delays[n % delays.length]! })
          mesh.run()
          for (const index of [1, 2, 3, 4]) expect(digestOf(mesh.machine(index).chains)).toEqual(digestOf(mesh.machine(0).chains))
        },
      ),
      { numRuns: 50 },
    )
  })

  test('is given everything once by those who all hold the same', () => {
    const full: Holdings = [40, 40, 40]
    const mesh = createMesh({ machines: [[], full, full, full, full], links: star, asksOneAtATime: centre, latency: (n) => 20 + (n % 7) })
    mesh.run()
    const given = mesh.sent.flatMap(({ message }) => (message.kind === 'events' ? message.events : []))
    expect(given).toHaveLength(120)
    expect(wants(mesh).filter(({ from }) => from === 0)).not.toEqual([])
  })

  test('asks another after a second when one gives nothing', () => {
    const full: Holdings = [4]
    const mesh = createMesh({ machines: [[], full, full], links: star.slice(0, 2), asksOneAtATime: centre, servesNothing: new Set([1]) })
    mesh.run()
    expect(mesh.machine(0).chains.get(keyOfChain(0))?.seq).toBe(4)
    expect(mesh.committedAt(0)).toBeLessThan(1_600)
  })

  test('gets from another after eight seconds what somebody keeps back who goes on giving', () => {
    // Every frame of the first one brings one event, for longer than anybody should wait; what it refuses to give stands in another chain.
    const mesh = createMesh({
      machines: [[], [60], [0, 5]],
      links: star.slice(0, 2),
      asksOneAtATime: centre,
      batch: 1,
      latency: () => 250,
    })
    let at = 0
    while (!mesh.machine(0).chains.has(keyOfChain(1))) {
      tryRun(mesh, 1)
      at = mesh.now()
    }
    expect(at).toBeGreaterThan(7_000)
    expect(at).toBeLessThan(11_000)
  })
})

describe('a step', () => {
  test('forgets no digest that differs when what was given unasked comes after it, and is not all', () => {
    const held = (end: number) => ({ have: new Map([[keyOfChain(0), end]]), digest: new Uint8Array(16).fill(end), readHlc: 0 })
    const inputs: readonly SyncInput[] = [
      { kind: 'message', message: { kind: 'digest', digest: new Uint8Array(16).fill(9), readHlc: 0 } },
      { kind: 'held', held: held(2) },
      { kind: 'applied', more: false, progressed: true },
    ]
    // Somebody who is being let in waits with questions.
    const state = inputs.reduce((before, input) => step(before, input, true)[0], startSync(held(1)))
    const [, effects] = step(state, { kind: 'timer', timer: 'ask' })
    expect(effects).toContainEqual({ kind: 'send', message: { kind: 'want', have: held(2).have, readHlc: 0 } })
  })

  test('changes nothing that it is given', () => {
    const vector = fc
      .dictionary(fc.constantFrom(...[0, 1, 2].map(keyOfChain)), fc.nat({ max: 5 }))
      .map((entries) => new Map(Object.entries(entries)) as never)
    const message = fc.oneof(
      fc.record({ kind: fc.constantFrom('want' as const, 'have' as const), have: vector, readHlc: fc.nat() }),
      fc.record({ kind: fc.constant('digest' as const), digest: fc.uint8Array({ minLength: 16, maxLength: 16 }), readHlc: fc.nat() }),
    )
    const input: fc.Arbitrary<SyncInput> = fc.oneof(
      fc.constant({ kind: 'linked' as const }),
      fc.record({ kind: fc.constant('message' as const), message }),
      fc.record({
        kind: fc.constant('held' as const),
        held: fc.record({ have: vector, digest: fc.constant(new Uint8Array(16)), readHlc: fc.nat() }),
      }),
      fc.record({ kind: fc.constant('applied' as const), more: fc.boolean(), progressed: fc.boolean() }),
      fc.record({ kind: fc.constant('timer' as const), timer: fc.constantFrom('ask' as const, 'tell' as const) }),
    )
    fc.assert(
      fc.property(fc.array(input, { maxLength: 20 }), fc.boolean(), (inputs, isOthersTurn) => {
        let state = startSync({ have: new Map(), digest: new Uint8Array(16), readHlc: 0 })
        for (const each of inputs) [state] = withStillInputs([state, each, isOthersTurn], step)
      }),
    )
  })
})

/** A few steps only: the rest of the talk is still to come. */
const tryRun = (mesh: Mesh, steps: number): void => {
  try {
    mesh.run(steps)
  } catch {
    // Still busy: that is the point.
  }
}
