import { describe, expect, test } from 'vitest'
import { callsEverybody, callsPerson } from '../../../src/core/timeline/mention.ts'

describe('a call', () => {
  test.each(['@room', 'Rehearsal is off, @room!', '(@Room)', 'heute\n@ROOM: bitte lesen'])('to everybody is in %j', (text) => {
    expect(callsEverybody(text)).toBe(true)
  })

  test.each(['room', 'alice@room.example', '@roommate', '@room_2', '@@room', 'mail bob@room', ''])('to everybody is not in %j', (text) => {
    expect(callsEverybody(text)).toBe(false)
  })

  test('by name is of the whole name, in whatever letters and however composed', () => {
    expect(callsPerson('Is @carol here?', 'Carol')).toBe(true)
    expect(callsPerson('@Carol the Librarian, please', 'Carol the Librarian')).toBe(true)
    expect(callsPerson('@Caroline', 'Carol')).toBe(false)
    expect(callsPerson('@Caroline and @Carol', 'Carol')).toBe(true)
    expect(callsPerson('Carol', 'Carol')).toBe(false)
    expect(callsPerson('@Zoe\u0308!', 'Zo\u00eb')).toBe(true)
    expect(callsPerson('@Dr. (a+b)', 'Dr. (a+b)')).toBe(true)
    expect(callsPerson('@', '')).toBe(false)
  })
})
