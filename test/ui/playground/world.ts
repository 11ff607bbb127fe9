// A made-up world for looking at the page and for component tests: the two ports over plain memory, with people who answer nothing by
// themselves. It keeps what the real services promise to eyes, and nothing else.
import { cleanLabels } from '../../../src/core/names.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../../src/core/ids.ts'
import { defaultPolicy } from '../../../src/core/members/role.ts'
import { excerptOf } from '../../../src/core/search/excerpt.ts'
import { holds, termsOf } from '../../../src/core/search/terms.ts'
import { err, failure, ok } from '../../../src/core/result.ts'
import type { Commands, InvitePreview } from '../../../src/ports/commands.ts'
import type { Live } from '../../../src/ports/live.ts'
import { openPrivacy } from '../../../src/ports/queries.ts'
import type {
  ApplicantView,
  ComparisonView,
  ConnectionView,
  ConsistencyView,
  ConversationKind,
  ConversationView,
  FolderView,
  InviteView,
  MemberView,
  MessageView,
  NoticeView,
  PersonView,
  Policy,
  Queries,
  SessionView,
  Standing,
  TimelineItem,
  PictureView,
  RequestsView,
  TemplateView,
} from '../../../src/ports/queries.ts'

/** A deterministic 64-digit id from a word. */
export const idOf = <T extends string>(word: string): T => {
  let hash = 7
  for (const letter of word) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0
  return Array.from({ length: 8 }, (_, i) => (Math.imul(hash, i * 2654435761 + 1) >>> 0).toString(16).padStart(8, '0')).join('') as T
}

export const person = (name: string, isMe = false): PersonView => {
  const identity = idOf<IdentityId>(name)
  return { identity, name, tag: identity.slice(0, 4), isMe }
}

/** Digits that look like a safety number and are always the same for a person. */
const digitsOf = (who: PersonView): readonly string[] =>
  Array.from({ length: 12 }, (_, i) => String((Number.parseInt(who.identity.slice(i, i + 6), 16) * (i + 7919)) % 100_000).padStart(5, '0'))

const statusOf = (members: readonly MemberView[]): Pick<MemberView, 'status'> => {
  const status = members.find((member) => !member.isMe)?.status
  return status === undefined ? {} : { status }
}

export interface Room {
  id: ConversationId
  kind: ConversationKind
  title: string
  standing: Standing
  members: MemberView[]
  items: TimelineItem[]
  typing: string[]
  policy: Policy
  approval: boolean
  applicants: readonly ApplicantView[]
  awaitsApproval: boolean
  timer: number
  slow: number
  waitUntil?: number
  draft?: string
  draftReplyTo?: EventId
  readonly threadDrafts: Map<EventId, string>
  readUpTo: number
  firstUnread?: EventId
  invites: InviteView[]
  consistency: ConsistencyView
  pinned: boolean
  archived: boolean
  mutedUntil: number
  hidden: boolean
}

/** What a command is to answer next instead of succeeding. */
export type Trouble = 'disk-full' | 'throws' | undefined

export interface World {
  readonly commands: Commands
  readonly queries: Queries
  readonly rooms: Room[]
  session: SessionView
  connection: Omit<ConnectionView, 'waiting' | 'hidden' | 'soon' | 'troubles'> & Partial<Pick<ConnectionView, 'hidden' | 'troubles'>>
  trouble: Trouble
  preview: InvitePreview
  contactLink: string | undefined
  requests: RequestsView
  comparison: ComparisonView | undefined
  pictures: readonly PictureView[]
  folders: readonly FolderView[]
  /** Commands that were given, as `name` and arguments. */
  readonly calls: (readonly [string, ...unknown[]])[]
  /** Tells every subscriber. */
  changed(): void
  addRoom(kind: ConversationKind, title: string, members: readonly PersonView[], extra?: Partial<Room>): Room
  say(room: Room, author: PersonView, text: string, extra?: Partial<MessageView>): MessageView
  notice(room: Room, author: PersonView, notice: NoticeView['notice'], extra?: Partial<NoticeView>): void
}

/** What a message says that answers another one. */
export const answering = ({ id, author, text, thread }: MessageView): Partial<MessageView> => ({
  replyTo: { id, author: author.name, text },
  ...(thread === undefined ? {} : { thread }),
})

