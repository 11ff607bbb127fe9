import { describe, expect, test } from 'vitest'
import { toHex } from '../../../src/core/ids.ts'
import {
  askToCompare,
  askedToCompare,
  compareStep,
  toldSoFar,
  yieldsTo,
  type Comparison,
  type ComparisonInput,
} from '../../../src/core/verification/comparison.ts'
import { commitmentTo, emojisOf, type ComparisonOf } from '../../../src/core/verification/emojis.ts'
import type { ComparisonStep } from '../../../src/core/verification/messages.ts'
import { alice, bob, bytesFor, carol, room } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const sideOf = ({ identity, device }: typeof alice) => ({ identity, device })
const nameOf = (word: string): string => toHex(bytesFor(word).subarray(0, 16))
const of: ComparisonOf = { conversation: room, session: nameOf('session'), asker: sideOf(alice), answerer: sideOf(bob) }
const [hers, his] = [bytesFor('nonce of Alice'), bytesFor('nonce of Bob')]
const message = (step: ComparisonStep, session = of.session): ComparisonInput => ({
  kind: 'message',
  message: { kind: 'comparison', conversation: room, session, ...step },
})
const next = (state: Comparison, input: ComparisonInput) => withStillInputs([state, input] as const, compareStep)
const commitment = commitmentTo(hers, of)

/** Both sides up to the emojis. */
const looking = (): { readonly asker: Comparison; readonly answerer: Comparison } => {
  const [asking, ask] = askToCompare(of, hers)
  expect(ask).toEqual({ step: 'ask', commitment })
  const [asked, ...nothing] = askedToCompare(of, commitment)
  expect(nothing).toEqual([])
  const [accepted, accept] = next(asked, { kind: 'accept', nonce: his })
  expect(accept).toEqual({ step: 'accept', nonce: his })
  const [asker, reveal] = next(asking, message(accept!))
  expect(reveal).toEqual({ step: 'reveal', nonce: hers })
  const [answerer, ...silence] = next(accepted, message(reveal!))
  expect(silence).toEqual([])
  return { asker, answerer }
}

