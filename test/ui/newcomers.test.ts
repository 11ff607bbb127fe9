// What is told aloud and what counts as read: pure rules over versions of a timeline.
import { describe, expect, test } from 'vitest'
import type { EventId } from '../../src/core/ids.ts'
import { createNewcomers, readMark } from '../../src/ui/conversation/newcomers.ts'
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
    expect(readMark([a, b, c, d], c.id, undefined)).toBe(b.id)
    expect(readMark([a, b, c, d], d.id, b.id)).toBe(d.id)
  })

  test('never goes back, and is not set twice', () => {
    expect(readMark([a, b, c, d], a.id, b.id)).toBeUndefined()
    expect(readMark([a, b, c, d], c.id, b.id)).toBeUndefined()
    expect(readMark([c], c.id, undefined)).toBeUndefined()
    expect(readMark([a], 'nothing' as EventId, undefined)).toBeUndefined()
  })
})
