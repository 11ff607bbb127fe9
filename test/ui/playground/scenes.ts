// Scenes: worlds worth looking at. `?scene=` in the playground picks one, the screenshot script and the axe tests go through all.
import type { EventId } from '../../../src/core/ids.ts'
import type { Notifier, NotifyPermission } from '../../../src/ports/notifier.ts'
import type { PersonView } from '../../../src/ports/queries.ts'
import type { Preferences } from '../../../src/ports/preferences.ts'
import { defaultPolicy } from '../../../src/core/members/role.ts'
import { answering, createWorld, deviceOf, idOf, person, type World } from './world.ts'

const alice = person('Alice', true)
const bob = person('Bob')
const carol = person('Carol the Librarian')
const dave = person('Dave')
const minute = 60_000
const day = 86_400_000

const nodes: World['connection']['nodes'] = [
  { address: '/ip4/192.0.2.7/tcp/8080/ws/p2p/12D3KooWLkMNRz2vTg8', state: 'reserved', chosen: true, origin: 'page' },
  {
    address: '/dns4/meet.example.org/tcp/443/wss/p2p/12D3KooWQ1',
    state: 'unreachable',
    chosen: true,
    origin: 'added',
    trouble: 'silent',
  },
]

const lively = (): World => {
  const world = createWorld(alice)
  const now = Date.now()
  const hike = world.addRoom('group', 'Saturday hike', [bob, carol, dave])
  hike.members = hike.members.map((member) =>
    member.name === 'Bob'
      ? { ...member, online: true, here: true, path: 'direct' }
      : member.name === 'Carol the Librarian'
        ? { ...member, online: true, here: true, path: 'relayed' }
        : member,
  )
  const at = (minutesAgo: number): { at: number } => ({ at: now - minutesAgo * minute })
  const mine = (state: 'waiting' | 'carried' | 'delivered' | 'read', have: number) => ({ delivery: { state, have, of: 3 } })
  const joined = (who: PersonView) => ({ kind: 'joined', person: who.identity, name: who.name }) as const
  world.notice(hike, alice, { kind: 'created', name: 'Saturday hike' }, { at: now - day - 90 * minute })
  world.notice(hike, alice, joined(bob), { person: bob, at: now - day - 84 * minute })
  world.notice(hike, alice, joined(carol), { person: carol, at: now - day - 80 * minute })
  world.say(hike, carol, 'Morning! Are we still on for the ridge on Saturday?', { at: now - day - 60 * minute })
  world.say(hike, carol, 'The forecast says sun until four, then it turns.', { at: now - day - 59 * minute })
  const plan = world.say(hike, alice, 'Yes. I would start early then: train at **7:12**, top by noon.', {
    at: now - day - 52 * minute,
    ...mine('read', 3),
    reactions: [
      { emoji: '👍', by: ['Bob', 'Carol the Librarian'], mine: false },
      { emoji: '❤️', by: ['Dave'], mine: false },
    ],
  })
  world.say(hike, bob, '7:12 is a crime, but fine.', {
    at: now - day - 40 * minute,
    ...answering(plan),
    reactions: [{ emoji: '😂', by: ['Alice', 'Carol the Librarian', 'Dave'], mine: true }],
  })
  world.say(
    hike,
    carol,
    'What everyone should bring:\n\n- two litres of water\n- a layer for the wind\n- ~~sandwiches~~ I make sandwiches',
    at(48),
  )
  world.say(hike, dave, 'Route is here: https://maps.example.org/ridge/trail-17 and the gate code is `4417#`', at(35))
  world.say(hike, alice, 'Perfect, thank you both.', { ...at(33), ...mine('read', 3) })
  world.say(hike, alice, 'I will bring the small stove, so there is coffee at the top.', { ...at(32), ...mine('delivered', 3) })
  world.say(hike, dave, 'There is a 7:40 as well. It saves nobody’s soul, but half an hour of sleep.', { ...at(20), ...answering(plan) })
  world.say(
    hike,
    carol,
    'I have made the list for the kitchen:\n\n```ts\n// per person\nconst water = 2 * people.length // litres\nconst left = sandwiches.filter((one) => one.with !== "egg")\n```',
    at(16),
  )
  world.say(hike, dave, '@Alice, the last episode: ||it was the gardener||', { ...at(14), callsMe: true })
  world.say(hike, bob, 'Now it is a good plan.', at(12))
  world.say(hike, bob, '> train at 7:12\n\nSee you on platform 4, second wagon.', at(11))
  world.say(hike, alice, 'Dave, can you tell your sister? I have no way to reach her.', { ...at(2), ...mine('carried', 1) })
  hike.consistency = { same: 3, of: 3, gaps: [] }
  hike.readUpTo = hike.items.length
  hike.typing = ['Carol the Librarian']

  const direct = world.addRoom('direct', 'Bob', [{ ...bob, labels: ['Family', 'Hikers'] }])
  direct.members = direct.members.map((member) => (member.isMe ? member : { ...member, online: true, here: true, path: 'direct' }))
  world.folders = [
    { id: 'outdoors', name: 'Outdoors', conversations: [hike.id] },
    { id: 'close', name: 'Close ones', conversations: [direct.id] },
  ]
  direct.members = direct.members.map((member) => (member.isMe ? member : { ...member, status: { emoji: '🏖️', text: 'By the sea' } }))
  world.say(direct, alice, 'Did the parcel come?', { at: now - 70 * minute, delivery: { state: 'read', have: 1, of: 1 } })
  world.say(direct, bob, 'It did! The neighbours had it.', at(61))
  direct.readUpTo = 2
  world.say(direct, bob, 'I owe you a coffee for that.', at(6))
  world.say(direct, bob, 'Or two.', at(5))

  const away = world.addRoom('direct', 'Carol the Librarian', [{ ...carol, labels: ['Book club'] }])
  world.say(away, carol, 'Call me when you are back from the lake', { at: now - 2 * day })
  away.readUpTo = 1
  world.say(away, alice, 'Back! Trying you tomorrow.', { ...at(25), delivery: { state: 'waiting', have: 0, of: 1 } })
  world.say(away, alice, 'And thank you for the *book*.', { ...at(24), delivery: { state: 'waiting', have: 0, of: 1 } })
  away.readUpTo = 3

  const choir = world.addRoom('group', 'Choir, Tuesday', [carol, dave])
  world.say(choir, dave, 'The hall is booked until Christmas.', { at: now - 4 * day })
  choir.readUpTo = 1
  choir.draft = 'Could someone send the'
  choir.mutedUntil = now + day
  direct.pinned = true
  const book = world.addRoom('direct', 'Dave', [dave])
  world.say(book, dave, 'ok', { at: now - 9 * day })
  book.readUpTo = 1

  world.connection = {
    state: 'direct',
    nodes,
    links: [
      { device: deviceOf(bob), person: 'Bob', identity: bob.identity, path: 'direct', since: now - 14 * minute, roundTripMs: 24 },
      {
        device: deviceOf(carol),
        person: 'Carol the Librarian',
        identity: carol.identity,
        path: 'relayed',
        since: now - 3 * minute,
        roundTripMs: 180,
        through: { kind: 'node', address: nodes[0]!.address },
      },
    ],
  }
  return world
}

