// The messenger of one tab: its queries and commands at once, the network and the ratchets once it leads.
import type { Commands } from '../ports/commands.ts'
import type { NetworkEvent } from '../ports/network.ts'
import type { Queries } from '../ports/queries.ts'
import type { DeviceId } from '../core/ids.ts'
import { receiptVersion } from '../core/outbox/receipt.ts'
import { createAcknowledging } from './acknowledge.ts'
import { admit, describe, stepBack } from './admit.ts'
import { orDrop } from './background.ts'
import { createCommands } from './commands.ts'
import { createComparing, type Comparing } from './compare-emojis.ts'
import { createAsking, type Asking } from './contact/ask.ts'
import { startCountingGuests } from './count-guests.ts'
import { createDoor, type Door } from './contact/door.ts'
import { createDisappearing } from './disappearing.ts'
import { createConsistency, type Consistency } from './consistency.ts'
import { createConverse, type Strangers } from './converse.ts'
import { createRotating } from './device-keys.ts'
import { createCouriers, type Couriers } from './courier.ts'
import { startDelivering } from './deliver.ts'
import type { Deps } from './deps.ts'
import { startFadingKeys } from './fade-keys.ts'
import { createForwarding, serveRequests } from './forward.ts'
import { ensureProfile, isIdentityUnreadable } from './identity.ts'
import { createJoining } from './join.ts'
import { createHidden } from './hidden.ts'
import { createLater } from './later.ts'
import { createLinks } from './links.ts'
import { createNodes, type Nodes } from './nodes.ts'
import { createKnownParts } from './search/known-parts.ts'
import { startIndexing } from './search/index-chains.ts'
import { startLosingPatience } from './patience.ts'
import { createPeopleNotes, type PeopleNotes } from './people-notes.ts'
import { createPresence } from './presence.ts'
import { startTellingName } from './profile.ts'
import { createKnownClocks, type KnownClocks } from './queries/newest.ts'
import { createQueries } from './queries/queries.ts'
import { createReach } from './reach.ts'
import { receiveSealed } from './receive.ts'
import { createReceipts, type Receipts } from './receipts.ts'
import type { Room } from './room.ts'
import { createRooms } from './rooms.ts'
import type { Session } from './session.ts'
import { createTellingSelf } from './tell-self.ts'
import { createTold, type Told } from './told.ts'
import { encodeLinkMessage, isContactMessage } from '../core/sync/messages.ts'

export interface Messenger {
  readonly commands: Commands
  readonly queries: Queries
  /** Takes the lead: loads the rooms, goes online, carries out commands. Call once, when this tab was elected. */
  start(): Promise<void>
  stop(): Promise<void>
}

export const createMessenger = (deps: Deps): Messenger => {
  let leading: Leading | undefined
  const clocks = createKnownClocks()
  return {
    commands: createForwarding(deps, () => leading?.commands),
    queries: createQueries(deps, () => leading !== undefined, clocks, createKnownParts()),
    start: async () => {
      // The session says so; there is nothing that could be done as nobody.
      if (await deps.store.read(isIdentityUnreadable)) return
      leading = await lead(deps, clocks)
      await leading.online
    },
    stop: async () => {
      await leading?.stop()
      leading = undefined
    },
  }
}

interface Leading {
  readonly commands: Commands
  /** Settles when the network has begun to look for nodes; nothing else waits for it. */
  readonly online: Promise<void>
  stop(): Promise<void>
}

