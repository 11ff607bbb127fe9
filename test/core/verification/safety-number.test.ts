import { expect, test } from 'vitest'
import { compareSafetyNumber, safetyNumber } from '../../../src/core/verification/safety-number.ts'
import { alice, bob, carol } from '../cast.ts'

const own = safetyNumber(alice.identity, bob.identity)

test('the number of two is the same from both sides, and of nobody else', () => {
  expect(safetyNumber(bob.identity, alice.identity)).toEqual(own)
  expect(safetyNumber(alice.identity, carol.identity)).not.toEqual(own)
})

test('what was scanned or pasted is the same however it is spaced, different in any digit, or no number at all', () => {
  for (const text of [own.join(''), own.join(' '), ` ${own.slice(0, 6).join(' ')}\n${own.slice(6).join(' ')} `])
    expect(compareSafetyNumber(own, text)).toBe('same')
  const digits = own.join('')
  for (let at = 0; at < digits.length; at++) {
    const other = `${digits.slice(0, at)}${(Number(digits[at]) + 1) % 10}${digits.slice(at + 1)}`
    expect(compareSafetyNumber(own, other)).toBe('different')
  }
  for (const text of ['', digits.slice(1), `${digits}0`, `x${digits.slice(1)}`, 'https://parley.example/#/j/AWf3kq0h'])
    expect(compareSafetyNumber(own, text)).toBe('no-number')
})
