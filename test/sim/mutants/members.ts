// Bugs in who belongs, who may what, and who is let in (core/members, services/admit).
import type { Mutant } from './mutant.ts'

export const memberMutants: readonly Mutant[] = [
  {
    name: 'judges-in-the-present',
    does: 'judges a right by what it knows now and not by what the author had seen',
    file: 'core/members/judge.ts',
    find: `const members = isPresentEnough(log, present, past, event) ? present : membersSeen(log, past)`,
    replace: `const members = past.seqs.every((seq) => seq === 0) ? undefined : present`,
  },
  {
    name: 'lets-anybody-remove',
    does: 'lets every member remove every other',
    file: 'core/members/rights.ts',
    find: `target !== undefined && isAtLeast(author.role, 'moderator') && (author.role === 'owner' || !isAtLeast(target.role, author.role))`,
    replace: `target !== undefined && isAtLeast(author.role, 'reader')`,
  },
  {
    name: 'ignores-removals',
    does: 'keeps as members those who were removed',
    file: 'core/members/advance.ts',
    find: `return hasSeenAll ? withoutRemoved(members, op, body) : undefined`,
    replace: `return members`,
  },
  {
    name: 'stays-member',
    does: 'goes on as a member of a conversation that it was removed from',
    file: 'services/absorb.ts',
    find: `return room.record.standing === 'joining' ? room : { ...room, record: { ...room.record, standing: 'left' } }`,
    replace: `return room`,
  },
  {
    name: 'gives-all-history',
    does: 'lets newcomers have what was said before them, whatever the policy says',
    file: 'services/grant.ts',
    find: `return contentEnds(conversation)
`,
    replace: `return []
`,
  },
  {
    name: 'serves-below-the-floor',
    does: 'sends newcomers what was said before them',
    file: 'services/serve.ts',
    find: `Math.max(beyond.get(key) ?? 0, floor.get(key) ?? 0)`,
    replace: `beyond.get(key) ?? floor.get(key) ?? 0`,
  },
]