const lead = async (deps: Deps, clocks: KnownClocks): Promise<Leading> => {
  let profile = await ensureProfile(deps)
  const { network } = deps
  // Its code and its host take longer to come than all that follows; what it tells of meanwhile is heard once there is somebody to hear it.
  const early: NetworkEvent[] = []
  let hear = (event: NetworkEvent): void => void early.push(event)
  network.listen((event) => hear(event))
  const online = network.start({ deviceSeed: profile.deviceSeed, nodes: deps.config.nodes })
  // Whoever awaits `online` is told of a failure.
  online.catch(() => {})
  const rooms = createRooms(deps)
  await rooms.load()
  const session: Session = {
    ...deps,
    rooms,
    me: { identity: profile.identity, device: profile.device },
    deviceSeed: profile.deviceSeed,
    profile: () => profile,
    setProfile: (next) => {
      profile = next
    },
  }
  const notes = createPeopleNotes(deps, session, () => {
    reach.refresh()
    converse.review()
    self.review()
    told.review()
  })
  const links = createLinks(session)
  const consistency = createConsistency(session)
  const presence = createPresence(session, links, notes)
  const self = createTellingSelf(session, links, notes)
  const told = createTold(session, notes)
  const later = createLater(session, links)
  const disappearing = createDisappearing(session)
  const hidden = createHidden(deps, session, () => {
    reach.refresh()
    nodes.review()
    // Wanted as before, they are linked again, through a node.
    for (const device of links.devices()) if (links.pathTo(device) === 'direct' && hidden.from(device)) deps.network.renew(device)
  })
  const nodes = createNodes(session, links, (from) => !(from === undefined ? hidden.fromEverybody() : hidden.fromPerson(from)))
  // Whom one hides from is known before anybody can be reached, and what is over is gone before anybody is told of anything.
  await Promise.all([notes, hidden, nodes, disappearing].map((part) => part.load()))
  const joining = createJoining(session, links, nodes, () => reach.refresh())
  const acknowledge = createAcknowledging(session)
  const couriers = createCouriers(session, links, notes, acknowledge)
  const asking = createAsking(session, links, () => reach.refresh())
  const isStranger = (device: DeviceId): boolean =>
    !joining.isCandidate(device) &&
    !asking.isCandidate(device) &&
    !rooms.all().some(({ conversation: { members } }) => members?.ownerByDevice.has(device))
  const door = createDoor(session, links, notes, isStranger, () => reach.refresh())
  const comparing = createComparing(session, links, notes)
  const strangers = strangersOf(session, links, joining, presence, notes, couriers, { nodes, asking, door, comparing, told })
  const rotating = createRotating(session)
  const compared: Consistency = {
    ...consistency,
    told: (id, device, theirs) => {
      consistency.told(id, device, theirs)
      rotating.compared(id)
    },
  }
  const converse = createConverse(session, links, strangers, notes, compared, acknowledge)
  const reach = createReach(session, links, joining, asking, door, notes, hidden)
  rooms.onCommit(({ writes }) => clocks.learnWritten(writes))
  startDelivering(session, links)
  const receipts = createReceipts(session, acknowledge)
  startTellingName(session)
  startLosingPatience(session)
  startFadingKeys(session)
  startCountingGuests(session)
  startIndexing(session)
  await Promise.all([rotating, joining, asking, door, comparing, told].map((part) => part.load()))

  const tell = (event: NetworkEvent): void => {
    switch (event.kind) {
      case 'link-up':
        converse.unlinked(event.device)
        links.up(event.device, event.path)
        reach.linked(event.device)
        later.linked()
        converse.linked(event.device)
        couriers.linked(event.device)
        nodes.linked(event.device)
        door.linked(event.device)
        asking.linked(event.device)
        comparing.linked(event.device)
        self.linked(event.device)
        return joining.linked(event.device)
      case 'link-down':
        links.down(event.device)
        reach.unlinked(event.device)
        couriers.unlinked(event.device)
        door.unlinked(event.device)
        comparing.unlinked(event.device)
        self.unlinked(event.device)
        told.unlinked(event.device)
        return converse.unlinked(event.device)
      case 'frame':
        return converse.frame(event.device, event.bytes)
      case 'gossip':
        return orDrop(heardGossip(session, receipts, reach.groupOf(event.topic), event))
      case 'found':
        asking.found(event.tag, event.device)
        return joining.found(event.tag, event.device)
      case 'trial':
        return nodes.trial(event.trial)
      case 'status':
        nodes.status(event.nodes)
        // Whoever is not there makes room for others to be tried.
        if (links.troubled(event.troubles)) reach.refresh()
        return orDrop(presence.status(event.nodes, event.links, event.troubles))
    }
  }
  reach.refresh()
  nodes.review()
  orDrop(presence.status([], [], []))
  hear = tell
  for (const event of early) tell(event)
  const commands = createCommands(
    session,
    { joining, asking, door },
    presence,
    notes,
    couriers,
    nodes,
    hidden,
    comparing,
    later,
    converse,
    self,
  )
  const stopServing = serveRequests(deps, commands)
  couriers.load()
  orDrop(later.load())
  return {
    commands,
    online,
    stop: async () => {
      stopServing()
      reach.stop()
      couriers.stop()
      later.stop()
      disappearing.stop()
      self.stop()
      told.stop()
      await network.stop()
    },
  }
}

const strangersOf = (
  session: Session,
  links: ReturnType<typeof createLinks>,
  joining: ReturnType<typeof createJoining>,
  presence: ReturnType<typeof createPresence>,
  notes: PeopleNotes,
  couriers: Couriers,
  {
    nodes,
    asking,
    door,
    comparing,
    told,
  }: { readonly nodes: Nodes; readonly asking: Asking; readonly door: Door; readonly comparing: Comparing; readonly told: Told },
): Strangers => ({
  mayAdmit: joining.mayAdmit,
  apart: (device, message) => {
    if (message.kind === 'nodes') return nodes.hear(device, message)
    if (message.kind === 'presence') return told.hear(device, message)
    if (!isContactMessage(message)) return couriers.hear(device, message)
    return message.kind === 'at-home' ? asking.hear(device, message) : door.hear(device, message)
  },
  hear: (device, message) => {
    const { conversation } = message
    const room = session.rooms.get(conversation)
    if (room !== undefined && notes.isBlocked(room, device)) return
    switch (message.kind) {
      case 'sealed':
        return orDrop(receiveSealed(session, conversation, message.sealed))
      case 'typing':
        return presence.heardTyping(device, conversation)
      case 'comparison':
        return comparing.hear(device, message)
      case 'preview': {
        const about = describe(session, conversation, message.invite)
        return about && links.send(device, encodeLinkMessage({ kind: 'previewed', conversation, ...about }))
      }
      case 'join':
        return orDrop(
          admit(session, device, message).then((answer) => {
            if (answer.kind === 'refused') links.send(device, encodeLinkMessage({ kind: 'refused', conversation, reason: answer.reason }))
          }),
        )
      case 'step-back':
        return orDrop(
          stepBack(session, device, conversation).then((isNoted) => {
            if (isNoted) links.send(device, encodeLinkMessage({ kind: 'refused', conversation, reason: 'unknown' }))
          }),
        )
      default:
        return joining.hear(device, message)
    }
  },
})

const heardGossip = async (
  session: Session,
  receipts: Receipts,
  group: Room | undefined,
  { from, bytes }: Extract<NetworkEvent, { kind: 'gossip' }>,
): Promise<void> => {
  if (group === undefined) return
  const { id } = group.conversation
  if (bytes[0] === receiptVersion) await receipts.hear(id, from, bytes)
  else await receiveSealed(session, id, bytes)
}