/** A group that Alice owns, with somebody of every role, gaps, a fork, couriers, and people who are verified or blocked. */
const trust = (): World => {
  const world = createWorld(alice)
  const now = Date.now()
  const aliceAgain = person('Alice II')
  const choir = world.addRoom('group', 'Choir', [bob, { ...carol, labels: ['Book club'] }, dave, aliceAgain])
  const as = { Bob: 'moderator', Dave: 'reader' } as const
  choir.members = choir.members.map((member) => ({
    ...member,
    ...(member.name in as ? { role: as[member.name as keyof typeof as] } : {}),
    ...(member.name === 'Bob' ? { online: true, here: true, path: 'direct', verified: true } : {}),
    ...(member.name === 'Carol the Librarian' ? { online: true, here: true, path: 'relayed', forked: true } : {}),
    ...(member.name === 'Alice II' ? { blocked: true } : {}),
  }))
  choir.consistency = {
    same: 2,
    of: 4,
    gaps: [
      { person: 'Carol the Librarian', theyLack: 3, weLack: 0 },
      { person: 'Dave', theyLack: 0, weLack: 1 },
    ],
  }
  const at = (minutesAgo: number): { at: number } => ({ at: now - minutesAgo * minute })
  world.notice(choir, alice, { kind: 'role', person: bob.identity, role: 'moderator' }, { person: bob, at: now - 50 * minute })
  world.notice(choir, alice, { kind: 'role', person: dave.identity, role: 'reader' }, { person: dave, at: now - 49 * minute })
  world.say(choir, carol, 'Do we sing on the 24th?', { ...at(30), late: true })
  world.say(choir, bob, 'Yes, at six. Bring a candle.', at(20))
  world.notice(choir, carol, { kind: 'forked' }, { at: now - 15 * minute, alarm: carol })
  world.say(choir, alice, 'I asked her, it was an old backup.', { ...at(9), delivery: { state: 'carried', have: 2, of: 4, carriers: 2 } })
  world.notice(choir, dave, { kind: 'missing', count: 3 }, { at: now - 2 * minute })
  choir.readUpTo = choir.items.length

  const direct = world.addRoom('direct', 'Bob', [bob])
  direct.members = direct.members.map((member) =>
    member.isMe ? member : { ...member, online: true, here: true, path: 'direct', verified: true, courier: true },
  )
  direct.consistency = { same: 2, of: 2, gaps: [] }
  world.say(direct, bob, 'See you there.', at(5))
  direct.readUpTo = 1

  const hidden = world.addRoom('direct', 'Alice II', [aliceAgain])
  hidden.members = hidden.members.map((member) => (member.isMe ? member : { ...member, blocked: true }))
  world.say(hidden, aliceAgain, 'Why do you not answer?', at(3))

  const news = world.addRoom('group', 'Announcements', [bob, carol])
  news.members = news.members.map((member) => ({ ...member, role: member.isMe ? 'reader' : member.name === 'Bob' ? 'owner' : 'member' }))
  news.policy = { ...news.policy, post: 'moderator', history: 'all' }
  world.say(news, bob, 'The hall is closed on Friday.', at(40))
  news.readUpTo = 1

  const out = world.addRoom('group', 'Old book club', [bob], { standing: 'left' })
  out.members = out.members.filter((member) => !member.isMe)
  world.say(out, bob, 'Chapter nine for Monday.', at(200))
  world.notice(out, bob, { kind: 'removed', person: alice.identity }, { person: alice, at: now - 190 * minute })
  out.readUpTo = 2
  for (const room of world.rooms)
    room.members = room.members.map((member) => (member.name === 'Bob' ? { ...member, verified: true } : member))
  world.connection = {
    state: 'direct',
    nodes,
    links: [{ device: deviceOf(bob), person: 'Bob', identity: bob.identity, path: 'direct', since: now - 14 * minute, roundTripMs: 24 }],
    troubles: [
      { identity: bob.identity, trouble: 'lost', at: now - 15 * minute },
      { identity: dave.identity, trouble: 'away', at: now - 3 * day },
    ],
  }
  return world
}