describe('comparing emojis', () => {
  test('shows both the same seven of 64, and verifies only when both have said so', () => {
    const { asker, answerer } = looking()
    if (asker.stage !== 'looking' || answerer.stage !== 'looking') throw new Error('nobody looks')
    expect(asker.emojis).toEqual(answerer.emojis)
    expect(asker.emojis).toHaveLength(7)
    for (const emoji of asker.emojis) expect(emoji >= 0 && emoji < 64 && Number.isInteger(emoji)).toBe(true)
    const [waiting, say] = next(asker, { kind: 'say', same: true })
    expect(waiting).toMatchObject({ stage: 'looking', mine: true, theirs: false })
    expect(say).toEqual({ step: 'say', same: true })
    const [heard] = next(answerer, message(say!))
    expect(heard).toMatchObject({ stage: 'looking', mine: false, theirs: true })
    const [done, back] = next(heard, { kind: 'say', same: true })
    expect(done).toMatchObject({ stage: 'ended', end: 'same' })
    expect(next(waiting, message(back!))[0]).toMatchObject({ stage: 'ended', end: 'same' })
  })

  test('ends for both with one word that they differ, also after the other has said that they are the same', () => {
    const { asker, answerer } = looking()
    const [, same] = next(asker, { kind: 'say', same: true })
    const [heard] = next(answerer, message(same!))
    const [ended, differs] = next(heard, { kind: 'say', same: false })
    expect(ended).toMatchObject({ end: 'different' })
    expect(next(next(asker, { kind: 'say', same: true })[0], message(differs!))[0]).toMatchObject({ end: 'different' })
  })

  test('gives others with any other identity, device, conversation, session, nonce, and with the sides exchanged', () => {
    const others: readonly (readonly number[])[] = [
      emojisOf({ ...of, asker: { ...of.asker, identity: carol.identity } }, hers, his),
      emojisOf({ ...of, answerer: { ...of.answerer, identity: carol.identity } }, hers, his),
      emojisOf({ ...of, asker: { ...of.asker, device: carol.device } }, hers, his),
      emojisOf({ ...of, answerer: { ...of.answerer, device: carol.device } }, hers, his),
      emojisOf({ ...of, session: nameOf('another') }, hers, his),
      emojisOf({ ...of, asker: of.answerer, answerer: of.asker }, hers, his),
      emojisOf(of, his, hers),
      emojisOf(of, hers, bytesFor('another nonce')),
      emojisOf(of, bytesFor('another nonce'), his),
    ]
    const all = [emojisOf(of, hers, his), ...others].map(String)
    expect(new Set(all).size).toBe(all.length)
  })

  test('uses all 64', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, n) => emojisOf(of, bytesFor(`nonce ${n}`), his)).flat())
    expect(seen.size).toBe(64)
  })

  test('is ended by a nonce that is not the one of the commitment', () => {
    const [accepted] = next(askedToCompare(of, commitment)[0], { kind: 'accept', nonce: his })
    const [ended, stop] = next(accepted, message({ step: 'reveal', nonce: bytesFor('a better nonce') }))
    expect(ended).toMatchObject({ stage: 'ended', end: 'cheated' })
    expect(stop).toEqual({ step: 'stop' })
  })

  test('tells its nonce to nobody before the other has told theirs', () => {
    const [asking] = askToCompare(of, hers)
    for (const step of [
      { step: 'reveal', nonce: his },
      { step: 'say', same: true },
      { step: 'ask', commitment },
    ] as const)
      expect(next(asking, message(step))).toEqual([asking])
  })

  test('drops what comes again, too early, too late, or of another session', () => {
    const { asker, answerer } = looking()
    const [asking] = askToCompare(of, hers)
    const [asked] = askedToCompare(of, commitment)
    const [accepted] = next(asked, { kind: 'accept', nonce: his })
    const steps: readonly ComparisonStep[] = [
      { step: 'ask', commitment },
      { step: 'accept', nonce: his },
      { step: 'reveal', nonce: hers },
      { step: 'say', same: false },
      { step: 'stop' },
    ]
    const heard: { readonly [Stage in Comparison['stage']]: readonly string[] } = {
      asking: ['accept', 'stop'],
      asked: ['stop'],
      accepted: ['reveal', 'stop'],
      looking: ['say', 'stop'],
      ended: [],
    }
    const [ended] = next(asker, { kind: 'stop', why: 'stopped' })
    for (const state of [asking, asked, accepted, asker, answerer, ended]) {
      for (const step of steps) {
        expect(next(state, message(step, nameOf('another session')))).toEqual([state])
        expect(next(state, message(step))[0] === state).toBe(!heard[state.stage].includes(step.step))
      }
      if (state.stage !== 'looking') expect(next(state, { kind: 'say', same: true })).toEqual([state])
      if (state.stage !== 'asked') expect(next(state, { kind: 'accept', nonce: his })).toEqual([state])
    }
  })

  test('goes on over a new link, whatever was lost with the first', () => {
    const [asking] = askToCompare(of, hers)
    const [accepted] = next(askedToCompare(of, commitment)[0], { kind: 'accept', nonce: his })
    const { asker, answerer } = looking()
    const [content] = next(asker, { kind: 'say', same: true })
    const [done] = next(next(answerer, message({ step: 'say', same: true }))[0], { kind: 'say', same: true })
    for (const [mine, theirs, stage] of [
      [asking, accepted, 'looking'],
      [asker, accepted, 'looking'],
      [asker, answerer, 'looking'],
      [content, done, 'ended'],
      [done, content, 'ended'],
    ] as const) {
      const hear = (state: Comparison, told: readonly ComparisonStep[]) =>
        told.reduce<readonly [Comparison, readonly ComparisonStep[]]>(
          ([before], step) => {
            const [after, ...answer] = next(before, message(step))
            return [after, answer]
          },
          [state, []],
        )
      const [first, answer] = hear(mine, toldSoFar(theirs))
      const [second] = hear(theirs, [...toldSoFar(mine), ...answer])
      expect([first.stage, second.stage]).toEqual([stage, stage])
    }
    expect(toldSoFar(askedToCompare(of, commitment)[0])).toEqual([])
  })

  test('says that it ends, unless nobody is there to hear it', () => {
    const { asker } = looking()
    expect(next(asker, { kind: 'stop', why: 'timeout' })).toMatchObject([{ end: 'timeout' }, { step: 'stop' }])
    expect(next(asker, { kind: 'stop', why: 'gone' })).toMatchObject([{ end: 'gone' }])
    expect(next(asker, { kind: 'stop', why: 'gone' })).toHaveLength(1)
  })

  test('has one who asked when both ask at once', () => {
    expect(yieldsTo(sideOf(alice), sideOf(bob))).toBe(!yieldsTo(sideOf(bob), sideOf(alice)))
  })
})
