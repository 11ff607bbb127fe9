import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fullPatience, hearOne, makeRoom, requestBurst, requestEveryMs, type KeptRequest } from '../../../src/core/contact/quota.ts'
import { identityId } from '../../../src/core/ids.ts'
import { maxRequestBytesInAll, maxRequests, requestDays } from '../../../src/core/limits.ts'
import { bytesFor } from '../cast.ts'

const day = 86_400_000
const kept = (index: number, bytes = 10, at = index): KeptRequest => ({ identity: identityId(bytesFor(`${index}`)), bytes, at })

describe('the patience at the door', () => {
  test('hears a burst, then one a minute, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5_000 }), { minLength: 1, maxLength: 400 }), (gaps) => {
        let [patience, now, heard] = [fullPatience(0), 0, 0]
        for (const gap of gaps) {
          now += gap
          const next = hearOne(patience, now)
          patience = next.patience
          heard += next.isHeard ? 1 : 0
        }
        expect(heard).toBe(Math.min(gaps.length, heard))
        expect(heard).toBeLessThanOrEqual(requestBurst + Math.floor(now / requestEveryMs))
        expect(heard).toBeGreaterThanOrEqual(Math.min(gaps.length, requestBurst))
      }),
    )
  })

  test('gives nothing for a clock that goes backwards, and never grows beyond a burst', () => {
    let { patience } = hearOne(fullPatience(1_000), 1_000)
    expect(patience.left).toBe(requestBurst - 1)
    patience = hearOne(patience, 0).patience
    expect(patience.left).toBe(requestBurst - 2)
    expect(hearOne(patience, 100 * day).patience.left).toBe(requestBurst - 1)
  })
})

describe('room for one more request', () => {
  test('is there until so many or so much are kept; then the oldest go', () => {
    const few = Array.from({ length: maxRequests - 1 }, (_, index) => kept(index))
    expect(makeRoom(few, 10, 100)).toEqual([])
    expect(makeRoom([kept(50), ...few], 10, 100)).toEqual([few[0]?.identity])
    const large = [kept(2, maxRequestBytesInAll / 2), kept(1, maxRequestBytesInAll / 2)]
    expect(makeRoom(large, 1, 100)).toEqual([large[1]?.identity])
  })

  test('is made by what is too old, before anything else', () => {
    expect(makeRoom([kept(1, 10, 0), kept(2, 10, 2 * day)], 10, requestDays * day + 1)).toEqual([kept(1).identity])
  })
})