/** What can be said beside words: places, contact cards, polls; what disappears, goes out later, or is not taken by anybody. */
const beside = (): World => {
  const world = createWorld(alice)
  const now = Date.now()
  const at = (minutesAgo: number): { at: number } => ({ at: now - minutesAgo * minute })
  const lake = world.addRoom('group', 'Weekend at the lake', [bob, carol, dave])
  lake.members = lake.members.map((member) => (member.isMe ? member : { ...member, online: true, here: true, path: 'direct' }))
  const option = (text: string, by: readonly string[]) => ({ text, by, mine: by.includes('Alice') })
  const ways = [option('By train', ['Bob', 'Dave']), option('By bicycle, and back with the last boat', ['Alice'])]
  const days = [option('Saturday', ['Alice', 'Bob', 'Carol the Librarian']), option('Sunday', [])]
  const taken = { delivery: { state: 'read', have: 3, of: 3 } } as const
  world.say(lake, carol, 'Which day?', { ...at(90), poll: { multiple: false, options: days, voters: 3, closed: true, tooLate: 1 } })
  world.say(lake, alice, 'How shall we go there?', {
    ...at(80),
    ...taken,
    poll: { multiple: true, options: ways, voters: 3, closed: false, tooLate: 0, closesAt: now + day },
  })
  world.say(lake, bob, 'Here', { ...at(40), place: { latitude: 47_376_887, longitude: 8_541_694, accuracy: 25 } })
  world.say(lake, alice, 'And here', { ...at(39), ...taken, place: { latitude: -33_868_820, longitude: 151_209_290, accuracy: null } })
  world.say(lake, dave, 'My contact card', { ...at(30), card: 'AWf3kq0hTnC2s8mRzv1yPzJx4bQ0mJ7uKcVdE5oXaLw9GhTzNqBs' })
  world.notice(lake, alice, { kind: 'timer', seconds: 86_400 }, { at: now - 20 * minute })
  lake.timer = 86_400
  world.say(lake, carol, 'The key lies under the blue pot.', { ...at(19), fades: { lifetime: 86_400, at: now + day - 19 * minute } })
  world.say(lake, alice, 'I bring the bread.', { ...at(9), delivery: { state: 'waiting', have: 0, of: 3 } })
  const { delivery: _, thread: __, ...unsaid } = world.say(lake, alice, 'Good morning, everybody!', at(3))
  lake.items = [...lake.items.slice(0, -1), { ...unsaid, later: { n: 1, when: { kind: 'at', at: now + 9 * 60 * minute } } }]
  lake.readUpTo = lake.items.length
  const bobs = { device: deviceOf(bob), person: 'Bob', identity: bob.identity, path: 'direct', since: now - 14 * minute } as const
  world.connection = { state: 'direct', nodes, links: [{ ...bobs, roundTripMs: 24 }] }
  return world
}

