import { expect, test } from 'vitest'
import { replyUnder, threadOf } from '../../../src/core/timeline/thread.ts'
import { toHex, type EventId } from '../../../src/core/ids.ts'
import { bytesFor } from '../cast.ts'

const refTo = (name: string, hlc: number) => ({ id: toHex(bytesFor(name)) as EventId, hlc })
const [plan, answer, further] = [refTo('plan', 1), refTo('answer', 2), refTo('further', 3)]

test('however deep replies go, they are all of the thread of the message that the first one answered', () => {
  const first = replyUnder(plan, null)
  expect(first).toEqual({ replyTo: plan })
  const second = replyUnder(answer, threadOf(first))
  expect(second).toEqual({ replyTo: answer, thread: plan })
  expect(replyUnder(further, threadOf(second))).toEqual({ replyTo: further, thread: plan })
  expect([first, second].map(threadOf)).toEqual([plan, plan])
})

test('what answers nothing is in no thread, and a message that says it began its own thread is answered like any other', () => {
  expect(threadOf({ replyTo: null })).toBeNull()
  expect(replyUnder(plan, plan)).toEqual({ replyTo: plan })
})
