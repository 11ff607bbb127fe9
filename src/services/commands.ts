// The list of commands of the leading tab.
import { ok, type Result } from '../core/result.ts'
import type { ConversationId, EventId, IdentityId } from '../core/ids.ts'
import { cleanLabels, cleanName } from '../core/names.ts'
import type { CommandProblem, Commands } from '../ports/commands.ts'
import type { Write } from '../ports/store.ts'
import type { DraftRecord } from '../ports/tables.ts'
import { acceptApplicant, declineApplicant } from './admit.ts'
import { arrange } from './arrange.ts'
import { acceptRequest, dropRequest } from './contact/answer.ts'
import type { Asking } from './contact/ask.ts'
import { askContact, askMember } from './contact/ask-whom.ts'
import { createContactLink, revokeContactLink } from './contact/contact-link.ts'
import type { Door } from './contact/door.ts'
import type { Couriers } from './courier.ts'
import type { Converse } from './converse.ts'
import type { Comparing } from './compare-emojis.ts'
import { createGroup, inviteInto, inviteSomeone } from './invite.ts'
import { offerByHand, takeByHand } from './by-hand.ts'
import type { Hidden } from './hidden.ts'
import type { Joining } from './join.ts'
import type { Later } from './later.ts'
import type { Nodes } from './nodes.ts'
import type { Presence } from './presence.ts'
import { leave, removeMember, renameGroup, setGroupPicture, setPolicy, setRole, setSlow, setTimer, withdrawInvite } from './moderate.ts'
import type { PeopleNotes } from './people-notes.ts'
import { orderFolders, removeFolder, saveFolder } from './folders.ts'
import { forget } from './forget.ts'
import { freeUp } from './free-up.ts'
import { answering, problem } from './problems.ts'
import { privacyOf, setPrivacy } from './privacy.ts'
import { renameProfile, setPicture } from './profile.ts'
import { markRead } from './read-marks.ts'
import { closePoll, sendPoll, vote } from './polls.ts'
import { deleteMessage, draftKey, editMessage, react, sendMessage, setPinned } from './send.ts'
import type { Session } from './session.ts'
import { sendCard, sendPlace } from './share.ts'
import { setStarred } from './stars.ts'
import { removeTemplate, saveTemplate } from './templates.ts'
import type { TellingSelf } from './tell-self.ts'

/** The ways to somebody new, and theirs to here. */
export interface FirstContact {
  readonly joining: Joining
  readonly asking: Pick<Asking, 'ask'>
  readonly door: Pick<Door, 'renewed'>
}

