// What is told aloud and what counts as read: pure rules over versions of a timeline.
import { describe, expect, test } from 'vitest'
import type { EventId } from '../../src/core/ids.ts'
import { createNewcomers, createReadMarks } from '../../src/ui/conversation/newcomers.ts'
import { createWorld, person } from './playground/world.ts'

const bob = person('Bob')
const alice = person('Alice', true)
const world = createWorld(alice)
const room = world.addRoom('direct', 'Bob', [bob])
const say = (text: string, mine = false) => world.say(room, mine ? alice : bob, text)
const [a, b, c, d] = [say('a'), say('b'), say('c', true), say('d')]

describe('newcomers', () => {
  test('history is none, what comes at the end is one, once', () => {
    const newcomers = createNewcomers()
    expect(newcomers([a, b])).toEqual([])
    expect(newcomers([a, b, c])).toEqual([c])
    expect(newcomers([a, b, c])).toEqual([])
  })

  test('in an empty conversation the first message is one', () => {
    const newcomers = createNewcomers()
    expect(newcomers([])).toEqual([])
    expect(newcomers([a])).toEqual([a])
  })

  test('what is loaded above, or sorts above, is none', () => {
    const newcomers = createNewcomers()
    newcomers([c, d])
    expect(newcomers([a, b, c, d])).toEqual([])
  })

  test('a window that has nothing to do with the last one is history', () => {
    const newcomers = createNewcomers()
    newcomers([a, b])
    expect(newcomers([c, d])).toEqual([])
  })
})

describe('a read mark', () => {
  test('goes to the last message of others up to what was seen', () => {
    expect(createReadMarks()([a, b, c, d], c.id)).toBe(b.id)
    const marks = createReadMarks()
    expect(marks([a, b, c], b.id)).toBe(b.id)
    expect(marks([a, b, c, d], d.id)).toBe(d.id)
  })

  test('never goes back, and is not set twice', () => {
    const marks = createReadMarks()
    marks([a, b, c, d], b.id)
    expect(marks([a, b, c, d], a.id)).toBeUndefined()
    expect(marks([a, b, c, d], c.id)).toBeUndefined()
    expect(createReadMarks()([c], c.id)).toBeUndefined()
    expect(createReadMarks()([a], 'nothing' as EventId)).toBeUndefined()
  })

  test('is set again for what comes late and stands above', () => {
    const marks = createReadMarks()
    expect(marks([a, c, d], d.id)).toBe(d.id)
    expect(marks([a, b, c, d], d.id)).toBe(d.id)
    expect(marks([a, b, c, d], d.id)).toBeUndefined()
  })
})
