// Small random histories: two to five people, each with a replica of their own, who write, meet now and then (both ways or one way) and
// know nothing of each other in between. Partitions are what lies between meetings.
import * as fc from 'fast-check'
import { contentEnds, emptyConversation, takeIn, type Conversation } from '../../src/core/conversation/conversation.ts'
import type { ContentBody, Head, MembersBody, UnknownBody, VerifiedEvent } from '../../src/core/event/event.ts'
import { toHex } from '../../src/core/ids.ts'
import { opsSeen, pastOfOp } from '../../src/core/members/log.ts'
import { roles, type Role } from '../../src/core/members/role.ts'
import { chainKey } from '../../src/core/log/chains.ts'
import { pictureOf } from './tiny-picture.ts'
import { bytesFor, createBody, deviceCardFor, everybody, room, sign, takeAll, tell, write, type Person } from './cast.ts'

/** Rare ones stand once, everyday ones several times. */
const deeds = [
  ...([
    'text',
    'text',
    'text',
    'text',
    'name',
    'profile',
    'picture',
    'add',
    'add',
    'add',
    'remove',
    'remove',
    'leave',
    'role',
    'role',
    'role',
  ] as const),
  ...([
    'policy',
    'device',
    'revoke',
    'invite',
    'withdraw',
    'slow',
    'apply',
    'dismiss',
    'approval',
    'join',
    'reaction',
    'epoch',
    'unknown',
  ] as const),
] as const

export interface Deed {
  readonly kind: (typeof deeds)[number] | 'meet' | 'hear'
  /** Who does it, and whom it concerns: taken modulo the number of people. */
  readonly by: number
  readonly about: number
  /** Milliseconds since the last deed by the doer's clock, which may go wrong. */
  readonly ms: number
  /** Whether the doer claims the earliest clock that their own chain allows, before all that they had seen. */
  readonly lies: boolean
}

const who = fc.nat({ max: 4 })
const deed = (liars: boolean): fc.Arbitrary<Deed> =>
  fc.record({
    kind: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...deeds) },
      { weight: 3, arbitrary: fc.constantFrom('meet' as const, 'hear' as const) },
    ),
    by: who,
    about: who,
    ms: fc.integer({ min: -5, max: 50 }),
    lies: liars ? fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }) : fc.constant(false),
  })

export interface Plan {
  readonly people: number
  /** What they are at first; `stranger` was not let in. The first is the creator. */
  readonly roles: readonly (Role | 'stranger')[]
  readonly deeds: readonly Deed[]
}

/** `liars`: some clocks stand before what their owners had seen. */
export const plan = (maxDeeds = 40, liars = false): fc.Arbitrary<Plan> =>
  fc.record({
    people: fc.integer({ min: 2, max: 5 }),
    roles: fc.array(fc.constantFrom<Role | 'stranger'>('owner', 'moderator', 'member', 'reader', 'stranger'), {
      minLength: 4,
      maxLength: 4,
    }),
    deeds: fc.array(deed(liars), { maxLength: maxDeeds, size: 'max' }),
  })

export interface History {
  /** Everything that anybody took into their own log, in the order written. */
  readonly events: readonly VerifiedEvent[]
  readonly replicas: readonly Conversation[]
}

/** Plays a plan. What somebody has no right to is not written: their own log refuses it. */
export const play = async ({ people, roles, deeds: script }: Plan): Promise<History> => {
  const cast = everybody.slice(0, people)
  const events = [...(await beginning(cast, roles))]
  const known: VerifiedEvent[][] = cast.map((_, index) => (index === 0 || roles[index - 1] !== 'stranger' ? [...events] : []))
  const replicas = known.map((own) => takeAll(emptyConversation(room), own))
  let now = 1_000

  const learn = (listener: number, speaker: number) => {
    const news = known[speaker]!.filter((event) => !known[listener]!.includes(event))
    replicas[listener] = takeAll(replicas[listener]!, news)
    known[listener]!.push(...news)
  }

  for (const [at, { kind, by, about, ms, lies }] of script.entries()) {
    const [me, other] = [by % people, about % people]
    now += ms
    if (kind === 'meet' || kind === 'hear') {
      learn(me, other)
      if (kind === 'meet') learn(other, me)
      continue
    }
    const body = bodyOf(kind, replicas[me]!, cast[me]!, cast[other]!, at)
    if (body === undefined) continue
    const honest = await write(replicas[me]!, cast[me]!, body, now)
    const own = replicas[me]!.chains.get(chainKey(honest.lane, honest.device))
    const event = lies ? await sign({ ...honest, hlc: (own?.hlc ?? 0) + 1 }) : honest
    const taken = takeIn(replicas[me]!, event)
    if (taken.kind !== 'taken') continue
    replicas[me] = taken.conversation
    known[me]!.push(event)
    events.push(event)
  }
  return { events, replicas }
}

