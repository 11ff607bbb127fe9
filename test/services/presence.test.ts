// What the network says of itself comes quickly one after the other; what a person reads is what it said last.
import { expect, test } from 'vitest'
import type { Write } from '../../src/ports/store.ts'
import { createPresence } from '../../src/services/presence.ts'
import type { Session } from '../../src/services/session.ts'

test('the state that the network told last is the one that stays, also when the one before takes longer to be stored', async () => {
  const stored: unknown[] = []
  const first = Promise.withResolvers<void>()
  const store = {
    commit: async ([write]: readonly Write[]) => {
      if (write?.kind !== 'put') return
      const isFirst = stored.length === 0 && JSON.stringify(write.value).includes('"links":[]')
      if (isFirst) await first.promise
      stored.push(write.value)
    },
  }
  const presence = createPresence({ store, rooms: { onCommit: () => {} } } as unknown as Session, {} as never, {} as never)
  const bob = { device: 'bob', path: 'direct', since: 0 } as never
  const told = [presence.status([], [], []), presence.status([], [bob], [])]
  first.resolve()
  await Promise.all(told)
  expect(stored.at(-1)).toMatchObject({ links: [bob] })
})