/** Strangers who want to talk, a contact link, and somebody who was asked. */
const strangers = (): World => {
  const world = lively()
  const now = Date.now()
  world.contactLink = 'http://localhost:8080/#/j/Er9kq0hTnC2s8mRzv1yPzJx4bQ0mJ7uKcVdE5oXaLw9GhTzNqBsAlice'
  world.requests = {
    requests: [
      {
        person: person('Carol II'),
        text: 'Hello! I found your link on the choir page. Could I still join for Christmas?',
        at: now - 4 * minute,
      },
      { person: person('Bob'), text: `Same name, another person.\n${'And a long story. '.repeat(30)}`, at: now - 2 * 60 * minute },
      { person: person('\u202eevil <b>Dave</b>'), text: '[click](javascript:alert(1)) https://evil.example', at: now - 2 * day },
    ],
    turnedAway: 976,
  }
  world.preview = { kind: 'contact', title: 'Carol the Librarian', inviter: 'Carol the Librarian', confirmed: false }
  const asked = world.addRoom('direct', 'Dave II', [], { standing: 'asking' })
  world.say(asked, alice, 'Hello, are you the one with the boat?', { at: now - 3 * minute, delivery: { state: 'waiting', have: 0, of: 0 } })
  return world
}

/** A group for announcements that Alice looks after and that people ask to join; and one that she asks to join herself. */
const approving = (): World => {
  const world = createWorld(alice)
  const now = Date.now()
  const garden = world.addRoom('group', 'Allotment', [bob, carol])
  garden.members = garden.members.map((member) => (member.name === 'Bob' ? { ...member, role: 'moderator' } : member))
  garden.policy = { ...garden.policy, invite: 'moderator', post: 'moderator' }
  garden.approval = true
  garden.applicants = [
    { person: person('Carol II'), at: now - 3 * 60 * minute },
    { person: person('Dave'), at: now - 4 * minute },
  ]
  world.say(garden, carol, '', { at: now - 2 * day, deleted: true, deletedBy: bob })
  world.notice(garden, alice, { kind: 'policy', policy: garden.policy, before: defaultPolicy }, { at: now - 60 * minute })
  world.notice(garden, alice, { kind: 'approval', on: true }, { at: now - 59 * minute })
  world.say(garden, bob, 'The water is turned off from Monday on.', { at: now - 20 * minute })
  garden.readUpTo = garden.items.length
  const swimmers = world.addRoom('group', 'Night swimmers', [], { standing: 'joining', awaitsApproval: true, members: [] })
  world.say(swimmers, alice, 'Hello, I swim on the other shore.', { at: now - 2 * minute, delivery: { state: 'waiting', have: 0, of: 0 } })
  world.notice(swimmers, alice, { kind: 'refused', reason: 'approval' }, { at: now - minute })
  world.connection = { state: 'direct', nodes, links: [{ device: deviceOf(bob), person: 'Bob', path: 'direct', since: now - 14 * minute }] }
  return world
}

