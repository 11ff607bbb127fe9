// Being invited: the link is read, the conversation exists here at once, and whoever of its members can be reached is asked to let us in.
import { equalBytes } from '../core/codec/bytes.ts'
import { nextAround, nextOn, successors } from '../core/fan-out/ring.ts'
import { decodeInvite, type ContactLink, type InviteLink } from '../core/invite/link.ts'
import { inviteKeys, joinMessage } from '../core/invite/secret.ts'
import type { ConversationId, DeviceId, Tag } from '../core/ids.ts'
import { err, failure, ok, type Result } from '../core/result.ts'
import { encodeLinkMessage, type RefusedReason, type RoomMessage } from '../core/sync/messages.ts'
import { tagsAt } from '../core/tags.ts'
import type { CommandProblem, InvitePreview, InviteProblem } from '../ports/commands.ts'
import type { ConversationRecord, JoinRecord } from '../ports/tables.ts'
import { cardBytes } from './admit.ts'
import { orDrop, untilStored } from './background.ts'
import { newDeviceCard } from './device-keys.ts'
import { personCardOf } from './identity.ts'
import type { Links } from './links.ts'
import type { Nodes } from './nodes.ts'
import { problem } from './problems.ts'
import type { Draft } from './draft.ts'
import { forget } from './forget.ts'
import { previewContact } from './contact/preview.ts'
import { emptyRoom, newRecord, otherDevices, type Room } from './room.ts'
import { sayUnsent } from './send.ts'
import type { Session } from './session.ts'
import { createTrying } from './trying.ts'

export interface Joining {
  load(): Promise<void>
  preview(text: string, waitMs: number): Promise<Result<InvitePreview, InviteProblem>>
  /**
   * Begins to ask to be let in by a secret, with the devices known that can do so; `enter` adds to the room and to the commit that brings
   * it. `false` when the secret could add nothing.
   */
  joinRoom(
    id: ConversationId,
    by: Pick<JoinRecord, 'secret' | 'expiresAt'>,
    as: ConversationRecord['as'],
    title: string,
    candidates: Iterable<DeviceId>,
    enter?: (room: Room, draft: Draft) => Promise<Room>,
  ): Promise<boolean>
  join(text: string): Promise<Result<ConversationId, InviteProblem | CommandProblem>>
  /** Gives up being let in; whoever wrote down that one asks is told, later if they are not here. */
  stop(id: ConversationId): Promise<Result<void, CommandProblem>>
  /** Tags at which those who can let us in may be found. */
  tags(): readonly Tag[]
  /** Devices found there, to be linked with: a few of them, and more from moment to moment until one has let us in. */
  candidates(): readonly DeviceId[]
  /** Whether a device was found there, and has not said no. */
  isCandidate(device: DeviceId): boolean
  found(tag: Tag, device: DeviceId): void
  linked(device: DeviceId): void
  hear(device: DeviceId, message: RoomMessage): void
  /** Whether what this device says of the conversation may let us in; `speaks` when it just did. */
  mayAdmit(device: DeviceId, id: ConversationId, speaks: boolean): boolean
}

/**
 * Milliseconds that one has to let us in before another is asked too: whoever is asked adds us and makes an epoch, and what several of them
 * did at once all would keep.
 */
const turnMs = 3_000
/** Asks again, on a link that stands, when nobody answered; each time after twice as long. */
const askAgainMs = 5_000
const askAgainAtMostMs = 600_000
/** Names fit on the sheet before the network has confirmed anything, and the search goes on while the person decides. */
const previewLifeMs = 180_000

interface Pending {
  readonly secret: Uint8Array
  readonly candidates: Set<DeviceId>
  /** How often each was asked on the present link, and when it may be again, in milliseconds since 1970. */
  readonly asked: Map<DeviceId, { readonly tries: number; readonly againAt: number }>
  /**
   * Devices that spoke of the conversation by themselves: one that let us in when we were gone before its word came. They are heard, since
   * what they say proves itself, and never asked.
   */
  readonly speakers: Set<DeviceId>
  /** Devices that said no. Each speaks for itself alone: it may lie, or its clock may be wrong, and another may still let us in. */
  readonly refusedBy: Set<DeviceId>
}

const newPending = (secret: Uint8Array, candidates: Iterable<DeviceId>): Pending => ({
  secret,
  candidates: new Set(candidates),
  asked: new Map(),
  speakers: new Set(),
  refusedBy: new Set(),
})

interface Join extends Pending, Pick<JoinRecord, 'card' | 'expiresAt' | 'isOff'> {
  /** When somebody else may be asked, in milliseconds since 1970. */
  turnEndsAt: number
}

