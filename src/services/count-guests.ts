// Rows of own invites follow the log: how many came by each, and none of what was withdrawn.
import type { Write } from '../ports/store.ts'
import { untilStored } from './background.ts'
import type { Session } from './session.ts'

export const startCountingGuests = (session: Session): void =>
  session.rooms.onCommit(({ before, after }) => {
    const { id, members } = after.conversation
    if (members === undefined || before?.conversation.members?.invites === members.invites) return
    untilStored(session, async () => {
      const rows = await session.store.read((reader) => reader.list('invites', [id]))
      const writes = rows.flatMap(({ key, value }): readonly Write[] => {
        const known = members.invites.get(key[1])
        if (known?.isWithdrawn === true) return [{ kind: 'delete', table: 'invites', key }]
        if (known === undefined || known.joined === (value.joined ?? 0)) return []
        return [{ kind: 'put', table: 'invites', key, value: { ...value, joined: known.joined } }]
      })
      if (writes.length > 0) await session.store.commit(writes, 'relaxed')
    })
  })
