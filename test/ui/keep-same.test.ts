// Values that come over as copies: what equals what was there before is the same object again, and a query that says the same is no change.
import type { ReactiveControllerHost } from 'lit'
import { expect, test } from 'vitest'
import { keepSame } from '../../src/ui/keep-same.ts'
import { LiveQuery } from '../../src/ui/live-query.ts'

const view = (...ids: readonly string[]) => ({
  more: false,
  items: ids.map((id) => ({ id, text: `text of ${id}`, by: [{ name: 'Bob' }] })),
})

test('equal values are the first one, whatever they are made of', () => {
  const before = view('a', 'b')
  expect(keepSame(before, view('a', 'b'))).toBe(before)
  const bytes = { picture: Uint8Array.of(1, 2) }
  expect(keepSame(bytes, { picture: Uint8Array.of(1, 2) })).toBe(bytes)
  expect(keepSame(bytes, { picture: Uint8Array.of(1, 3) })).toEqual({ picture: Uint8Array.of(1, 3) })
  expect(keepSame<unknown>(undefined, undefined)).toBe(undefined)
  expect(keepSame<unknown>(before, undefined)).toBe(undefined)
})

test('in a list that moved on, all that was there before is the same, by its id', () => {
  const before = view('a', 'b', 'c')
  const after = keepSame(before, view('b', 'c', 'd'))
  expect(after).toEqual(view('b', 'c', 'd'))
  expect(after.items[0]).toBe(before.items[1])
  expect(after.items[1]).toBe(before.items[2])
})

test('of what changed the rest is the same, and nothing of before stays that is gone', () => {
  const before = { ...view('a', 'b'), typing: ['Bob'] as readonly string[] | undefined }
  const changed = view('a', 'b')
  changed.items[0]!.text = 'other words'
  const after = keepSame<object>(before, changed) as typeof changed
  expect(after).toEqual(changed)
  expect('typing' in after).toBe(false)
  expect(after.items[1]).toBe(before.items[1])
  expect(after.items[0]!.by).toBe(before.items[0]!.by)
})

/** A query whose detail is `asked.for`, what it is told, and how often its host heard of it. */
const followed = () => {
  const asked = { for: 'little', updates: 0 }
  const host = { addController: () => undefined, requestUpdate: () => (asked.updates += 1) } as unknown as ReactiveControllerHost
  let tell: (value: ReturnType<typeof view> | undefined) => void = () => undefined
  const query = new LiveQuery<ReturnType<typeof view> | undefined>(
    host,
    () => 1,
    () => ({
      subscribe: (next) => {
        tell = next
        return () => undefined
      },
    }),
    () => asked.for,
  )
  query.hostUpdate()
  return { query, asked, tell: (value: ReturnType<typeof view> | undefined) => tell(value) }
}

test('whoever follows a query is told of changes alone', () => {
  const { query, asked, tell } = followed()
  tell(undefined)
  expect([query.arrived, asked.updates]).toEqual([true, 1])
  tell(view('a'))
  tell(view('a'))
  expect(asked.updates).toBe(2)
  tell(view('a', 'b'))
  expect([query.value?.items.length, asked.updates]).toEqual([2, 3])
})

test('what is asked for anew is told although it says the same', () => {
  const { query, asked, tell } = followed()
  tell(view('a'))
  asked.for = 'more'
  query.hostUpdate()
  expect([query.value, query.detail]).toEqual([view('a'), 'little'])
  tell(view('a'))
  expect([query.detail, asked.updates]).toEqual(['more', 2])
})
