// What a screen offers to whom: the rules that operations are judged by, and what leaving means.
import { describe, expect, test } from 'vitest'
import { defaultPolicy, type Role } from '../../src/core/members/role.ts'
import type { ConversationView, MemberView, Standing } from '../../src/ports/queries.ts'
import { leavingText } from '../../src/ui/people/leaving.ts'
import {
  heirsOf,
  mayHandOver,
  mayInvite,
  mayRemovePerson,
  mayRename,
  maySetPolicy,
  mayWrite,
  rolesFor,
} from '../../src/ui/people/rights.ts'
import { createWorld, person } from './playground/world.ts'
import '../../src/ui/locales/later.ts'

const names = ['Alice', 'Bob', 'Carol', 'Dave'] as const

/** A group as Alice sees it, with these roles in the order of the names. */
const group = (roles: readonly Role[], standing: Standing = 'member', policy = defaultPolicy): ConversationView => {
  const world = createWorld()
  const room = world.addRoom(
    'group',
    'Choir',
    names.slice(1, roles.length).map((name) => person(name)),
    { standing, policy },
  )
  const members = room.members.map((member, i) => ({ ...member, role: roles[i] ?? 'member' }))
  return {
    id: room.id,
    kind: 'group',
    title: 'Choir',
    standing,
    awaitsApproval: false,
    asking: 0,
    approval: false,
    applicants: [],
    at: 0,
    unread: 0,
    called: false,
    waiting: 0,
    online: 0,
    here: 0,
    blocked: false,
    verified: false,
    pinned: false,
    archived: false,
    mutedUntil: 0,
    members,
    policy,
    timer: 0,
    slow: 0,
    myRole: roles[0] ?? 'reader',
    consistency: room.consistency,
    typing: [],
    pins: [],
    hidden: false,
  }
}
const who = (view: ConversationView, at: number): MemberView => {
  const member = view.members[at]
  if (!member) throw new Error('nobody')
  return member
}

describe('roles', () => {
  test('an owner gives every role', () => {
    const view = group(['owner', 'member', 'owner'])
    for (const at of [1, 2]) expect(rolesFor(view, who(view, at))).toEqual(['owner', 'moderator', 'member', 'reader'])
  })

  test('a moderator decides who may write, of those below', () => {
    const view = group(['moderator', 'owner', 'moderator', 'reader'])
    expect([1, 2, 3].map((at) => rolesFor(view, who(view, at)))).toEqual([[], [], ['member', 'reader']])
  })

  test.each(['member', 'reader'] as const)('a %s gives none', (role) => {
    const view = group([role, 'reader'])
    expect(rolesFor(view, who(view, 1))).toEqual([])
  })

  test('an owner steps down only when there is another one', () => {
    const alone = group(['owner', 'moderator'])
    expect(rolesFor(alone, who(alone, 0))).toEqual([])
    const two = group(['owner', 'owner'])
    expect(rolesFor(two, who(two, 0))).toContain('moderator')
  })

  test('nobody who is out is offered anything', () => {
    const view = group(['owner', 'member'], 'left')
    expect(rolesFor(view, who(view, 1))).toEqual([])
    expect(mayRemovePerson(view, who(view, 1))).toBe(false)
    expect([mayHandOver(view, who(view, 1)), mayRename(view), mayInvite(view), maySetPolicy(view), mayWrite(view)]).not.toContain(true)
  })
})

describe('removing', () => {
  test.each([
    ['owner', 'owner', true],
    ['owner', 'reader', true],
    ['moderator', 'owner', false],
    ['moderator', 'moderator', false],
    ['moderator', 'member', true],
    ['member', 'reader', false],
    ['reader', 'reader', false],
  ] as const)('a %s may remove a %s: %s', (mine, theirs, may) => {
    const view = group([mine, theirs])
    expect(mayRemovePerson(view, who(view, 1))).toBe(may)
  })

  test('oneself is not removed, one leaves', () => {
    const view = group(['owner', 'member'])
    expect(mayRemovePerson(view, who(view, 0))).toBe(false)
  })
})

describe('rules', () => {
  test('say who invites and who writes', () => {
    const strict = { ...defaultPolicy, invite: 'owner', post: 'moderator' } as const
    const byRole = (['owner', 'moderator', 'member', 'reader'] as const).map((role) => group([role, 'owner'], 'member', strict))
    expect(byRole.map(mayInvite)).toEqual([true, false, false, false])
    expect(byRole.map(mayWrite)).toEqual([true, true, false, false])
    expect(byRole.map(mayRename)).toEqual([true, true, true, false])
    expect(byRole.map(maySetPolicy)).toEqual([true, false, false, false])
  })

  test('text may be typed while one waits to be let in, and none to somebody who is blocked', () => {
    expect(mayWrite(group(['reader'], 'joining'))).toBe(true)
    expect(mayWrite({ ...group(['member', 'member']), kind: 'direct', blocked: true })).toBe(false)
  })
})

describe('leaving', () => {
  test('names the one who will be the owner, or says how it is found', () => {
    expect(leavingText(group(['owner', 'moderator', 'member']))).toContain('so Bob becomes the owner')
    expect(leavingText(group(['owner', 'moderator', 'moderator']))).toContain('the moderator who has been here longest')
    expect(leavingText(group(['owner', 'reader', 'member', 'member']))).toContain('the member who has been here longest')
    expect(leavingText(group(['owner']))).toContain('the last one here')
  })

  test('says nothing of owners where one stays, or one was none', () => {
    expect(heirsOf(group(['owner', 'owner']))).toEqual([])
    expect(leavingText(group(['owner', 'owner']))).not.toContain('owner')
    expect(leavingText(group(['member', 'owner']))).not.toContain('owner')
  })
})