export const createJoining = (session: Session, links: Links, nodes: Pick<Nodes, 'invited'>, changed: () => void): Joining => {
  /** Ends the wait for the next turn. */
  const waiting = new Map<ConversationId, () => void>()
  const joins = new Map<ConversationId, Join>()
  const previews = new Map<ConversationId, Pending & { readonly answered: (preview: { title: string; inviter: string }) => void }>()
  const trying = createTrying({ clock: session.clock, changed })
  /** Whoever was told no goes on looking for others until the link has run out by the own clock too: then everybody has to say no. */
  const isOver = ({ refusedBy, expiresAt }: Join): boolean => refusedBy.size > 0 && expiresAt < session.clock.now()
  const pending = (): readonly [ConversationId, Pending][] => [...[...joins].filter(([, join]) => !isOver(join)), ...previews]

  /** Those who come next on the ring: whoever lets us in will be linked with us afterwards, too. Whoever was asked twice may say nothing for ever. */
  const nextOf = (id: ConversationId, { candidates, refusedBy, asked }: Pending): readonly DeviceId[] => {
    const willing = [...candidates].filter((device) => !refusedBy.has(device))
    const next = nextAround(id, session.me.device, willing)
    const isUp = (device: DeviceId): boolean => links.pathTo(device) !== undefined && (asked.get(device)?.tries ?? 0) < 2
    const isOpen = (device: DeviceId): boolean => links.pathTo(device) === undefined && !links.isMissing(device)
    return trying.choose(id, (spare) => nextOn(next, successors, { isUp, spare }), isOpen)
  }

  const ask = async (join: Join, device: DeviceId, id: ConversationId): Promise<void> => {
    const keys = inviteKeys(join.secret)
    const person = personCardOf(session.profile(), join.card)
    const message = joinMessage(id, keys.invite, session.me.device, device, cardBytes(person))
    const proof = await session.signer.sign(keys.seed, message)
    links.send(device, encodeLinkMessage({ kind: 'join', conversation: id, invite: keys.invite, person, proof }))
  }

  /** Asks whoever was asked least of those that are linked, one at a time; comes back when it is somebody else's turn, or theirs again. */
  const askNext = (id: ConversationId): void => {
    waiting.get(id)?.()
    const join = joins.get(id)
    if (join?.isOff) return sayOff(id)
    const linked = [...(join?.candidates ?? [])].filter((device) => !join?.refusedBy.has(device) && links.pathTo(device) !== undefined)
    if (join === undefined || linked.length === 0) return
    const now = session.clock.now()
    // Times that a clock which was set back would keep out of reach are over.
    const reached = (at: number, mostMs: number): number => (at > now + mostMs ? now : at)
    const dueAt = (device: DeviceId): number => reached(join.asked.get(device)?.againAt ?? 0, askAgainAtMostMs)
    join.turnEndsAt = reached(join.turnEndsAt, turnMs)
    const device = linked.reduce((a, b) => (dueAt(b) < dueAt(a) ? b : a))
    if (now >= join.turnEndsAt && now >= dueAt(device)) {
      const tries = join.asked.get(device)?.tries ?? 0
      join.asked.set(device, { tries: tries + 1, againAt: now + Math.min(askAgainMs * 2 ** tries, askAgainAtMostMs) })
      join.turnEndsAt = now + turnMs
      void ask(join, device, id)
    }
    const next = Math.max(join.turnEndsAt, Math.min(...linked.map(dueAt)))
    waiting.set(
      id,
      session.clock.after(next - now, () => askNext(id)),
    )
  }

  /** To everybody who is here, until somebody says that they have heard it. */
  const sayOff = (id: ConversationId): void => {
    for (const device of joins.get(id)?.candidates ?? [])
      if (links.pathTo(device) !== undefined) links.send(device, encodeLinkMessage({ kind: 'step-back', conversation: id }))
  }

  /** Nothing is left to be told. A conversation of which nothing more was ever here goes with it. */
  const end = async (id: ConversationId): Promise<void> => {
    joins.delete(id)
    changed()
    await session.rooms.enter(id, async (room, draft) => {
      draft.delete('joins', [id])
      return room === undefined ? { value: undefined } : { room, value: undefined }
    })
    if (session.rooms.get(id)?.conversation.members === undefined) await forget(session, id)
  }

  const stop = async (id: ConversationId): Promise<Result<void, CommandProblem>> => {
    const join = joins.get(id)
    const isWrittenDown = await session.rooms.enter<boolean | undefined>(id, async (room, draft) => {
      const kept = await draft.get('joins', [id])
      if (room?.record.standing !== 'joining') return { value: undefined }
      for (const { key } of await session.store.read((reader) => reader.list('unsent', [id]), ['unsent'])) draft.delete('unsent', key)
      if (kept !== undefined) draft.put('joins', [id], { ...kept, isOff: true })
      const { awaitsApproval, ...record } = room.record
      return { room: { ...room, allSaid: true, record: { ...record, standing: 'left' } }, value: awaitsApproval === true }
    })
    if (isWrittenDown === undefined) return problem('not-allowed')
    waiting.get(id)?.()
    if (!isWrittenDown || join === undefined || join.expiresAt < session.clock.now()) await end(id)
    else {
      joins.set(id, { ...join, isOff: true })
      sayOff(id)
    }
    return ok(undefined)
  }

  const askPreview = (device: DeviceId, id: ConversationId): void => {
    const preview = previews.get(id)
    if (preview === undefined || !preview.candidates.has(device)) return
    links.send(device, encodeLinkMessage({ kind: 'preview', conversation: id, invite: inviteKeys(preview.secret).invite }))
  }

  const approach = (device: DeviceId, id: ConversationId): void => {
    if (links.pathTo(device) === undefined) return
    askPreview(device, id)
    askNext(id)
  }

  /** Whom the same link has found so far; another link into the same conversation meets elsewhere. */
  const foundFor = (id: ConversationId, secret: Uint8Array): readonly DeviceId[] =>
    [previews.get(id), joins.get(id)].flatMap((known) =>
      known !== undefined && equalBytes(known.secret, secret) ? [...known.candidates] : [],
    )

  /**
   * Whether there is nothing that this link could add. Another link into a conversation that nobody has let us into yet takes the place of
   * the one before, which may have been mistyped or have run out; the same one again asks those again who said no.
   */
  const isTaken = (id: ConversationId, secret: Uint8Array): boolean => {
    const standing = session.rooms.get(id)?.record.standing
    const join = joins.get(id)
    if (standing === 'joining') return join !== undefined && join.refusedBy.size === 0 && equalBytes(join.secret, secret)
    return standing === 'member' || standing === 'inviting'
  }

  const sayWhatWaited = (id: ConversationId): void =>
    untilStored(session, () =>
      session.rooms.enter(id, async (room, draft) => {
        draft.delete('joins', [id])
        return room === undefined ? { value: undefined } : { room: await sayUnsent(session, draft, room), value: undefined }
      }),
    )

  const joinRoom: Joining['joinRoom'] = async (id, { secret, expiresAt }, as, title, candidates, enter) => {
    const created = await session.rooms.enter(id, async (known, draft) => {
      if (isTaken(id, secret)) return { value: undefined }
      const card = (await draft.get('joins', [id]))?.card ?? (await newDeviceCard(session, draft, id))
      draft.put('joins', [id], { card, secret, expiresAt })
      const room: Room =
        known?.conversation.members === undefined
          ? emptyRoom(id, newRecord(as, 'joining', title, session.clock.now()))
          : { ...known, record: { ...known.record, standing: 'joining' } }
      return { room: enter === undefined ? room : await enter(room, draft), value: card }
    })
    if (created === undefined) return false
    // Also whoever was found while this was being stored: they are told of once.
    const join = { ...newPending(secret, [...candidates, ...foundFor(id, secret)]), card: created, expiresAt, turnEndsAt: 0 }
    joins.set(id, join)
    // What the link is for, whoever lets us in says.
    const preview = previews.get(id)
    if (preview !== undefined && equalBytes(preview.secret, secret)) previews.delete(id)
    changed()
    for (const device of join.candidates) approach(device, id)
    return true
  }

  session.rooms.onCommit(({ after }) => {
    const { id } = after.conversation
    if (!joins.has(id) || after.record.standing !== 'member') return
    joins.delete(id)
    trying.restart(id)
    changed()
    sayWhatWaited(id)
  })

  return {
    joinRoom,
    stop,
    load: async () => {
      const kept = await session.store.read((reader) => reader.list('joins', []))
      for (const { key, value } of kept) {
        // Let in, but stopped before what was typed could be said: that is made good now.
        if (session.rooms.get(key[0])?.record.standing === 'member') {
          sayWhatWaited(key[0])
        } else if ((value.refused === undefined && value.isOff !== true) || value.expiresAt >= session.clock.now())
          joins.set(key[0], {
            ...newPending(value.secret, knownDevices(session, key[0])),
            card: value.card,
            expiresAt: value.expiresAt,
            turnEndsAt: 0,
            ...(value.isOff === true ? { isOff: true } : {}),
          })
      }
    },
    preview: async (text, waitMs) => {
      const link = readInvite(session, text)
      if (!link.ok) return link
      if (link.value.kind === 'contact') return previewContact(session, link.value)
      const { conversation: id, kind, inviter, title, secret } = link.value
      const said: InvitePreview = { kind, inviter, title: kind === 'group' ? title : inviter, confirmed: false }
      if (isTaken(id, secret)) return ok({ ...said, already: id })
      await nodes.invited(link.value.node)
      return new Promise((resolve) => {
        const stopWaiting = session.clock.after(waitMs, () => resolve(ok(said)))
        previews.set(id, {
          ...newPending(secret, foundFor(id, secret)),
          answered: (answer) => {
            stopWaiting()
            resolve(ok({ kind, confirmed: true, inviter: answer.inviter, title: kind === 'group' ? answer.title : answer.inviter }))
          },
        })
        for (const device of previews.get(id)?.candidates ?? []) askPreview(device, id)
        session.clock.after(previewLifeMs, () => {
          previews.delete(id)
          changed()
        })
        changed()
      })
    },
    join: async (text) => {
      const link = readInvite(session, text)
      if (!link.ok) return link
      // Such a link only lets one ask, with a first text.
      if (link.value.kind === 'contact') return problem('not-allowed')
      const { conversation: id, kind, title, inviter, secret, expiresAt } = link.value
      if (session.profile().name === '') return problem('bad-name')
      await nodes.invited(link.value.node)
      await joinRoom(id, { secret, expiresAt }, kind, kind === 'group' ? title : inviter, [])
      return ok(id)
    },
    tags: () => [...new Set(pending().flatMap(([, { secret }]) => tagsAt(inviteKeys(secret).meeting, 'invite', session.clock.now())))],
    candidates: () => [...new Set(pending().flatMap(([id, one]) => nextOf(id, one)))],
    isCandidate: (device) => pending().some(([, { candidates, refusedBy }]) => candidates.has(device) && !refusedBy.has(device)),
    found: (tag, device) => {
      for (const [id, { secret, candidates }] of pending()) {
        if (candidates.has(device) || !tagsAt(inviteKeys(secret).meeting, 'invite', session.clock.now()).includes(tag)) continue
        candidates.add(device)
        changed()
        approach(device, id)
      }
    },
    linked: (device) => {
      for (const [id, { candidates, asked }] of pending()) {
        asked.delete(device)
        if (candidates.has(device)) approach(device, id)
      }
    },
    hear: (device, message) => {
      if (message.kind === 'previewed' && previews.get(message.conversation)?.candidates.has(device) === true) {
        previews.get(message.conversation)?.answered(message)
      }
      const join = message.kind === 'refused' ? joins.get(message.conversation) : undefined
      if (join?.isOff) return join.candidates.has(device) ? orDrop(end(message.conversation)) : undefined
      // Not yet: they are asked again, and may say something else then.
      if (message.kind === 'refused' && message.reason === 'approval')
        return join?.candidates.has(device) === true ? orDrop(noteRefusal(session, message.conversation, 'approval')) : undefined
      if (message.kind === 'refused' && join?.candidates.has(device) === true && !join.refusedBy.has(device)) {
        orDrop(
          noteRefusal(session, message.conversation, message.reason).then(() => {
            join.refusedBy.add(device)
            join.turnEndsAt = 0
            askNext(message.conversation)
            changed()
          }),
        )
      }
    },
    mayAdmit: (device, id, speaks) => {
      const join = joins.get(id)
      if (speaks) join?.speakers.add(device)
      return join?.candidates.has(device) === true || join?.speakers.has(device) === true
    },
  }
}

/** Who belongs there as far as it is known: nobody, unless one was asked to talk and holds the beginning. */
const knownDevices = ({ rooms, me }: Session, id: ConversationId): readonly DeviceId[] => {
  const room = rooms.get(id)
  return room === undefined ? [] : otherDevices(room, me.identity)
}

/** For the eyes: what was answered last. */
const noteRefusal = async (session: Session, id: ConversationId, reason: RefusedReason): Promise<void> =>
  session.rooms.enter(id, async (room, draft) => {
    const join = await draft.get('joins', [id])
    if (room === undefined || join === undefined) return { value: undefined }
    const awaitsApproval = reason === 'approval'
    if (join.refused === reason && room.record.awaitsApproval === awaitsApproval) return { value: undefined }
    draft.put('joins', [id], { ...join, refused: reason })
    return { room: { ...room, record: { ...room.record, awaitsApproval } }, value: undefined }
  })

export const readInvite = (session: Session, text: string): Result<InviteLink | ContactLink, InviteProblem> => {
  const link = decodeInvite(text)
  if (!link.ok) return link
  if (link.value.kind !== 'contact' && link.value.expiresAt < session.clock.now()) {
    return err(failure('expired', 'This invite has expired. Ask for a new one.'))
  }
  return link
}
