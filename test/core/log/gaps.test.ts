import { describe, expect, test } from 'vitest'
import { lanes } from '../../../src/core/event/event.ts'
import { chainKey, type Chains } from '../../../src/core/log/chains.ts'
import { missingByDevice, type Claim } from '../../../src/core/log/gaps.ts'
import { alice, bob, carol, dave, type Person } from '../cast.ts'

const { content, members } = lanes
const held = (seq: number): Chains =>
  new Map([[chainKey(content, bob.device), { lane: content, device: bob.device, seq, id: 'ab'.repeat(32) as never, hlc: seq }]])
const claim = (by: Person, of: Person, seq: number): Claim => ({ by: by.device, have: new Map([[chainKey(content, of.device), seq]]) })
const early = (seq: number) => ({ lane: content, device: bob.device, seq })

describe('what is missing', () => {
  test('is what the author says to have written, or what two others hold', () => {
    expect(missingByDevice(held(3), [claim(bob, bob, 5)], [])).toEqual(new Map([[bob.device, 2]]))
    expect(missingByDevice(held(3), [claim(carol, bob, 7), claim(dave, bob, 5)], [])).toEqual(new Map([[bob.device, 2]]))
    expect(missingByDevice(held(3), [claim(bob, bob, 3), claim(carol, bob, 2)], [])).toEqual(new Map())
  })

  test('is not what one other claims alone, however large', () => {
    expect(missingByDevice(held(3), [claim(carol, bob, 1e9)], [])).toEqual(new Map())
    expect(missingByDevice(held(3), [claim(carol, bob, 1e9), claim(dave, bob, 3)], [])).toEqual(new Map())
  })

  test('is proven by what came early, which itself is not missing', () => {
    expect(missingByDevice(held(3), [], [early(6)])).toEqual(new Map([[bob.device, 2]]))
    expect(missingByDevice(held(3), [claim(bob, bob, 8)], [early(6), early(7)])).toEqual(new Map([[bob.device, 3]]))
    expect(missingByDevice(held(5), [], [early(6)])).toEqual(new Map())
  })

  test('counts what is said, not operations on the members', () => {
    const have = new Map([[chainKey(members, alice.device), 9]])
    expect(missingByDevice(new Map(), [{ by: alice.device, have }], [{ lane: members, device: alice.device, seq: 12 }])).toEqual(new Map())
  })
})