export const createWorld = (me: PersonView = person('Alice', true)): World => {
  const listeners = new Set<() => void>()
  let serial = 0
  let templates: readonly TemplateView[] = []
  const live = <T>(read: () => T): Live<T> => ({
    subscribe: (next) => {
      const tell = (): void => next(read())
      listeners.add(tell)
      queueMicrotask(() => listeners.has(tell) && tell())
      return () => listeners.delete(tell)
    },
  })
  const rooms: Room[] = []
  const roomOf = (id: ConversationId): Room | undefined => rooms.find((room) => room.id === id)
  const messagesOf = (room: Room): MessageView[] => room.items.filter((item) => item.kind === 'message')
  const withReplies = (items: readonly TimelineItem[]): TimelineItem[] => {
    const replies = items.filter(
      (item) => item.kind === 'message' && item.thread !== undefined && item.thread.id !== item.id,
    ) as MessageView[]
    return items.map((item) => {
      const own = replies.filter(({ thread }) => thread?.id === item.id)
      const last = own.at(-1)
      if (item.kind !== 'message' || !last) return item
      const people = [...new Map(own.toReversed().map(({ author }) => [author.identity, author])).values()].slice(0, 3)
      return { ...item, replies: { count: own.length, unread: 0, at: last.at, people } }
    })
  }
  const draftReplyIn = (room: Room): Partial<Pick<ConversationView, 'draftReply'>> => {
    const answered = messagesOf(room).find(({ id }) => id === room.draftReplyTo)
    return answered ? { draftReply: { id: answered.id, author: answered.author.name, text: answered.text } } : {}
  }
  const waitingIn = (room: Room): number => messagesOf(room).filter((message) => message.delivery?.state === 'waiting').length
  const unreadIn = (room: Room): number =>
    messagesOf({ ...room, items: room.items.slice(room.readUpTo) }).filter((m) => !m.author.isMe).length
  const summary = (room: Room) => {
    const last = room.items.at(-1)
    const said = messagesOf(room).at(-1)
    const peer = room.kind === 'direct' ? room.members.find((member) => !member.isMe) : undefined
    return {
      id: room.id,
      kind: room.kind,
      title: room.title,
      ...(peer ? { peer: peer.identity } : {}),
      ...(peer?.labels ? { labels: peer.labels } : {}),
      standing: room.standing,
      awaitsApproval: room.awaitsApproval,
      asking: room.applicants.length,
      ...(said ? { lastText: { author: said.author.isMe ? 'You' : said.author.name, text: said.deleted ? '' : said.text } } : {}),
      at: last?.at ?? 0,
      unread: unreadIn(room),
      called: room.items.slice(room.readUpTo).some((item) => item.kind === 'message' && item.callsMe === true),
      ...(room.draft ? { draft: room.draft } : {}),
      waiting: waitingIn(room),
      online: room.members.filter((member) => !member.isMe && member.online).length,
      here: room.members.filter((member) => !member.isMe && member.here).length,
      ...(room.kind === 'direct' ? statusOf(room.members) : {}),
      blocked: room.kind === 'direct' && room.members.some((member) => member.blocked),
      verified: room.kind === 'direct' && room.members.some((member) => member.verified),
      pinned: room.pinned,
      archived: room.archived,
      mutedUntil: room.mutedUntil,
    }
  }
  const hitIn = (room: Room) => {
    const { id, title, kind, peer } = summary(room)
    return { conversation: id, title, kind, ...(peer === undefined ? {} : { peer }) }
  }
  const replace = (room: Room, id: EventId, change: (message: MessageView) => MessageView): void => {
    room.items = room.items.map((item) => (item.id === id && item.kind === 'message' ? change(item) : item))
  }
  const note = (who: IdentityId, change: Partial<Pick<MemberView, 'blocked' | 'verified' | 'changed' | 'courier'>>): void => {
    for (const room of rooms) room.members = room.members.map((member) => (member.identity === who ? { ...member, ...change } : member))
    world.changed()
  }
  const everybody = (): readonly MemberView[] => [
    ...new Map(rooms.flatMap((room) => room.members).map((member) => [member.identity, member])).values(),
  ]
  const nobody = failure('no-such-conversation', 'That conversation is not on this device.')
  const full = failure('disk-full', 'This device has no space left for it.')

  // What the page asks for. Commands that it does not give yet are not made up here.
  const begin = (name: string, text: string): Room => {
    const room = world.addRoom('direct', name, [], { standing: 'asking' })
    world.say(room, me, text, { delivery: { state: 'waiting', have: 0, of: 0 } })
    world.changed()
    return room
  }
  const forget = (who: IdentityId): void => {
    world.requests = { requests: world.requests.requests.filter(({ person: asks }) => asks.identity !== who), turnedAway: 0 }
    world.changed()
  }
  const known: Partial<Commands> = {
    createProfile: async (name) => {
      world.calls.push(['createProfile', name])
      world.session = { kind: 'ready', me: { ...me, name }, isLeader: true, privacy: openPrivacy }
      world.changed()
      return ok(undefined)
    },
    renameProfile: async (name) => {
      world.calls.push(['renameProfile', name])
      if (world.session.kind === 'ready') world.session = { ...world.session, me: { ...world.session.me, name } }
      world.changed()
      return ok(undefined)
    },
    createGroup: async (name) => {
      world.calls.push(['createGroup', name])
      const room = world.addRoom('group', name, [])
      world.notice(room, me, { kind: 'created', name })
      world.changed()
      return ok(room.id)
    },
    createInvite: async (id, wish) => {
      world.calls.push(['createInvite', id, ...(wish ? [wish] : [])])
      const room = (id && roomOf(id)) ?? world.addRoom('direct', '', [], { standing: 'inviting' })
      const link = 'http://localhost:8080/#/j/AWf3kq0hTnC2s8mRzv1yPzJx4bQ0mJ7uKcVdE5oXaLw9GhTzNqBs'
      const made = {
        link: room.invites.length === 0 ? link : `${link}${serial++}`,
        invite: `invite ${serial++}`,
        single: room.kind === 'direct' || wish?.single === true,
        conversation: room.id,
        joined: 0,
        expiresAt: Date.now() + (wish?.seconds ?? 7 * 86_400) * 1_000,
      }
      room.invites = [made, ...room.invites]
      world.changed()
      return ok({ link: made.link, conversation: room.id })
    },
    previewInvite: async (link) => {
      world.calls.push(['previewInvite', link])
      return link.includes('/j/') ? ok(world.preview) : err(failure('not-an-invite', 'That is not an invite. Ask for the link again.'))
    },
    joinInvite: async (link) => {
      world.calls.push(['joinInvite', link])
      const kind = world.preview.kind === 'group' ? 'group' : 'direct'
      const room = world.addRoom(kind, world.preview.title, [person(world.preview.inviter)], { standing: 'joining' })
      world.changed()
      return ok(room.id)
    },
    createContactLink: async () => {
      world.calls.push(['createContactLink'])
      world.contactLink = 'http://localhost:8080/#/j/Er9kq0hTnC2s8mRzv1yPzJx4bQ0mJ7uKcVdE5oXaLw9GhTzNqBsAlice'
      world.changed()
      return ok({ link: world.contactLink })
    },
    revokeContactLink: async () => {
      world.calls.push(['revokeContactLink'])
      world.contactLink = undefined
      world.changed()
      return ok(undefined)
    },
    askContact: async (link, text) => {
      world.calls.push(['askContact', link, text])
      return ok(begin(world.preview.inviter, text).id)
    },
    askMember: async (group, who, text) => {
      world.calls.push(['askMember', group, who, text])
      return ok(begin(everybody().find(({ identity }) => identity === who)?.name ?? '', text).id)
    },
    acceptRequest: async (who) => {
      world.calls.push(['acceptRequest', who])
      const request = world.requests.requests.find(({ person: asks }) => asks.identity === who)
      if (!request) return err(nobody)
      forget(who)
      const room = world.addRoom('direct', request.person.name, [request.person], { standing: 'joining' })
      world.say(room, request.person, request.text, { at: request.at })
      world.changed()
      return ok(room.id)
    },
    dropRequest: async (who) => {
      world.calls.push(['dropRequest', who])
      forget(who)
      return ok(undefined)
    },
    sendMessage: async (id, text, replyTo, thread) => {
      world.calls.push(['sendMessage', id, text, replyTo, ...(thread === undefined ? [] : [thread])])
      const room = roomOf(id)
      if (!room) return err(nobody)
      if (world.trouble === 'throws') throw new Error('a bug')
      if (world.trouble === 'disk-full') return err(full)
      const original = messagesOf(room).find((message) => message.id === (replyTo ?? thread))
      if (thread === undefined) room.draft = ''
      else room.threadDrafts.delete(thread)
      world.say(room, me, text, original ? answering(original) : {})
      world.changed()
      return ok(undefined)
    },
    editMessage: async (id, messageId, text) => {
      world.calls.push(['editMessage', id, messageId, text])
      const room = roomOf(id)
      if (!room) return err(nobody)
      replace(room, messageId, (message) => ({ ...message, text, edited: true }))
      world.changed()
      return ok(undefined)
    },
    deleteMessage: async (id, messageId) => {
      world.calls.push(['deleteMessage', id, messageId])
      const room = roomOf(id)
      if (!room) return err(nobody)
      replace(room, messageId, (message) => ({
        ...message,
        text: '',
        deleted: true,
        reactions: [],
        ...(message.author.isMe ? {} : { deletedBy: me }),
      }))
      world.changed()
      return ok(undefined)
    },
    react: async (id, messageId, emoji) => {
      world.calls.push(['react', id, messageId, emoji])
      const room = roomOf(id)
      if (!room) return err(nobody)
      replace(room, messageId, (message) => {
        const found = message.reactions.find((reaction) => reaction.emoji === emoji)
        const others = found?.by.filter((name) => name !== me.name) ?? []
        const mine = !found?.mine
        const by = mine ? [...others, me.name] : others
        const rest = message.reactions.filter((reaction) => reaction.emoji !== emoji)
        return { ...message, reactions: by.length > 0 ? [...rest, { emoji, by, mine }] : rest }
      })
      world.changed()
      return ok(undefined)
    },
    sendPoll: async (id, question, options, multiple, closesAt) => {
      world.calls.push(['sendPoll', id, question, options, multiple, ...(closesAt === undefined ? [] : [closesAt])])
      const room = roomOf(id)
      if (!room) return err(nobody)
      world.say(room, me, question, {
        poll: {
          multiple,
          voters: 0,
          closed: false,
          tooLate: 0,
          ...(closesAt === undefined ? {} : { closesAt }),
          options: options.map((text) => ({ text, by: [], mine: false })),
        },
      })
      world.changed()
      return ok(undefined)
    },
    closePoll: async (id, messageId) => {
      world.calls.push(['closePoll', id, messageId])
      const room = roomOf(id)
      if (!room) return err(nobody)
      replace(room, messageId, (message) => (message.poll ? { ...message, poll: { ...message.poll, closed: true } } : message))
      world.changed()
      return ok(undefined)
    },
    saveTemplate: async (text) => {
      world.calls.push(['saveTemplate', text])
      templates = [...templates, { n: (templates.at(-1)?.n ?? 0) + 1, text }]
      world.changed()
      return ok(undefined)
    },
    removeTemplate: async (n) => {
      world.calls.push(['removeTemplate', n])
      templates = templates.filter((template) => template.n !== n)
      world.changed()
      return ok(undefined)
    },
    sendPlace: async (id, place) => {
      world.calls.push(['sendPlace', id, place])
      const room = roomOf(id)
      if (!room) return err(nobody)
      world.say(room, me, `📍 ${place.latitude / 1e6}, ${place.longitude / 1e6}`, { place })
      world.changed()
      return ok(undefined)
    },
    sendCard: async (id) => {
      world.calls.push(['sendCard', id])
      const room = roomOf(id)
      if (!room) return err(nobody)
      world.say(room, me, `👤 ${me.name}`, { card: '#/j/Er9kq0hTnC2s8mRzv1yPzJx4bQ0mJ7uKcVdE5oXaLw9GhTzNqBsAlice' })
      world.changed()
      return ok(undefined)
    },
    vote: async (id, messageId, choices) => {
      world.calls.push(['vote', id, messageId, choices])
      const room = roomOf(id)
      if (!room) return err(nobody)
      replace(room, messageId, (message) => {
        if (!message.poll) return message
        const options = message.poll.options.map((option, at) => {
          const others = option.by.filter((name) => name !== me.name)
          const mine = choices.includes(at)
          return { ...option, mine, by: mine ? [...others, me.name] : others }
        })
        return { ...message, poll: { ...message.poll, options, voters: new Set(options.flatMap(({ by }) => by)).size } }
      })
      world.changed()
      return ok(undefined)
    },
    sendLater: async (id, text, when) => {
      world.calls.push(['sendLater', id, text, when])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.draft = ''
      const n = 1 + messagesOf(room).reduce((most, { later }) => Math.max(most, later?.n ?? 0), 0)
      world.say(room, me, text, { later: { n, when } })
      replace(room, room.items.at(-1)?.id as EventId, (message) => {
        const { delivery: _, ...rest } = message
        return rest
      })
      world.changed()
      return ok(undefined)
    },
    takeBack: async (id, n) => {
      world.calls.push(['takeBack', id, n])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.items = room.items.filter((item) => item.kind === 'notice' || item.later?.n !== n)
      world.changed()
      return ok(undefined)
    },
    sendNow: async (id, n) => {
      world.calls.push(['sendNow', id, n])
      const room = roomOf(id)
      const waiting = room && messagesOf(room).find(({ later }) => later?.n === n)
      if (!waiting) return err(nobody)
      replace(room, waiting.id, (message) => {
        const { later: _, ...rest } = message
        return rest
      })
      world.changed()
      return ok(undefined)
    },
    retry: async (id) => {
      world.calls.push(['retry', id])
      return ok(undefined)
    },
    setPinned: async (id, messageId, pinned) => {
      world.calls.push(['setPinned', id, messageId, pinned])
      const room = roomOf(id)
      if (!room) return err(nobody)
      replace(room, messageId, (message) => {
        const { pinned: _, ...rest } = message
        return pinned ? { ...rest, pinned } : rest
      })
      world.changed()
      return ok(undefined)
    },
    setStarred: async (id, messageId, starred) => {
      world.calls.push(['setStarred', id, messageId, starred])
      const room = roomOf(id)
      if (!room) return err(nobody)
      replace(room, messageId, (message) => {
        const { starred: _, ...rest } = message
        return starred ? { ...rest, starred } : rest
      })
      world.changed()
      return ok(undefined)
    },
    markRead: async (id, upTo) => {
      world.calls.push(['markRead', id, upTo])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.readUpTo = Math.max(room.readUpTo, room.items.findIndex((item) => item.id === upTo) + 1)
      world.changed()
      return ok(undefined)
    },
    arrange: async (id, change) => {
      world.calls.push(['arrange', id, change])
      const room = roomOf(id)
      if (!room) return err(nobody)
      Object.assign(room, change)
      world.changed()
      return ok(undefined)
    },
    present: async () => undefined,
    setStatus: async (status, seconds) => {
      world.calls.push(['setStatus', status, seconds])
      if (world.session.kind !== 'ready') return err(nobody)
      const { status: _, ...rest } = world.session
      const until = seconds === undefined ? {} : { until: Date.now() + seconds * 1_000 }
      world.session = status ? { ...rest, status: { ...status, ...until } } : rest
      world.changed()
      return ok(undefined)
    },
    setPrivacy: async (change) => {
      world.calls.push(['setPrivacy', change])
      if (world.session.kind === 'ready') world.session = { ...world.session, privacy: { ...world.session.privacy, ...change } }
      world.changed()
      return ok(undefined)
    },
    forget: async (id) => {
      world.calls.push(['forget', id])
      rooms.splice(
        rooms.findIndex((room) => room.id === id),
        1,
      )
      world.changed()
      return ok(undefined)
    },
    freeUp: async (id, before) => {
      world.calls.push(['freeUp', id, before])
      const room = rooms.find((each) => each.id === id)
      const old = room?.items.filter((item) => item.at < before).length ?? 0
      if (room) room.items = room.items.slice(old)
      world.changed()
      return ok({ removed: old, isAll: false })
    },
    saveDraft: async (id, text, replyTo, thread) => {
      world.calls.push(['saveDraft', id, text, replyTo, ...(thread === undefined ? [] : [thread])])
      const room = roomOf(id)
      if (!room) return err(nobody)
      if (thread === undefined) Object.assign(room, { draft: text, draftReplyTo: text === '' ? undefined : replyTo })
      else room.threadDrafts.set(thread, text)
      world.changed()
      return ok(undefined)
    },
    typing: async (id) => {
      world.calls.push(['typing', id])
    },
    leave: async (id) => {
      world.calls.push(['leave', id])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.standing = 'left'
      world.changed()
      return ok(undefined)
    },
    renameGroup: async (id, title) => {
      world.calls.push(['renameGroup', id, title])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.title = title
      world.changed()
      return ok(undefined)
    },
    removeMember: async (id, who) => {
      world.calls.push(['removeMember', id, who])
      const room = roomOf(id)
      const target = room?.members.find((member) => member.identity === who)
      if (!room || !target) return err(nobody)
      room.members = room.members.filter((member) => member !== target)
      world.notice(room, me, { kind: 'removed', person: target.identity }, { person: target })
      world.changed()
      return ok(undefined)
    },
    setRole: async (id, who, role) => {
      world.calls.push(['setRole', id, who, role])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.members = room.members.map((member) => (member.identity === who ? { ...member, role } : member))
      world.changed()
      return ok(undefined)
    },
    setSlow: async (id, seconds) => {
      world.calls.push(['setSlow', id, seconds])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.slow = seconds
      world.notice(room, me, { kind: 'slow', seconds })
      world.changed()
      return ok(undefined)
    },
    withdrawInvite: async (id, invite) => {
      world.calls.push(['withdrawInvite', id, invite])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.invites = room.invites.filter((known) => known.invite !== invite)
      world.changed()
      return ok(undefined)
    },
    setTimer: async (id, seconds) => {
      world.calls.push(['setTimer', id, seconds])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.timer = seconds
      world.notice(room, me, { kind: 'timer', seconds })
      world.changed()
      return ok(undefined)
    },
    setPolicy: async (id, policy, approval) => {
      world.calls.push(['setPolicy', id, policy, approval])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.policy = policy
      room.approval = approval ?? room.approval
      world.changed()
      return ok(undefined)
    },
    answerApplicant: async (id, who, accept) => {
      world.calls.push(['answerApplicant', id, who, accept])
      const room = roomOf(id)
      if (!room) return err(nobody)
      room.applicants = room.applicants.filter(({ person: asks }) => asks.identity !== who)
      world.changed()
      return ok(undefined)
    },
    stopJoining: async (id) => {
      world.calls.push(['stopJoining', id])
      rooms.splice(
        rooms.findIndex((room) => room.id === id),
        1,
      )
      world.changed()
      return ok(undefined)
    },
    setBlocked: async (who, blocked) => {
      world.calls.push(['setBlocked', who, blocked])
      note(who, { blocked })
      forget(who)
      return ok(undefined)
    },
    setNickname: async (who, nickname) => {
      world.calls.push(['setNickname', who, nickname])
      for (const room of rooms)
        room.members = room.members.map((member) => {
          const { ownName = member.name, ...rest } = member
          if (member.identity !== who) return member
          return nickname === '' ? { ...rest, name: ownName } : { ...rest, name: nickname, ownName }
        })
      for (const room of rooms) if (room.kind === 'direct') room.title = room.members.find(({ isMe }) => !isMe)?.name ?? room.title
      world.changed()
      return ok(undefined)
    },
    setLabels: async (who, labels) => {
      world.calls.push(['setLabels', who, labels])
      const kept = cleanLabels(labels)
      for (const room of rooms)
        room.members = room.members.map((member) => {
          const { labels: _, ...rest } = member
          if (member.identity !== who) return member
          return kept.length === 0 ? rest : { ...rest, labels: kept }
        })
      world.changed()
      return ok(undefined)
    },
    saveFolder: async ({ id = `folder ${world.folders.length}`, ...wish }) => {
      const known = world.folders.find((folder) => folder.id === id) ?? { id, name: '', conversations: [] }
      const saved = { ...known, ...wish }
      world.folders = world.folders.some((folder) => folder.id === id)
        ? world.folders.map((folder) => (folder.id === id ? saved : folder))
        : [...world.folders, saved]
      world.changed()
      return ok(id)
    },
    removeFolder: async (id) => {
      world.folders = world.folders.filter((folder) => folder.id !== id)
      world.changed()
      return ok(undefined)
    },
    orderFolders: async (ids) => {
      world.folders = world.folders.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
      world.changed()
      return ok(undefined)
    },
    setVerified: async (who, verified) => {
      world.calls.push(['setVerified', who, verified])
      note(who, { verified, changed: false })
      return ok(undefined)
    },
    setPicture: async (bytes) => {
      world.calls.push(['setPicture', bytes])
      world.pictures = bytes.length === 0 ? [] : [{ of: me.identity, bytes }]
      world.changed()
      return ok(undefined)
    },
    setGroupPicture: async (id, bytes) => {
      world.calls.push(['setGroupPicture', id, bytes])
      world.pictures = bytes.length === 0 ? [] : [{ of: id, bytes }]
      world.changed()
      return ok(undefined)
    },
    compareEmojis: async (conversation, who) => {
      world.calls.push(['compareEmojis', conversation, who])
      const found = roomOf(conversation)?.members.find((member) => member.identity === who)
      if (!found?.online) return err(failure('not-here', 'They are not online now.'))
      const stage = world.comparison?.stage === 'asked' ? 'accepted' : 'asking'
      world.comparison = { person: found, conversation, stage }
      world.changed()
      return ok(undefined)
    },
    answerEmojis: async (same) => {
      world.calls.push(['answerEmojis', same])
      if (world.comparison) world.comparison = { ...world.comparison, ...(same ? { said: true } : { stage: 'ended', end: 'different' }) }
      world.changed()
      return ok(undefined)
    },
    stopEmojis: async () => {
      world.calls.push(['stopEmojis'])
      world.comparison = undefined
      world.changed()
      return ok(undefined)
    },
    setCourier: async (who, on) => {
      world.calls.push(['setCourier', who, on])
      note(who, { courier: on })
      return ok(undefined)
    },
    offerByHand: async () => ok(`https://parley.example/#/h/${'A'.repeat(240)}`),
    takeByHand: async (text) =>
      ok(text.includes('B') ? { kind: 'taken' } : { kind: 'answer', text: `https://parley.example/#/h/${'B'.repeat(240)}` }),
    addNode: async (text) => {
      world.calls.push(['addNode', text])
      const node = { address: text, state: 'connecting', chosen: false, origin: 'added' } as const
      world.connection = { ...world.connection, nodes: [...world.connection.nodes, node] }
      world.changed()
      return ok({ address: text })
    },
    removeNode: async (address) => {
      world.calls.push(['removeNode', address])
      world.connection = { ...world.connection, nodes: world.connection.nodes.filter((node) => node.address !== address) }
      world.changed()
      return ok(undefined)
    },
    setHidden: async (hidden, id) => {
      world.calls.push(['setHidden', hidden, id])
      if (id === undefined) world.connection = { ...world.connection, hidden }
      else {
        const room = roomOf(id)
        if (!room) return err(nobody)
        room.hidden = hidden
      }
      world.changed()
      return ok(undefined)
    },
    eraseDevice: async () => {
      world.calls.push(['eraseDevice'])
      rooms.length = 0
      world.session = { kind: 'new' }
      world.changed()
    },
  }

  const world: World = {
    rooms,
    session: { kind: 'ready', me, isLeader: true, privacy: openPrivacy },
    connection: { state: 'direct', nodes: [], links: [] },
    trouble: undefined,
    preview: { kind: 'direct', title: 'Bob', inviter: 'Bob', confirmed: false },
    contactLink: undefined,
    requests: { requests: [], turnedAway: 0 },
    comparison: undefined,
    pictures: [],
    folders: [],
    calls: [],
    changed: () => [...listeners].forEach((tell) => tell()),
    addRoom: (kind, title, members, extra = {}) => {
      const room: Room = {
        id: idOf<ConversationId>(`room ${title} ${serial++}`),
        kind,
        title,
        standing: 'member',
        members: [me, ...members].map((who, i) => ({
          ...who,
          role: i === 0 ? 'owner' : 'member',
          online: who.isMe,
          here: who.isMe,
          presenceHidden: false,
          blocked: false,
          verified: false,
          changed: false,
          forked: false,
          ...(who.isMe ? {} : { courier: kind === 'group' }),
        })),
        items: [],
        typing: [],
        policy: defaultPolicy,
        approval: false,
        applicants: [],
        awaitsApproval: false,
        timer: 0,
        slow: 0,
        readUpTo: 0,
        invites: [],
        consistency: { same: 1, of: 1, gaps: [] },
        pinned: false,
        archived: false,
        mutedUntil: 0,
        threadDrafts: new Map(),
        hidden: false,
        ...extra,
      }
      rooms.push(room)
      return room
    },
    say: (room, author, text, extra = {}) => {
      const id = idOf<EventId>(`message ${serial++}`)
      const message: MessageView = {
        kind: 'message',
        id,
        thread: { id, hlc: serial },
        author,
        text,
        at: Date.now(),
        edited: false,
        deleted: false,
        reactions: [],
        late: false,
        ...(author.isMe ? { delivery: { state: 'waiting', have: 0, of: room.members.length - 1 } } : {}),
        ...(room.timer > 0 ? { fades: { lifetime: room.timer, at: Date.now() + room.timer * 1_000 } } : {}),
        ...extra,
      }
      room.items = [...room.items, message]
      return message
    },
    notice: (room, author, notice, extra = {}) => {
      const line: NoticeView = { kind: 'notice', id: idOf<EventId>(`notice ${serial++}`), at: Date.now(), author, notice, ...extra }
      room.items = [...room.items, line]
    },
    queries: {
      session: () => live(() => world.session),
      conversations: () => live(() => rooms.map(summary).toSorted((a, b) => b.at - a.at)),
      conversation: (id) => {
        const opened = roomOf(id)
        const firstUnread = opened?.items.slice(opened.readUpTo).find((item) => item.kind === 'message' && !item.author.isMe)?.id
        return live(() => {
          const room = roomOf(id)
          return (
            room && {
              ...summary(room),
              members: room.members,
              typing: room.typing,
              policy: room.policy,
              approval: room.approval,
              applicants: room.applicants,
              timer: room.timer,
              slow: room.slow,
              ...(room.waitUntil === undefined ? {} : { waitUntil: room.waitUntil }),
              myRole: room.members.find((who) => who.isMe)?.role ?? 'reader',
              consistency: room.consistency,
              hidden: room.hidden,
              pins: messagesOf(room)
                .filter(({ pinned }) => pinned === true)
                .map(({ id: message, author, text }) => ({ id: message, author: author.name, text })),
              ...(firstUnread ? { firstUnread } : {}),
              ...draftReplyIn(room),
            }
          )
        })
      },
      timeline: (id, limit, around) =>
        live(() => {
          const items = withReplies(roomOf(id)?.items ?? [])
          const at =
            around === undefined ? -1 : items.findIndex((item) => (typeof around === 'number' ? item.at >= around : item.id === around))
          if (at < 0) return { items: items.slice(-limit), more: items.length > limit, newer: false }
          const from = Math.max(0, at - limit / 2)
          return { items: items.slice(from, at + limit / 2), more: from > 0, newer: at + limit / 2 < items.length }
        }),
      thread: (id, root, limit) =>
        live(() => {
          const room = roomOf(id)
          if (!room) return undefined
          const top = messagesOf(room).find((message) => message.id === root.id)
          const replies = messagesOf(room).filter((message) => message.thread?.id === root.id && message.id !== root.id)
          const items = replies.slice(-limit).map((message) => {
            const { replyTo, ...rest } = message
            return replyTo?.id === root.id ? rest : message
          })
          return {
            ...(top ? { root: top } : {}),
            isHere: top !== undefined,
            items,
            count: replies.length,
            draft: room.threadDrafts.get(root.id) ?? '',
          }
        }),
      folders: () => live(() => world.folders),
      sharedGroups: (who) =>
        live(() =>
          rooms
            .filter(({ kind, members }) => kind === 'group' && members.some(({ identity }) => identity === who))
            .map(({ id, title }) => ({ id, title })),
        ),
      storage: () =>
        live(() =>
          rooms.map((room) => ({ ...hitIn(room), standing: room.standing, events: room.items.length, bytes: room.items.length * 1_200 })),
        ),
      people: () => live(() => everybody()),
      messageDetails: (id, messageId) =>
        live(() => {
          const room = roomOf(id)
          const message = room && messagesOf(room).find((item) => item.id === messageId)
          if (!room || !message) return undefined
          const state = message.delivery?.state ?? 'delivered'
          return {
            message,
            versions: message.edited ? [{ text: 'As it was first written', at: message.at }] : [],
            people: message.author.isMe ? room.members.filter((who) => !who.isMe).map((who) => ({ person: who, state })) : [],
          }
        }),
      contactLink: () => live(() => (world.contactLink === undefined ? undefined : { link: world.contactLink })),
      requests: () => live(() => world.requests),
      invites: (id) => live(() => roomOf(id)?.invites ?? []),
      blocked: () => live(() => everybody().filter((member) => member.blocked)),
      search: (wish, limit) =>
        live(() => {
          const terms = termsOf(wish.text)
          const isAsked = terms.length > 0 || wish.people !== undefined || wish.conversation !== undefined || wish.hasLink === true
          const hits = rooms
            .filter((room) => isAsked && (wish.conversation === undefined || wish.conversation === room.id))
            .flatMap((room) =>
              messagesOf(room)
                .filter((message) => !message.deleted && holds(message.text, terms))
                .filter((message) => wish.people?.includes(message.author.identity) !== false)
                .filter((message) => message.at >= (wish.after ?? -Infinity) && message.at <= (wish.before ?? Infinity))
                .map((message) => ({
                  ...hitIn(room),
                  message: message.id,
                  author: message.author,
                  at: message.at,
                  parts: excerptOf(message.text, terms),
                })),
            )
            .toSorted((a, b) => b.at - a.at)
          return { hits: hits.slice(0, limit), more: hits.length > limit }
        }),
      templates: () => live(() => templates),
      starred: () =>
        live(() =>
          rooms
            .flatMap((room) =>
              messagesOf(room)
                .filter(({ starred }) => starred === true)
                .map(({ id: message, author, at, text }) => ({ ...hitIn(room), message, author, at, parts: excerptOf(text, []) })),
            )
            .toReversed(),
        ),
      safety: (who) =>
        live(() => {
          const found = everybody().find((member) => member.identity === who && !member.isMe)
          return found && { person: found, digits: digitsOf(found), verified: found.verified, changed: found.changed }
        }),
      comparison: () => live(() => world.comparison),
      pictures: () => live(() => world.pictures),
      connection: () =>
        live(() => ({
          hidden: false,
          soon: 0,
          troubles: [],
          ...world.connection,
          waiting: rooms.reduce((sum, room) => sum + waitingIn(room), 0),
        })),
    },
    commands: known as Commands,
  }
  return world
}

/** A device id for a person, for links. */
export const deviceOf = (who: PersonView): DeviceId => idOf<DeviceId>(`device ${who.name}`)