export const createCommands = (
  session: Session,
  first: FirstContact,
  presence: Presence,
  notes: PeopleNotes,
  couriers: Pick<Couriers, 'dropFrom'>,
  nodes: Pick<Nodes, 'add' | 'remove' | 'forInvite' | 'invited'>,
  hidden: Pick<Hidden, 'set' | 'fromEverybody'>,
  comparing: Pick<Comparing, 'compare' | 'say' | 'stop'>,
  later: Pick<Later, 'add' | 'takeBack' | 'sendNow'>,
  converse: Pick<Converse, 'again'>,
  self: Pick<TellingSelf, 'present' | 'setStatus' | 'review'>,
): Commands => ({
  createProfile: (name) => answering(() => renameProfile(session, name)),
  renameProfile: (name) => answering(() => renameProfile(session, name)),
  setPicture: (picture) => answering(() => setPicture(session, picture)),
  setGroupPicture: (id, picture) => answering(() => setGroupPicture(session, id, picture)),
  createGroup: (name) => answering(() => createGroup(session, name)),
  createInvite: (id, wish) =>
    answering(() => (id === undefined ? inviteSomeone(session, nodes.forInvite()) : inviteInto(session, id, nodes.forInvite(), wish))),
  previewInvite: (link, waitMs) => first.joining.preview(link, waitMs),
  joinInvite: (link) => answering(() => first.joining.join(link)),
  createContactLink: () => answering(() => noted(createContactLink(session, nodes.forInvite()), first.door.renewed)),
  revokeContactLink: () => answering(() => noted(revokeContactLink(session), first.door.renewed)),
  askContact: (link, text) => answering(() => askContact(session, first.asking, nodes, link, text)),
  askMember: (group, person, text) => answering(() => askMember(session, first.asking, group, person, text)),
  acceptRequest: (person) => answering(() => acceptRequest(session, first.joining, person)),
  dropRequest: (person) => answering(() => dropRequest(session, person)),
  sendMessage: (id, text, replyTo, thread) => answering(() => sendMessage(session, id, text, replyTo, thread)),
  sendLater: (id, text, when, replyTo, thread) => answering(() => later.add(id, text, when, replyTo, thread)),
  takeBack: (id, n) => answering(() => later.takeBack(id, n)),
  sendNow: (id, n) => answering(() => later.sendNow(id, n)),
  retry: async (id) => {
    if (session.rooms.get(id) === undefined) return problem('no-such-conversation')
    converse.again(id)
    return ok(undefined)
  },
  editMessage: (id, message, text) => answering(() => editMessage(session, id, message, text)),
  deleteMessage: (id, message) => answering(() => deleteMessage(session, id, message)),
  react: (id, message, emoji) => answering(() => react(session, id, message, emoji)),
  sendPoll: (id, question, options, multiple, closesAt) =>
    answering(() => sendPoll(session, id, { question, options, multiple, ...(closesAt === undefined ? {} : { closesAt }) })),
  saveTemplate: (text) => answering(() => saveTemplate(session, text)),
  removeTemplate: (n) => answering(() => removeTemplate(session, n)),
  sendPlace: (id, place) => answering(() => sendPlace(session, id, place)),
  sendCard: (id) => answering(() => sendCard(session, id, first.door, nodes.forInvite())),
  closePoll: (id, poll) => answering(() => closePoll(session, id, poll)),
  vote: (id, poll, choices) => answering(() => vote(session, id, poll, choices)),
  setPinned: (id, message, pinned) => answering(() => setPinned(session, id, message, pinned)),
  setStarred: (id, message, starred) => answering(() => setStarred(session, id, message, starred)),
  markRead: (id, upTo) => answering(() => markRead(session, id, upTo)),
  arrange: (id, change) => answering(() => arrange(session, id, change)),
  saveDraft: (id, text, replyTo, thread) => answering(() => saveDraft(session, id, { text, ...(replyTo && { replyTo }) }, thread)),
  typing: (id) => Promise.resolve(privacyOf(session.profile()).typing ? presence.type(id) : undefined),
  present: () => Promise.resolve(self.present()),
  setStatus: (status, seconds) => answering(() => self.setStatus(status, seconds)),
  leave: (id) => answering(() => leave(session, id)),
  forget: (id) => answering(() => forget(session, id)),
  freeUp: (id, before) => answering(() => freeUp(session, id, before)),
  renameGroup: (id, name) => answering(() => renameGroup(session, id, name)),
  removeMember: (id, person) => answering(() => removeMember(session, id, person)),
  setRole: (id, person, role) => answering(() => setRole(session, id, person, role)),
  setPolicy: (id, policy, approval) => answering(() => setPolicy(session, id, policy, approval)),
  answerApplicant: (id, person, accept) =>
    answering(() => (accept ? acceptApplicant(session, id, person) : declineApplicant(session, id, person))),
  stopJoining: (id) => answering(() => first.joining.stop(id)),
  setSlow: (id, seconds) => answering(() => setSlow(session, id, seconds)),
  withdrawInvite: (id, invite) => answering(() => withdrawInvite(session, id, invite)),
  setTimer: (id, seconds) => answering(() => setTimer(session, id, seconds)),
  setBlocked: (person, blocked) => answering(() => (blocked ? block(session, notes, couriers, person) : notes.set(person, { blocked }))),
  setPrivacy: (change) => answering(() => noted(setPrivacy(session, change), self.review)),
  setNickname: (person, nickname) => answering(() => notes.call(person, cleanName(nickname))),
  setLabels: (person, labels) => answering(() => notes.label(person, cleanLabels(labels))),
  saveFolder: (folder) => answering(() => saveFolder(session, folder)),
  removeFolder: (id) => answering(() => removeFolder(session, id)),
  orderFolders: (ids) => answering(() => orderFolders(session, ids)),
  setVerified: (person, verified) => answering(() => notes.set(person, { verified })),
  compareEmojis: (id, person) => answering(() => comparing.compare(id, person)),
  answerEmojis: (same) => answering(() => comparing.say(same)),
  stopEmojis: () => answering(() => comparing.stop()),
  setCourier: (person, on) => answering(() => noted(notes.set(person, { courier: on }), () => on || couriers.dropFrom(person))),
  addNode: (text) => answering(() => nodes.add(text)),
  removeNode: (address) => answering(() => nodes.remove(address)),
  setHidden: (isHidden, id) => answering(() => hidden.set(isHidden, id)),
  offerByHand: () => offerByHand(session, hidden),
  takeByHand: (text) => takeByHand(session, hidden, text),
  eraseDevice: () => session.erase(),
})

/** Block, and nothing of theirs is left at the door or carried for them. */
const block = async (session: Session, notes: PeopleNotes, couriers: Pick<Couriers, 'dropFrom'>, person: IdentityId) => {
  const key = ['request', person] as const
  const request = await session.store.read((reader) => reader.get('contact', key))
  const result = await notes.set(person, { blocked: true }, request?.kind === 'request' ? request.name : undefined)
  if (request !== undefined) await session.store.commit([{ kind: 'delete', table: 'contact', key }])
  couriers.dropFrom(person)
  return result
}

const noted = async <T>(noting: Promise<T>, then: () => unknown): Promise<T> => {
  const result = await noting
  await then()
  return result
}

const saveDraft = async (
  session: Session,
  id: ConversationId,
  value: DraftRecord,
  thread?: EventId,
): Promise<Result<void, CommandProblem>> => {
  const key = draftKey(id, thread)
  const write: Write = value.text === '' ? { kind: 'delete', table: 'drafts', key } : { kind: 'put', table: 'drafts', key, value }
  // At every pause of somebody who types: what a power cut can take is a few words.
  await session.store.commit([write], 'relaxed')
  return ok(undefined)
}
