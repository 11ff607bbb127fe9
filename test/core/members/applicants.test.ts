// Who asks to be let in where newcomers need approval: any member writes it down, those who may decide end it, and what was written down
// unaware of that end brings nothing back.
import { describe, expect, test } from 'vitest'
import type { MembersBody } from '../../../src/core/event/event.ts'
import { add, alice, bob, carol, dave, give, group, op, takeAll, tell } from '../cast.ts'

const [link, other] = ['ab'.repeat(16), 'cd'.repeat(16)] as const
const asks = (invite: string = link): MembersBody => ({ kind: 'apply', person: dave.card, invite })
const dismiss = (why: 'declined' | 'withdrawn'): MembersBody => ({ kind: 'dismiss', identity: dave.identity, why })
const applicantsOf = ({ members }: { readonly members: Awaited<ReturnType<typeof group>>['conversation']['members'] }) =>
  [...(members?.applicants.values() ?? [])].map(({ person, invite, by }) => [person.name, invite, by])

describe('somebody who asks to be let in', () => {
  test('is known by whoever wrote it down first, until somebody lets them in', async () => {
    const { conversation } = await group(bob, carol)
    const asked = (
      await tell(
        [
          [bob, asks()],
          [carol, asks(other)],
        ],
        conversation,
        5_000,
      )
    ).conversation
    expect(applicantsOf(asked)).toEqual([['Dave', link, bob.identity]])
    const { conversation: joined } = await tell([[alice, add(dave)]], asked, 6_000)
    expect(applicantsOf(joined)).toEqual([])
    expect(joined.members?.people.has(dave.identity)).toBe(true)
  })

  test('is turned down by those who look after the group alone, and may ask again by what came after', async () => {
    const { conversation } = await group(bob, carol)
    const { conversation: asked } = await tell([[bob, asks()]], conversation, 5_000)
    await expect(tell([[bob, dismiss('declined')]], asked, 6_000)).rejects.toThrow('may not dismiss')
    const { conversation: declined } = await tell([[alice, dismiss('declined')]], asked, 6_000)
    expect([applicantsOf(declined), declined.members?.declined.get(dave.identity)]).toEqual([[], link])
    const { conversation: again } = await tell([[bob, asks(other)]], declined, 7_000)
    expect([applicantsOf(again), again.members?.declined.size]).toEqual([[['Dave', other, bob.identity]], 0])
  })

  test('who thought better of it is taken off by any member, and is not turned down', async () => {
    const { conversation } = await group(bob, carol)
    const told = await tell(
      [
        [bob, asks()],
        [carol, dismiss('withdrawn')],
      ],
      conversation,
      5_000,
    )
    expect([applicantsOf(told.conversation), told.conversation.members?.declined.size]).toEqual([[], 0])
  })

  test.each([
    ['turned down', dismiss('declined')],
    ['taken off', dismiss('withdrawn')],
    ['let in', add(dave)],
  ] as const)('who was %s does not ask because somebody unaware wrote it down too, whichever comes first', async (_, ending) => {
    const { conversation } = await group(bob, carol)
    const first = await op(conversation, bob, asks(), 5_000)
    const held = takeAll(conversation, [first])
    const end = await op(held, alice, ending, 6_000)
    const unaware = await op(conversation, carol, asks(), 7_000)
    for (const order of [
      [first, end, unaware],
      [unaware, first, end],
    ]) {
      const all = takeAll(conversation, order)
      expect(applicantsOf(all)).toEqual([])
      expect(all.members?.declined.has(dave.identity)).toBe(ending.kind === 'dismiss' && ending.why === 'declined')
    }
  })

  test('has no part in a conversation of two, and whether they are asked for is for owners to say', async () => {
    const { conversation } = await group(bob, carol)
    await expect(tell([[bob, { kind: 'approval', on: true }]], conversation, 5_000)).rejects.toThrow('may not approval')
    const on = await tell([[alice, { kind: 'approval', on: true }]], conversation, 5_000)
    expect(on.conversation.members?.approval).toBe(true)
    const moderated = await tell([[alice, give(bob, 'moderator')]], on.conversation, 6_000)
    expect(moderated.conversation.members?.approval).toBe(true)
  })
})
