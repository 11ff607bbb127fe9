// What holds only now: links and nodes, and who is typing. Written as rows for every tab to see, never kept over a restart.
import type { ConversationId, DeviceId, IdentityId } from '../core/ids.ts'
import { memberOfDevice } from '../core/members/members.ts'
import { encodeLinkMessage } from '../core/sync/messages.ts'
import type { DeviceTrouble, LinkStatus, NodeStatus } from '../ports/network.ts'
import { orDrop } from './background.ts'
import { createLatest } from './latest.ts'
import type { LiveRecord } from '../ports/tables.ts'
import type { Links } from './links.ts'
import type { PeopleNotes } from './people-notes.ts'
import { otherDevices } from './room.ts'
import type { Session } from './session.ts'

/** How long somebody counts as typing after their last word of it. */
const typingMs = 5_000

export interface Presence {
  status(nodes: readonly NodeStatus[], links: readonly LinkStatus[], troubles: readonly DeviceTrouble[]): Promise<void>
  /** Tells linked members that one is typing; not those who are blocked here. */
  type(id: ConversationId): void
  heardTyping(device: DeviceId, id: ConversationId): void
}

export const createPresence = (session: Session, links: Links, notes: Pick<PeopleNotes, 'isBlocked'>): Presence => {
  const typing = new Map<ConversationId, Map<IdentityId, number>>()

  let network: LiveRecord = { kind: 'network', started: true, nodes: [], links: [], troubles: [] }
  const showNetwork = createLatest(() =>
    session.store.commit([{ kind: 'put', table: 'live', key: ['network'], value: network }], 'relaxed'),
  )

  const write = async (id: ConversationId): Promise<void> => {
    const now = session.clock.now()
    const people = [...(typing.get(id) ?? [])].filter(([, until]) => until > now).map(([identity, until]) => ({ identity, until }))
    await session.store.commit([{ kind: 'put', table: 'live', key: ['typing', id], value: { kind: 'typing', people } }], 'relaxed')
  }

  // Whoever has said something is not typing it any more.
  session.rooms.onCommit(({ after: { conversation }, writes }) => {
    const known = typing.get(conversation.id)
    if (known === undefined) return
    const spoke = writes.flatMap((row) =>
      row.kind === 'put' && row.table === 'timeline' && row.value.kind === 'message' ? [row.value.author] : [],
    )
    if (spoke.filter((author) => known.delete(author)).length > 0) orDrop(write(conversation.id))
  })

  return {
    status: (nodes, linked, troubles) => {
      network = { kind: 'network', started: true, nodes, links: linked, troubles }
      return showNetwork()
    },
    type: (id) => {
      const room = session.rooms.get(id)
      const frame = encodeLinkMessage({ kind: 'typing', conversation: id })
      if (room === undefined) return
      for (const device of otherDevices(room, session.me.identity)) {
        if (links.pathTo(device) !== undefined && !notes.isBlocked(room, device)) links.send(device, frame)
      }
    },
    heardTyping: (device, id) => {
      const members = session.rooms.get(id)?.conversation.members
      const member = members && memberOfDevice(members, device)
      if (member === undefined) return
      const known = typing.get(id) ?? new Map<IdentityId, number>()
      typing.set(id, known.set(member.identity, session.clock.now() + typingMs))
      orDrop(write(id))
      session.clock.after(typingMs + 50, () => orDrop(write(id)))
    },
  }
}
