// What people do: each act is a small script on one device, through commands and queries alone, as a hand on the screen would. When
// the device crashes in the middle, the rest of the script never happens.
import type { ConversationId, EventId } from '../../../src/core/ids.ts'
import type { Failure, Result } from '../../../src/core/result.ts'
import type { ConversationSummary, MessageView } from '../../../src/ports/queries.ts'
import { unsentNumber } from '../../../src/services/unsent.ts'
import type { SimDevice } from './device.ts'
import type { SimDice } from './dice.ts'
import { marker, type Oracle } from './oracle.ts'
import { once } from './view.ts'
import type { World } from './world.ts'

/** An invite link that somebody made, passed on by word of mouth. */
interface Link {
  readonly link: string
  readonly conversation: ConversationId
  readonly isPersonal: boolean
  readonly by: SimDevice
  readonly usedBy: Set<SimDevice>
}

export type Act =
  | 'createGroup'
  | 'inviteToGroup'
  | 'invitePerson'
  | 'join'
  | 'preview'
  | 'send'
  | 'edit'
  | 'delete'
  | 'deleteForAll'
  | 'react'
  | 'read'
  | 'leave'
  | 'renameProfile'
  | 'renameGroup'
  | 'remove'
  | 'setRole'
  | 'handOver'
  | 'setPolicy'
  | 'setTimer'
  | 'rejoin'
  | 'block'
  | 'unblock'
  | 'verify'
  | 'setCourier'
  | 'typing'
  | 'draft'
  | 'look'

export interface People {
  /** Starts the script; whatever comes of it is the oracle's. */
  act(device: SimDevice, act: Act): void
  links(): readonly Link[]
}

