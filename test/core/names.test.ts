import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxNameCharacters } from '../../src/core/limits.ts'
import { cleanName, isSafeName, shortTag } from '../../src/core/names.ts'
import { alice, bob } from './cast.ts'

describe('a name', () => {
  test('that was cleaned stays as it is, is safe, and is at most 64 characters', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc
        .array(fc.constantFrom('e', '\u0301', '\u0000', ' ', '\u202e', '\u2003', '\ufeff', '👩‍👩‍👧', 'ﬁ', '\ud83d'), { maxLength: 80 })
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(typed, (name) => {
        const clean = cleanName(name)
        expect(cleanName(clean)).toBe(clean)
        expect(isSafeName(clean)).toBe(true)
        expect([...clean].length).toBeLessThanOrEqual(maxNameCharacters)
        expect(clean).toBe(clean.trim())
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['  Alice \n\t B.  ', 'Alice B.'],
    ['\u202eecilA', 'ecilA'],
    ['A\u0000l\u200fi\u2066c\u2069e', 'Alice'],
    ['e\u0000\u0301', 'é'],
    [' \u200e ', ''],
    ['x'.repeat(70), 'x'.repeat(64)],
  ])('typed as %j is %j', (typed, clean) => {
    expect(cleanName(typed)).toBe(clean)
  })

  test('has a tag of four letters that tells two of the same name apart', () => {
    expect(shortTag(alice.identity)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(shortTag(alice.identity)).not.toBe(shortTag(bob.identity))
    expect(shortTag('fffff0')).toBe('ZZZZ')
    expect(shortTag('00001f')).toBe('0001')
  })
})