const askedFirst = (): World => {
  const world = first()
  world.preview = { kind: 'contact', title: 'Carol the Librarian', inviter: 'Carol the Librarian', confirmed: false }
  return world
}

const quiet = (): World => {
  const world = createWorld(alice)
  world.connection = { state: 'ready', nodes, links: [] }
  return world
}

const first = (): World => {
  const world = createWorld(alice)
  world.session = { kind: 'new' }
  world.connection = { state: 'connecting', nodes, links: [] }
  world.preview = { kind: 'group', title: 'Saturday hike', inviter: 'Carol the Librarian', confirmed: true }
  return world
}

const broken = (): World => {
  const world = createWorld(alice)
  world.session = { kind: 'broken', reason: 'forbidden' }
  return world
}

/** What a hostile person types, one message each. */
export const hostileTexts = [
  '<img src=x onerror="globalThis.pwned=1">',
  '<script>globalThis.pwned=1</script>',
  '[click](javascript:globalThis.pwned=1)',
  '[https://bank.example](https://evil.example/login)',
  '![](https://evil.example/pixel.png)',
  '<svg onload=globalThis.pwned=1></svg> <b>not bold</b>',
  '`</code><script>globalThis.pwned=1</script>`',
  'https://xn--pple-43d.example/ and [https://аpple.example/](https://аpple.example/)',
  'data:text/html,<script>1</script> [x](data:text/html,1) [y](vbscript:x)',
  `${'> '.repeat(400)}deep`,
  '*'.repeat(3000),
  '"><iframe srcdoc="<script>globalThis.pwned=1</script>">',
  '\u202eevil\u202c {{constructor}} ${alert(1)}',
]

const hostile = (): World => {
  const world = createWorld(alice)
  const stranger = person('\u202e<b onclick=x>Dave</b>')
  const room = world.addRoom('group', '<img src=x onerror="globalThis.pwned=1">', [stranger])
  hostileTexts.forEach((text, i) => world.say(room, stranger, text, { at: Date.now() - (30 - i) * 6 * minute }))
  const guest = { ...bob, name: '<img src=x onerror="globalThis.pwned=1">' }
  world.notice(room, bob, { kind: 'joined', person: guest.identity, name: guest.name }, { person: guest })
  world.say(room, stranger, 'quoting', {
    replyTo: { id: idOf<EventId>('x'), author: '<script>1</script>', text: '<img src=x onerror="globalThis.pwned=1">' },
    reactions: [{ emoji: '<img src=x onerror="globalThis.pwned=1">', by: ['<b>M</b>'], mine: false }],
  })
  return world
}

const long = (): World => {
  const world = createWorld(alice)
  const room = world.addRoom('group', 'A long story', [bob, carol])
  const people = [alice, bob, carol]
  for (let i = 0; i < 5_000; i++) {
    const who = people[(i * 7) % 3 === 0 ? i % 3 : (i >> 2) % 3] ?? bob
    world.say(room, who, `Message ${i}: ${'lorem ipsum dolor sit amet '.repeat(1 + ((i * 13) % 7))}`, {
      at: Date.now() - (5_000 - i) * 3 * minute,
      ...(who.isMe ? { delivery: { state: 'read', have: 2, of: 2 } } : {}),
    })
  }
  room.readUpTo = room.items.length
  return world
}

/** Every scene by its name. */
export const scenes = { lively, trust, beside, strangers, approving, askedFirst, quiet, first, broken, hostile, long } satisfies Record<
  string,
  () => World
>
export type SceneName = keyof typeof scenes

/** Preferences that last as long as the page. */
export const memoryPreferences = (): Preferences => {
  const values = new Map<string, string>()
  return { read: (name) => values.get(name), write: (name, value) => void values.set(name, value) }
}

/** Shows nothing outside of the page. */
export const quietNotifier = (permission: NotifyPermission): Notifier => ({
  permission: () => permission,
  ask: async () => permission,
  show: async () => undefined,
  clear: async () => undefined,
  badge: () => undefined,
  isLookedAt: async () => true,
  onChosen: () => () => undefined,
})
