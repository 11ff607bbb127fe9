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

test('whoever follows a query is told of changes alone', () => {
  let updates = 0
  const host = { addController: () => undefined, requestUpdate: () => (updates += 1) } as unknown as ReactiveControllerHost
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
  )
  query.hostUpdate()
  tell(undefined)
  expect([query.arrived, updates]).toEqual([true, 1])
  tell(view('a'))
  tell(view('a'))
  expect(updates).toBe(2)
  tell(view('a', 'b'))
  expect([query.value?.items.length, updates]).toEqual([2, 3])
})