export const createPeople = (world: World, oracle: Oracle, look: (device: SimDevice) => Promise<void>): People => {
  const links: Link[] = []
  let count = 0

  /** Counts what was refused, and gives the answer on. */
  const counted = <R extends Result<unknown, Failure>>(act: string, result: R): R => {
    if (!result.ok) {
      const reason = `${act}: ${result.error.kind}`
      oracle.refusals.set(reason, (oracle.refusals.get(reason) ?? 0) + 1)
    }
    return result
  }

  const conversationsOf = (device: SimDevice): Promise<readonly ConversationSummary[]> =>
    once(device.run()!.messenger.queries.conversations())

  /** One of the person's conversations, with what its timeline shows. */
  const open = async (device: SimDevice, dice: SimDice, standings: readonly string[] = ['member']) => {
    const open = (await conversationsOf(device)).filter((summary) => standings.includes(summary.standing))
    const summary = dice.pick(open)
    if (summary === undefined) return undefined
    const { queries } = device.run()!.messenger
    const [view, timeline] = [await once(queries.conversation(summary.id)), await once(queries.timeline(summary.id, 50))]
    const messages = timeline.items.filter((item): item is MessageView => item.kind === 'message' && !item.deleted)
    return { id: summary.id, standing: summary.standing, view, messages }
  }

  const othersIn = (conversation: Awaited<ReturnType<typeof open>>) => conversation?.view?.members.filter((member) => !member.isMe) ?? []

  const scripts: Readonly<Record<Act, (device: SimDevice, dice: SimDice) => Promise<void>>> = {
    createGroup: async (device) => {
      counted('createGroup', await device.run()!.messenger.commands.createGroup(`${marker} group ${++count}`))
    },
    inviteToGroup: async (device, dice) => {
      const { commands } = device.run()!.messenger
      const groups = (await conversationsOf(device)).filter((summary) => summary.kind === 'group' && summary.standing === 'member')
      const group = dice.pick(groups)
      if (group === undefined) return
      const invite = counted('createInvite', await commands.createInvite(group.id))
      if (!invite.ok) return
      links.push({ ...invite.value, isPersonal: false, by: device, usedBy: new Set([device]) })
    },
    invitePerson: async (device) => {
      const invite = counted('createInvite', await device.run()!.messenger.commands.createInvite())
      if (!invite.ok) return
      links.push({ ...invite.value, isPersonal: true, by: device, usedBy: new Set([device]) })
    },
    join: async (device, dice) => {
      // Now and then a single-use link is given to two.
      const open = links.filter((link) => !link.usedBy.has(device) && (!link.isPersonal || link.usedBy.size < 2 || dice.happens(0.1)))
      const link = dice.pick(open)
      if (link === undefined) return
      link.usedBy.add(device)
      const joined = counted('joinInvite', await device.run()!.messenger.commands.joinInvite(link.link))
      if (!joined.ok) return
      oracle.joined.push({ device, conversation: joined.value, by: link.by })
    },
    rejoin: async (device, dice) => {
      // Whoever left or was taken out tries the old link, or another one into the same conversation.
      const out = (await conversationsOf(device)).filter((summary) => summary.standing === 'left').map((summary) => summary.id)
      const link = dice.pick(links.filter((other) => out.includes(other.conversation)))
      if (link === undefined) return
      const joined = counted('joinInvite', await device.run()!.messenger.commands.joinInvite(link.link))
      if (joined.ok) oracle.joined.push({ device, conversation: joined.value, by: link.by })
    },
    preview: async (device, dice) => {
      const link = dice.pick(links)
      if (link !== undefined)
        counted('previewInvite', await device.run()!.messenger.commands.previewInvite(link.link, dice.between(50, 5_000)))
    },
    send: async (device, dice) => {
      const conversation = await open(device, dice, ['member', 'member', 'joining', 'inviting'])
      if (conversation === undefined) return
      const text = `${marker} ${++count} by ${device.name}`
      const replyTo = conversation.standing === 'member' && dice.happens(0.2) ? dice.pick(conversation.messages) : undefined
      const said = {
        text,
        author: device,
        conversation: conversation.id,
        toIdentities: conversation.view?.members.filter((member) => !member.isMe).map((member) => member.identity) ?? [],
        afterTexts: conversation.messages.map((message) => message.text),
      }
      const sent = counted('sendMessage', await device.run()!.messenger.commands.sendMessage(conversation.id, text, replyTo?.id))
      if (!sent.ok) return
      oracle.said.push(said)
    },
    edit: (device, dice) =>
      aboutAMessage(device, dice, true, async (id, message) => {
        const text = `${marker} ${++count} edited by ${device.name}`
        counted('editMessage', await device.run()!.messenger.commands.editMessage(id, message, text))
      }),
    delete: (device, dice) => aboutAMessage(device, dice, true, (id, message, text) => deleteOne(device, id, message, text)),
    // Whoever looks after a group takes away what somebody else said; others may try.
    deleteForAll: (device, dice) => aboutAMessage(device, dice, false, (id, message, text) => deleteOne(device, id, message, text)),
    react: (device, dice) =>
      aboutAMessage(device, dice, false, async (id, message) => {
        counted('react', await device.run()!.messenger.commands.react(id, message, dice.pick(['👍', '🎉', '🙂'])!))
      }),
    read: (device, dice) =>
      aboutAMessage(device, dice, false, async (id, message) => {
        counted('markRead', await device.run()!.messenger.commands.markRead(id, message))
      }),
    leave: async (device, dice) => {
      const conversation = await open(device, dice, ['member', 'joining'])
      if (conversation === undefined) return
      if (!counted('leave', await device.run()!.messenger.commands.leave(conversation.id)).ok) return
      oracle.left.push({ device, conversation: conversation.id })
    },
    renameGroup: async (device, dice) => {
      const conversation = await open(device, dice)
      if (conversation === undefined) return
      counted('renameGroup', await device.run()!.messenger.commands.renameGroup(conversation.id, `${marker} renamed ${++count}`))
    },
    remove: async (device, dice) => {
      const conversation = await open(device, dice)
      const person = dice.pick(othersIn(conversation))
      if (conversation === undefined || person === undefined) return
      // What comes of it is for the log to say; whoever tried counts, since a crash may come after the commit.
      oracle.removed.push({ identity: person.identity, conversation: conversation.id })
      counted('removeMember', await device.run()!.messenger.commands.removeMember(conversation.id, person.identity))
    },
    setRole: async (device, dice) => {
      const conversation = await open(device, dice)
      const person = dice.pick(othersIn(conversation))
      if (conversation === undefined || person === undefined) return
      const role = dice.pick(['owner', 'moderator', 'moderator', 'member', 'reader'] as const)!
      if (role === 'reader') oracle.readers.push({ identity: person.identity, conversation: conversation.id })
      counted('setRole', await device.run()!.messenger.commands.setRole(conversation.id, person.identity, role))
    },
    handOver: async (device, dice) => {
      const { commands, queries } = device.run()!.messenger
      const conversation = await open(device, dice)
      const person = dice.pick(othersIn(conversation))
      if (conversation === undefined || person === undefined || conversation.view?.myRole !== 'owner') return
      const me = conversation.view.members.find((member) => member.isMe)!
      if (!counted('setRole', await commands.setRole(conversation.id, person.identity, 'owner')).ok) return
      if ((await once(queries.conversation(conversation.id)))?.standing !== 'member') return
      counted('setRole', await commands.setRole(conversation.id, me.identity, 'member'))
    },
    setPolicy: async (device, dice) => {
      const conversation = await open(device, dice)
      if (conversation?.view === undefined) return
      const policy = {
        ...conversation.view.policy,
        history: dice.pick(['none', 'week', 'all'] as const)!,
        invite: dice.pick(['reader', 'member', 'member', 'moderator'] as const)!,
        post: dice.pick(['reader', 'member', 'member', 'member', 'moderator'] as const)!,
      }
      if (policy.post === 'moderator') oracle.hushed.push({ conversation: conversation.id })
      counted('setPolicy', await device.run()!.messenger.commands.setPolicy(conversation.id, policy))
    },
    setTimer: async (device, dice) => {
      const conversation = await open(device, dice, ['member', 'inviting'])
      if (conversation === undefined) return
      const seconds = dice.pick([0, 30, 300, 3_600, 86_400])!
      counted('setTimer', await device.run()!.messenger.commands.setTimer(conversation.id, seconds))
    },
    block: async (device, dice) => {
      const person = dice.pick(othersIn(await open(device, dice)))
      if (person !== undefined) counted('setBlocked', await device.run()!.messenger.commands.setBlocked(person.identity, true))
    },
    unblock: async (device, dice) => {
      const { commands, queries } = device.run()!.messenger
      for (const person of await once(queries.blocked()))
        if (dice.happens(0.7)) counted('setBlocked', await commands.setBlocked(person.identity, false))
    },
    verify: async (device, dice) => {
      const { commands, queries } = device.run()!.messenger
      const person = dice.pick(othersIn(await open(device, dice)))
      if (person === undefined) return
      const safety = await once(queries.safety(person.identity))
      counted('setVerified', await commands.setVerified(person.identity, safety?.verified !== true))
    },
    setCourier: async (device, dice) => {
      const person = dice.pick(othersIn(await open(device, dice)))
      if (person !== undefined) counted('setCourier', await device.run()!.messenger.commands.setCourier(person.identity, dice.happens(0.6)))
    },
    renameProfile: async (device) => {
      counted('renameProfile', await device.run()!.messenger.commands.renameProfile(`${device.name} ${++count}`))
    },
    typing: async (device, dice) => {
      const conversation = await open(device, dice)
      if (conversation !== undefined) await device.run()!.messenger.commands.typing(conversation.id)
    },
    draft: async (device, dice) => {
      const conversation = await open(device, dice)
      if (conversation === undefined) return
      counted('saveDraft', await device.run()!.messenger.commands.saveDraft(conversation.id, `${marker} draft ${++count}`))
    },
    look: (device) => look(device),
  }

  const aboutAMessage = async (
    device: SimDevice,
    dice: SimDice,
    isOwn: boolean,
    then: (conversation: ConversationId, message: EventId, text: string) => Promise<void>,
  ): Promise<void> => {
    const conversation = await open(device, dice)
    const message = dice.pick(conversation?.messages.filter((message) => !isOwn || message.author.isMe) ?? [])
    if (conversation !== undefined && message !== undefined) await then(conversation.id, message.id, message.text)
  }

  /** What was typed at the door and is deleted there was never said, also when a crash comes between the deletion and its answer. */
  const deleteOne = async (device: SimDevice, id: ConversationId, message: EventId, text: string): Promise<void> => {
    const at = unsentNumber(message) === undefined ? -1 : oracle.said.findIndex((said) => said.author === device && said.text === text)
    const unsaid = at === -1 ? [] : oracle.said.splice(at, 1)
    const done = counted('deleteMessage', await device.run()!.messenger.commands.deleteMessage(id, message))
    if (!done.ok) oracle.said.push(...unsaid)
  }

  return {
    act: (device, act) => {
      const run = device.run()
      if (run === undefined || !run.isStarted) return
      world.note(`${device.name} does ${act}`)
      scripts[act](device, device.dice).catch((error: unknown) => {
        // A device that is switched off in good order ends the scripts on it; anything else is a bug.
        if (run.owner.alive)
          world.violate('never a crash', `${act} by ${device.name} threw ${String(error instanceof Error ? error.stack : error)}`)
      })
    },
    links: () => links,
  }
}