/** The creator lets the others in and gives them their roles. */
const beginning = async ([creator, ...others]: readonly Person[], roles: Plan['roles']): Promise<readonly VerifiedEvent[]> => {
  const story = others.flatMap((person, index): readonly MembersBody[] => {
    const role = roles[index]!
    if (role === 'stranger') return []
    const grant: MembersBody = { kind: 'add', person: person.card, invite: null, floor: [] }
    return role === 'member' ? [grant] : [grant, { kind: 'role', identity: person.identity, role }]
  })
  return (await tell([createBody(), ...story].map((body) => [creator!, body] as const))).events
}

const bodyOf = (
  kind: (typeof deeds)[number],
  conversation: Conversation,
  author: Person,
  other: Person,
  at: number,
): MembersBody | ContentBody | UnknownBody | undefined => {
  const invite = [...(conversation.members?.invites.keys() ?? [])][at % 3]
  const head = conversation.contentHeads[at % 2]
  switch (kind) {
    case 'text':
      return { kind, text: `${author.name} ${at}`, replyTo: null }
    case 'name':
      return { kind, name: `Room ${at}` }
    case 'profile':
      return { kind, name: `${author.name} the ${at}.` }
    case 'picture':
      return { kind, of: at % 2 === 0 ? 'self' : 'group', picture: at % 5 === 0 ? new Uint8Array(0) : pictureOf((at % 100) + 1, 1) }
    case 'add':
      return { kind, person: other.card, invite: null, floor: contentEnds(conversation) }
    case 'join':
      return invite === undefined ? undefined : { kind: 'add', person: other.card, invite, floor: contentEnds(conversation) }
    case 'remove':
      return { kind, identity: other.identity, last: endsOf(conversation, other) }
    case 'role':
      return { kind, identity: other.identity, role: roles[at % roles.length]! }
    case 'policy':
      return { kind, policy: { invite: at % 2 === 0 ? 'member' : 'moderator', post: 'member', pin: 'moderator', history: 'none' } }
    case 'revoke':
      return at % 4 === 0 ? { kind, device: author.device, last: endsOf(conversation, author) } : undefined
    case 'leave':
      return { kind }
    case 'device':
      return { kind, device: deviceCardFor(author.identity, author.device, `${author.name} ${at % 4}`, at) }
    case 'invite':
      return {
        kind,
        invite: toHex(bytesFor(`invite ${at}`).subarray(0, 16)),
        key: bytesFor('key'),
        meeting: bytesFor('m'),
        expiresAt: at,
        uses: at % 3 === 0 ? 'single' : 'many',
      }
    case 'withdraw': {
      const known = [...(conversation.members?.invites.keys() ?? [])]
      return { kind, invite: known[at % Math.max(1, known.length)] ?? toHex(bytesFor('nobody’s').subarray(0, 16)) }
    }
    case 'approval':
      return { kind, on: at % 2 === 0 }
    case 'apply':
      return { kind, person: other.card, invite: invite ?? toHex(bytesFor('invite').subarray(0, 16)) }
    case 'dismiss':
      return { kind, identity: other.identity, why: at % 2 === 0 ? 'declined' : 'withdrawn' }
    case 'slow':
      return { kind, seconds: at % 90 }
    case 'reaction':
      return head && { kind, target: { id: head.id, hlc: head.hlc }, emoji: '🌱', on: at % 2 === 0 }
    case 'epoch':
      return { kind, suite: 0x0020, commitment: bytesFor(`epoch ${at}`), shares: [] }
    case 'unknown':
      return { kind, name: 'from-the-future', content: [at] }
  }
}

const endsOf = (conversation: Conversation, person: Person): readonly Head[] =>
  contentEnds(conversation).filter((head) => head.device === person.device)

/** What two replicas must agree on, in a form that compares by value. */
export const stateOf = (conversation: Conversation): unknown => ({
  chains: sorted([...conversation.chains]),
  membersHeads: sorted(conversation.membersHeads),
  contentHeads: sorted(conversation.contentHeads),
  maxHlc: conversation.maxHlc,
  ops: conversation.log.ops.map((op) => op.id),
  pasts: conversation.log.ops.map((op) => sorted(opsSeen(conversation.log, pastOfOp(conversation.log, op)).map(({ id }) => id))),
  members: conversation.members && membersOf(conversation),
})

/** The members alone. */
export const membersOf = ({ members }: Conversation): unknown =>
  members && {
    ...members,
    people: sorted([...members.people]),
    invites: sorted([...members.invites]),
    applicants: sorted([...members.applicants]),
    declined: sorted([...members.declined]),
    ownerByDevice: sorted([...members.ownerByDevice]),
    nameByIdentity: sorted([...members.nameByIdentity]),
    voidOps: sorted([...members.voidOps]),
    cutoffsByDevice: sorted([...members.cutoffsByDevice].map(([device, cutoffs]) => [device, sorted(cutoffs)])),
  }

const sorted = (list: readonly unknown[]): readonly string[] => list.map((item) => JSON.stringify(item, plain)).toSorted()

const plain = (_name: string, value: unknown): unknown =>
  value instanceof Map ? [...value] : value instanceof Uint8Array ? toHex(value) : value
