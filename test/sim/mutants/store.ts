// Bugs in what is committed, when, and what is said before (services/rooms, send, acknowledge, deliver).
import type { Mutant } from './mutant.ts'

export const storeMutants: readonly Mutant[] = [
  {
    name: 'tells-before-commit',
    does: 'acknowledges, sends and shows while the commit is under way',
    file: 'services/rooms.ts',
    find: `await store.commit(writes, durability === 'relaxed' || ends.length > 0 ? 'relaxed' : 'strict')`,
    replace: `void store.commit(writes, durability === 'relaxed' || ends.length > 0 ? 'relaxed' : 'strict').catch(() => {})`,
  },
  {
    name: 'never-flushes',
    does: 'forgets its last commits when the power goes',
    file: 'services/rooms.ts',
    find: `durability === 'relaxed' || ends.length > 0 ? 'relaxed' : 'strict'`,
    replace: `durability === undefined || ends.length >= 0 ? 'relaxed' : 'strict'`,
  },
  {
    name: 'tells-before-flush',
    does: 'acknowledges what a power cut may still take',
    file: 'services/rooms.ts',
    find: `if (ends.length > 0) await store.commit(ends)`,
    replace: `if (ends.length > 0) await store.commit(ends, 'relaxed')`,
  },
  {
    name: 'commits-in-parts',
    does: 'commits the writes of one journey one after the other',
    file: 'services/rooms.ts',
    find: `await store.commit(writes, durability === 'relaxed' || ends.length > 0 ? 'relaxed' : 'strict')`,
    replace: `for (const write of writes) await store.commit([write], durability === 'relaxed' || ends.length > 0 ? 'relaxed' : 'strict')`,
  },
  {
    name: 'lets-go-too-soon',
    does: 'lets the outbox go of a message when the first of several has it',
    file: 'services/acknowledge.ts',
    find: `const { everybody } = reachOf(`,
    replace: `const { somebody: everybody } = reachOf(`,
  },
  {
    name: 'says-twice',
    does: 'keeps what was typed at the door after it was said',
    file: 'services/send.ts',
    find: `draft.delete('unsent', key)
`,
    replace: `
`,
  },
  {
    name: 'forgets-early-words',
    does: 'says only the first of several things that were typed at the door',
    file: 'services/send.ts',
    find: `draft.put('unsent', [id, (kept[0]?.key[1] ?? 0) + 1]`,
    replace: `draft.put('unsent', [id, kept[0]?.key[1] ?? 1]`,
  },
  {
    name: 'delivered-on-send',
    does: 'shows a message as delivered that nobody has acknowledged',
    file: 'core/outbox/delivery.ts',
    find: `< message.seq) return 'waiting'`,
    replace: `< message.seq) return 'delivered'`,
  },
  {
    name: 'tells-everybody',
    does: 'sends operations and messages to everybody it is linked with',
    file: 'services/deliver.ts',
    find: `otherDevices(room, session.me.identity).filter((device) => links.pathTo(device) !== undefined)`,
    replace: `[...new Set([...otherDevices(room, session.me.identity), ...links.devices()])].filter((device) => links.pathTo(device) !== undefined)`,
  },
]
